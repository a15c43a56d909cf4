"""Updates over the control socket, in a whole daemon."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest

from appliance.control.client import ControlError
from appliance.model.access import Role
from appliance.model.update import MAX_BUNDLE
from tests.control.conftest import House, _living
from tests.control.installer import Rauc
from tests.control.updating import BUNDLE


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with _living(tmp_path) as house:
        house.rooms.updates.installer = Rauc()
        yield house


def test_a_technician_updates_over_the_socket_and_everything_is_on_record(house: House) -> None:
    asked = house.account("farhad", Role.TECHNICIAN)
    begun = asked.ask("update.upload", file="loopstart-0.2.0.raucb", size=len(BUNDLE))
    asked.ask("update.receive", name=begun["name"], offset=0, data=base64.b64encode(BUNDLE).decode())
    assert asked.ask("update.check", name=begun["name"])["version"] == "0.2.0"
    seen = []
    for progress in asked.watch("update.install", name=begun["name"]):
        seen.append(progress)
        house.rooms.updates.installer.finished()  # type: ignore[attr-defined]
    assert seen[0]["running"]
    assert seen[-1]["last"]["stage"] == "installed"
    view = asked.ask("update.show")
    assert [slot["name"] for slot in view["slots"]] == ["A", "B"]
    assert asked.ask("update.restart", when="23:59")["restart"]["at"]
    assert asked.ask("update.cancel") == {"cancelled": "restart"}
    actions = [entry["action"] for entry in house.console.ask("audit.list", limit=5)["entries"]]
    assert actions == ["update.cancel", "update.restart", "update.installed", "update.install", "update.upload"]


@pytest.mark.parametrize(
    ("verb", "args", "code"),
    [
        ("update.restart", {"when": "25:00"}, "problems"),
        ("update.restart", {"when": "soon"}, "problems"),
        ("update.restart", {}, "update_none_installed"),
        ("update.check", {"name": "nothing"}, "not_found"),
        ("update.receive", {"name": "nothing", "offset": 0, "data": "AAAA"}, "not_found"),
        ("update.receive", {"name": "nothing", "offset": 0, "data": "###="}, "bad_request"),
        ("update.upload", {"file": "x", "size": MAX_BUNDLE + 1}, "update_too_large"),
    ],
)
def test_what_cannot_be_is_refused(house: House, verb: str, args: dict[str, object], code: str) -> None:
    with pytest.raises(ControlError) as refusal:
        house.console.ask(verb, **args)
    assert refusal.value.code == code


def test_a_supervisor_sees_and_may_not_change(house: House) -> None:
    asked = house.account("layla", Role.SUPERVISOR)
    assert asked.ask("update.show")["supported"]
    for verb, args in (
        ("update.install", {"name": "x"}),
        ("update.restart", {}),
        ("update.rollback", {}),
        ("update.cancel", {}),
    ):
        with pytest.raises(ControlError) as refusal:
            asked.ask(verb, **args)
        assert refusal.value.code == "forbidden"


def test_a_box_without_slots_says_so(tmp_path: Path) -> None:
    with _living(tmp_path) as house:
        assert house.console.ask("update.show")["supported"] is False
        with pytest.raises(ControlError) as refusal:
            house.console.ask("update.rollback")
        assert refusal.value.code == "update_unsupported"
