"""An update from the file to its end: refused with the reason, installed, restarted when it may be, proven or not.

RAUC is a stand-in here (``installer.py``); the real one is asked in ``tests/image``.
"""

from __future__ import annotations

import json
import os
import time
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from appliance.control.verbs.update import next_at
from appliance.model.update import Restart, Stage
from appliance.store import before_update
from tests.control.installer import START
from tests.control.updating import BUNDLE, Box, refused


@pytest.fixture
def box(tmp_path: Path) -> Box:
    return Box(tmp_path)


def test_each_fault_is_refused_with_its_reason_and_changes_nothing(box: Box) -> None:
    name = box.sent()
    for change, code in (
        ({"refusal": "signature verification failed"}, "update_signature"),
        ({"bundle": box.rauc.bundle.__class__("other-arm64", "0.2.0")}, "update_hardware"),
        ({"bundle": box.rauc.bundle.__class__("loopstart-amd64", "latest")}, "update_version"),
        ({"bundle": box.rauc.bundle.__class__("loopstart-amd64", "0.0.9")}, "update_older"),
    ):
        before = dict(vars(box.rauc))
        vars(box.rauc).update(change)
        with refused(code):
            box.updates.install(name, "noor")
        vars(box.rauc).update(before)
    for file, code in ((BUNDLE[:-1], "update_truncated"), (b"MZ" + BUNDLE[2:], "update_no_bundle")):
        sent = box.sent(file)
        with refused(code):
            box.updates.install(sent, "noor")
    assert not box.rauc.at_work
    assert box.stage is None
    assert box.told == []


def test_an_older_version_is_installed_when_it_is_meant(box: Box) -> None:
    box.rauc.bundle = box.rauc.bundle.__class__("loopstart-amd64", "0.0.9")
    assert box.updates.install(box.sent(), "noor", older=True).version == "0.0.9"


def test_one_update_at_a_time(box: Box) -> None:
    name = box.sent()
    box.updates.install(name, "noor")
    with refused("update_running"):
        box.updates.install(name, "layla")
    with refused("update_running"):
        box.updates.roll_back(Restart())
    with refused("update_installing"):
        box.updates.cancel()


def test_an_installation_of_somebody_else_is_not_broken_into(box: Box) -> None:
    box.rauc.at_work = True
    with refused("update_running"):
        box.updates.install(box.sent(), "noor")
    assert box.stage is None


