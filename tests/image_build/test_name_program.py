"""The program that names the machine, in a namespace of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

PROGRAM = Path(__file__).parents[2] / "ansible/roles/machine/files/name.py"


def named(tmp_path: Path, script: str, request: Any = "") -> tuple[str, Any]:
    """The machine's name afterwards, and what the program answered. systemctl is noted, not run."""
    tools = tmp_path / "tools"
    tools.mkdir(exist_ok=True)
    systemctl = tools / "systemctl"
    systemctl.write_text(f'#!/bin/sh\necho "$@" >>"{tmp_path}/called"\n')
    systemctl.chmod(0o755)
    done = subprocess.run(
        ["unshare", "--uts", "sh", "-c", f"hostname loopstart; {sys.executable} {PROGRAM} {script}; hostname >&2"],
        input=request if isinstance(request, str) else json.dumps(request),
        env={**os.environ, "LOOPSTART_ROOT": str(tmp_path), "PATH": f"{tools}:{os.environ['PATH']}"},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stderr.strip().splitlines()[-1], json.loads(done.stdout) if done.stdout else None


def test_a_new_name_is_kept_and_told(tmp_path: Path) -> None:
    assert named(tmp_path, "ask", {"name": "najd-clinic"}) == ("najd-clinic", {"ok": True, "changed": True})
    assert (tmp_path / "data/system/hostname").read_text() == "najd-clinic\n"
    assert (tmp_path / "called").read_text() == "--no-block try-restart avahi-daemon.service\n"
    assert named(tmp_path, "start") == ("najd-clinic", None)


def test_the_name_that_it_has_disturbs_nobody(tmp_path: Path) -> None:
    assert named(tmp_path, "ask", {"name": "loopstart"}) == ("loopstart", {"ok": True, "changed": False})
    assert not (tmp_path / "called").exists()


@pytest.mark.parametrize(
    "request_", ["", "[]", "{}", {"name": 7}, {"name": ""}, {"name": "Najd"}, {"name": "a b"}, {"name": "-a"},
                 {"name": "a\nb"}, {"name": "x" * 64}, {"name": "نجد"}],
)  # fmt: skip
def test_what_is_no_name_changes_nothing(request_: Any, tmp_path: Path) -> None:
    name, answer = named(tmp_path, "ask", request_)
    assert name == "loopstart" and answer["error"].startswith("no request of ours")
    assert not (tmp_path / "data/system/hostname").exists()


@pytest.mark.parametrize("kept", ["", "Not a name", "\xff"])
def test_what_was_not_wholly_written_names_nothing(kept: str, tmp_path: Path) -> None:
    folder = tmp_path / "data/system"
    folder.mkdir(parents=True)
    (folder / "hostname").write_bytes(kept.encode("latin-1"))
    assert named(tmp_path, "start") == ("loopstart", None)
