"""The proof of a system that has just started asks the daemon in its own words: the two must understand each other."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest

from image_build import cache
from tests.control.conftest import House


def asked(socket: Path, verb: str) -> dict[str, Any]:
    program = runpy.run_path(str(cache.REPOSITORY / "ansible/roles/disk/files/prove.py"), run_name="prove")
    function = program["asked"]
    function.__globals__["DAEMON"] = socket
    answer: dict[str, Any] = function(verb)
    return answer


def test_it_is_told_what_it_judges_by(house: House) -> None:
    status = asked(house.console_socket, "status.show")
    assert (status["asterisk_connected"], status["generation_state"]) == (False, "confirmed")
    update = asked(house.console_socket, "update.show")
    assert {"last", "missing_lines"} <= set(update)


def test_a_refusal_and_a_daemon_that_is_away_are_faults_it_expects(house: House, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="unknown_verb"):
        asked(house.console_socket, "status.shown")
    with pytest.raises(OSError, match="No such file"):
        asked(tmp_path / "nobody", "status.show")