def test_no_room_for_the_copies_of_the_databases(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    name = box.sent()
    monkeypatch.setattr(before_update, "free", lambda paths: 1000)
    with refused("update_disk_full"):
        box.updates.install(name, "noor")
    assert not box.rauc.at_work


# --- installed, and restarted when it may be


def test_what_is_installed_is_not_the_next_before_its_restart(box: Box) -> None:
    box.installed()
    assert box.stage == Stage.INSTALLED
    assert box.rauc.next == "rootfs.0"
    assert box.updates.files.all() == ()  # the upload has done its work
    box.updates.plan_restart(Restart(idle=False, by="noor"))
    assert (box.rauc.next, box.around.restarts, box.stage) == ("rootfs.1", 1, Stage.RESTARTING)
    assert box.updates.state.lines == ("span 1", "PRI 1")


def test_a_restart_waits_until_no_call_was_up_for_a_while(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = 0.0
    monkeypatch.setattr(time, "monotonic", lambda: seconds)
    box.installed()
    box.around.calls = 2
    box.updates.plan_restart(Restart(idle=True))
    for calls, passed, restarts in (
        (2, 60, 0),
        (None, 60, 0),
        (0, 1, 0),
        (1, 2, 0),
        (0, 2, 0),
        (0, 2.9, 0),
        (0, 3.1, 1),
    ):
        box.around.calls = calls
        seconds += passed
        box.updates.tick()
        assert box.around.restarts == restarts, (calls, passed)


def test_a_time_is_waited_for_and_then_the_last_call(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = 0.0
    monkeypatch.setattr(time, "monotonic", lambda: seconds)
    box.installed()
    box.updates.plan_restart(Restart(at=START + timedelta(hours=15), idle=True))
    for _ in range(3):
        seconds += 10
        box.updates.tick()
    assert box.around.restarts == 0
    box.daemon()  # which is restarted in between
    box.around.now = START + timedelta(hours=15)
    box.around.calls = 1
    box.updates.tick()
    box.around.calls = 0
    box.updates.tick()
    seconds += 4
    box.updates.tick()
    assert box.around.restarts == 1


@pytest.mark.parametrize(
    ("now", "at"),
    [
        ("2026-11-22T02:59", "2026-11-22T03:00"),
        ("2026-11-22T03:00", "2026-11-23T03:00"),
        ("2026-12-31T23:00", "2027-01-01T03:00"),
    ],
)
def test_a_time_of_day_is_the_next_one(now: str, at: str) -> None:
    zone = ZoneInfo("Asia/Riyadh")
    assert next_at(datetime.fromisoformat(now).replace(tzinfo=zone), 3, 0) == datetime.fromisoformat(at).replace(
        tzinfo=zone
    )


def test_without_anything_installed_nothing_restarts(box: Box) -> None:
    with refused("update_none_installed"):
        box.updates.plan_restart(Restart(idle=False))
    with refused("update_none_to_cancel"):
        box.updates.cancel()
    with refused("update_no_other"):
        box.updates.roll_back(Restart(idle=False))


def test_cancel_takes_back_one_step_at_a_time(box: Box) -> None:
    box.installed()
    box.around.calls = 1
    box.updates.plan_restart(Restart(idle=True))
    assert box.updates.cancel() == "restart"
    assert box.updates.cancel() == "installed"
    assert (box.stage, box.around.restarts, box.rauc.next) == (Stage.WITHDRAWN, 0, "rootfs.0")
    box.sent()
    assert box.updates.cancel() == "upload"


# --- how it ends


def test_an_update_that_proves_itself(box: Box) -> None:
    box.installed()
    box.updates.plan_restart(Restart(idle=False))
    box.restarted("B", "0.2.0+77c1")
    box.updates.tick()
    assert box.stage == Stage.PROVING
    with refused("update_proving"):
        box.updates.install(box.sent(), "noor")
    box.proof("B", True)
    box.updates.tick()
    assert box.stage == Stage.PROVEN
    assert [action for action, _ in box.told] == ["installed", "proven"]


def test_one_that_does_not_falls_back_and_the_old_system_says_why(box: Box) -> None:
    box.installed()
    box.updates.plan_restart(Restart(idle=False))
    box.restarted("B", "0.2.0")
    box.updates.tick()
    box.proof("B", False, {"code": "proof_line", "params": {"line": "PRI 1"}, "said": "PRI 1 was up before"})
    box.updates.tick()
    box.restarted("A", "0.1.0")
    box.around.boot = "third"
    box.updates.tick()
    action, outcome = box.told[-1]
    assert (action, box.stage) == ("fallen_back", Stage.FALLEN_BACK)
    assert outcome.reasons[0].text["en"] == "PRI 1 was up before and is not with the new system."
    assert "PRI 1" in outcome.reasons[0].text["fa"]


def test_one_that_never_got_as_far_as_a_proof(box: Box) -> None:
    box.installed()
    box.updates.plan_restart(Restart(idle=False))
    box.proof("B", False, {"code": "proof_web", "params": {}}, update="an earlier one")
    box.restarted("A", "0.1.0")
    box.updates.tick()
    assert box.told[-1][0] == "fallen_back"
    assert [one.code for one in box.told[-1][1].reasons] == ["update_not_started"]


def test_a_reason_of_another_version_is_told_in_its_words(box: Box) -> None:
    box.installed()
    box.updates.plan_restart(Restart(idle=False))
    box.restarted("A", "0.1.0")
    box.proof("B", False, {"code": "proof_fax", "params": {}, "said": "the fax does not answer"})
    box.updates.tick()
    assert set(box.told[-1][1].reasons[0].text.values()) == {"the fax does not answer"}


def test_without_another_system_it_stays_and_says_so(box: Box) -> None:
    box.installed()
    box.updates.plan_restart(Restart(idle=False))
    box.restarted("B", "0.2.0")
    box.proof("B", False, {"code": "proof_asterisk", "params": {}}, stays=True)
    box.updates.tick()
    box.updates.tick()
    assert [action for action, _ in box.told] == ["installed", "unproven"]


def test_a_power_cut_in_the_middle_of_installing(box: Box) -> None:
    box.updates.install(box.sent(), "noor")
    box.rauc.at_work = False
    box.around.boot = "second"
    box.daemon().tick()
    assert box.stage == Stage.FAILED
    assert [one.code for one in box.told[-1][1].reasons] == ["update_interrupted"]
    assert box.rauc.next == "rootfs.0"


def test_a_daemon_that_is_restarted_finds_the_installation_again(box: Box) -> None:
    box.updates.install(box.sent(), "noor")
    box.daemon().tick()
    assert box.updates.progress().running
    box.rauc.finished()
    box.updates.tick()
    assert box.stage == Stage.INSTALLED


def test_a_daemon_that_died_before_ordering_the_restart_orders_it(box: Box) -> None:
    box.installed()
    box.updates.plan_restart(Restart(idle=False))
    box.rauc.next = "rootfs.0"
    box.daemon().tick()
    assert (box.rauc.next, box.around.restarts) == ("rootfs.1", 2)


def test_an_installation_that_fails_says_why(box: Box) -> None:
    box.updates.install(box.sent(), "noor")
    box.rauc.finished("Failed updating slot rootfs.1: failed to write: No space left on device")
    box.updates.tick()
    assert box.stage == Stage.FAILED
    assert "No space left" in box.told[-1][1].reasons[0].text["en"]


def test_back_to_the_system_before_knows_its_version_also_of_a_flashed_one(box: Box) -> None:
    box.installed()
    box.updates.plan_restart(Restart(idle=False))
    box.restarted("B", "0.2.0")
    box.proof("B", True)
    box.updates.tick()
    state = box.updates.roll_back(Restart(idle=False, by="noor"))
    assert state.last is not None
    assert (state.last.kind, state.last.version, state.last.slot) == ("rollback", "0.1.0+3f9a", "A")
    assert box.rauc.next == "rootfs.0"


def test_what_the_preparation_put_back_is_told_with_the_outcome(box: Box) -> None:
    box.installed()
    box.updates.plan_restart(Restart(idle=False))
    folder = box.paths.before_update
    folder.mkdir(parents=True)
    told = {"version": "0.2.0", "restored": ["site"], "meanwhile": {"revisions": 2, "audit_lines": 5, "calls": None}}
    (folder / before_update.RETURNED).write_text(json.dumps(told))
    box.restarted("A", "0.1.0")
    box.updates.returned()
    box.updates.tick()
    outcome = box.told[-1][1]
    assert outcome.restored == ("site",)
    assert outcome.meanwhile is not None
    assert outcome.meanwhile.revisions == 2
    assert before_update.take_returned(box.paths) is None


def test_a_state_that_cannot_be_read_begins_anew(box: Box) -> None:
    box.installed()
    (box.paths.update / "state.json").write_bytes(os.urandom(50))
    assert box.daemon().state.last is None
