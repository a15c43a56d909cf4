"""An update from the file to its end: refused with the reason, installed, restarted when it may be, proven or not.

RAUC is a stand-in here (``installer.py``); the real one is asked in ``tests/image``.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from appliance.control import bundle_files
from appliance.control.bundle_files import BundleFiles
from appliance.control.client import ControlError
from appliance.control.errors import RefusedError
from appliance.control.lines_up import d_channels
from appliance.control.rauc import parse_bundle, parse_slots, plain, said_by
from appliance.control.update_state import refusal
from appliance.control.updates import Updates
from appliance.control.verbs.update import next_at
from appliance.model.access import Role
from appliance.model.update import MAX_BUNDLE, Outcome, Restart, Stage
from appliance.store import before_update
from appliance.store.paths import DataPaths
from tests.control.conftest import House, _living
from tests.control.installer import START, Around, Rauc
from tests.model.test_update import bundle

BUNDLE = bundle()


class Box:
    """Updates alone, with everything around them in the test's hand."""

    def __init__(self, root: Path) -> None:
        self.paths = DataPaths(root / "data")
        self.paths.proofs.mkdir(parents=True)
        self.sticks = root / "sticks"
        self.rauc, self.around = Rauc(), Around()
        self.told: list[tuple[str, Outcome]] = []
        self.updates = self.daemon()

    def daemon(self) -> Updates:
        """A daemon that has just started."""
        files = BundleFiles(self.paths.update, self.sticks)
        self.updates = Updates(
            self.paths,
            files,
            self.rauc,
            self.around.surroundings(),
            lambda action, outcome: self.told.append((action, outcome)),
        )
        return self.updates

    def sent(self, file: bytes = BUNDLE) -> str:
        begun = self.updates.files.begin("loopstart-0.2.0.raucb", len(file))
        self.updates.files.receive(begun.name, 0, file)
        return begun.name

    def installed(self) -> None:
        self.updates.install(self.sent(), "noor")
        self.updates.tick()
        self.rauc.finished()
        self.updates.tick()

    def restarted(self, slot: str, version: str) -> None:
        """The box came up again, from this slot."""
        self.rauc.booted(slot)
        self.around.boot, self.around.version = "second", version
        self.daemon()

    def proof(self, slot: str, good: bool, *reasons: dict[str, Any], update: str = "", stays: bool = False) -> None:
        last = self.updates.state.last
        assert last is not None
        note = {"update": update or last.id, "good": good, "stays": stays, "reasons": reasons}
        (self.paths.proofs / f"proof-{slot}.json").write_text(json.dumps(note))

    @property
    def stage(self) -> str | None:
        last = self.updates.state.last
        return last.stage.value if last else None


@pytest.fixture
def box(tmp_path: Path) -> Box:
    return Box(tmp_path)


def refused(code: str) -> Any:
    return pytest.raises(RefusedError, match=f"^{code}( |$)")


# --- files


def test_a_bundle_arrives_in_pieces_and_only_in_order(box: Box) -> None:
    files = box.updates.files
    name = files.begin("a b/../c.raucb", len(BUNDLE)).name
    assert not files.receive(name, 0, BUNDLE[:1000]).complete
    for offset in (0, 999, 1001):
        with refused("update_piece"):
            files.receive(name, offset, BUNDLE[1000:1100])
    with refused("update_piece"):
        files.receive(name, 1000, BUNDLE[1000:] + b"more")
    with refused("update_truncated"):
        box.updates.check(name)
    assert files.receive(name, 1000, BUNDLE[1000:]).complete
    [shown] = files.all()
    assert Path(shown.path).parent == box.paths.update
    assert Path(shown.path).read_bytes() == BUNDLE
    assert box.updates.check(name).version == "0.2.0"


@settings(max_examples=25)
@given(some.lists(some.integers(1, 4000), max_size=30))
def test_however_it_is_cut_the_same_file_arrives(tmp_path_factory: pytest.TempPathFactory, cuts: list[int]) -> None:
    folder = tmp_path_factory.mktemp("pieces")
    files = BundleFiles(folder / "update", folder / "sticks")
    shown = files.begin("x.raucb", len(BUNDLE))
    for length in [*cuts, len(BUNDLE)]:
        piece = BUNDLE[shown.received : shown.received + length]
        shown = files.receive(shown.name, shown.received, piece) if piece else shown
    assert Path(files.get(shown.name).path).read_bytes() == BUNDLE


def test_room_is_asked_for_before_the_first_byte(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    free = bundle_files.RESERVE + 1000
    monkeypatch.setattr(shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(10**9, 10**9 - free, free))
    with refused("update_disk_full"):
        box.updates.files.begin("x.raucb", 1001)
    assert box.updates.files.all() == ()
    assert box.updates.files.begin("x.raucb", 1000).size == 1000
    with refused("update_too_large"):
        box.updates.files.begin("x.raucb", MAX_BUNDLE + 1)


def test_a_disk_that_fills_up_meanwhile_keeps_what_had_come(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    name = box.updates.files.begin("x.raucb", len(BUNDLE)).name
    box.updates.files.receive(name, 0, BUNDLE[:100])
    real = Path.open

    def full(path: Path, *mode: Any, **more: Any) -> Any:
        opened = real(path, *mode, **more)
        if mode == ("r+b",):

            class Full:
                def __enter__(self) -> Full:
                    return self

                def __exit__(self, *_: object) -> None:
                    opened.close()

                def __getattr__(self, name: str) -> Any:
                    return getattr(opened, name)

                def write(self, data: bytes) -> int:
                    opened.write(data[:7])
                    raise OSError(28, "No space left on device")

            return Full()
        return opened

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", full)
        with refused("update_disk_full"):
            box.updates.files.receive(name, 100, BUNDLE[100:])
    assert box.updates.files.all()[0].received == 100
    assert box.updates.files.receive(name, 100, BUNDLE[100:]).complete


def test_a_stick_is_looked_into_and_nothing_but_files_counts(box: Box) -> None:
    stick = box.sticks / "sda1"
    stick.mkdir(parents=True)
    (stick / "loopstart-0.2.0.raucb").write_bytes(BUNDLE)
    (stick / "letter.txt").write_text("hello")
    (stick / "folder.raucb").mkdir()
    (stick / "link.raucb").symlink_to("/etc/passwd")
    [shown] = box.updates.files.all()
    assert (shown.name, shown.source, shown.size) == ("sda1/loopstart-0.2.0.raucb", "stick", len(BUNDLE))
    assert box.updates.check(shown.name).version == "0.2.0"
    for name in ("sda1/letter.txt", "../../etc/passwd", "sda1/link.raucb", "nothing"):
        with pytest.raises(Exception, match="not_found"):
            box.updates.check(name)


# --- refused, and nothing changed


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (
            "failed to verify signature: signature verification failed: Verify error: self-signed certificate",
            "update_signature",
        ),
        ("signature size (4211113) exceeds bundle size", "update_signature"),
        ("Compatible mismatch: Expected 'a' but bundle manifest has 'b'", "update_hardware_said"),
        ("Failed to open file: No such file or directory", "update_failed"),
    ],
)
def test_what_rauc_refuses_is_told_by_its_kind(said: str, code: str) -> None:
    assert refusal(said) == code


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


# --- RAUC's answers


def test_busctl_is_understood() -> None:
    slot = {
        "bootname": {"type": "s", "data": "B"}, "device": {"type": "s", "data": "/dev/loopstart/b"},
        "state": {"type": "s", "data": "inactive"}, "boot-status": {"type": "s", "data": "good"},
        "bundle.version": {"type": "s", "data": "0.2.0"},
        "installed.timestamp": {"type": "s", "data": "2026-11-22T09:00:00Z"},
    }  # fmt: skip
    [found] = parse_slots(plain([[["rootfs.1", slot], ["efi.0", {"state": {"type": "s", "data": "inactive"}}]]]))
    assert (found.rauc_name, found.name, found.good, found.booted, found.version) == (
        "rootfs.1",
        "B",
        True,
        False,
        "0.2.0",
    )
    assert found.installed == datetime(2026, 11, 22, 9, tzinfo=UTC)
    told = [
        {
            "update": {
                "type": "a{sv}",
                "data": {"compatible": {"type": "s", "data": "x"}, "version": {"type": "s", "data": "1.2"}},
            }
        }
    ]
    assert parse_bundle(plain(told)).version == "1.2"
    assert said_by("Call failed: GDBus.Error:org.gtk.GDBus.UnmappedGError: it is so\n") == "it is so"
    assert said_by("Call failed: Already processing a different method\n") == "Already processing a different method"


def test_d_channels_that_are_up() -> None:
    shown = (
        "PRI span 1/0: Up, Active",
        "PRI span 2/0: Down, Active",
        "PRI span 3/0: In Alarm, Down, Active",
        "No such command",
        "",
    )
    assert d_channels(shown) == ["PRI 1"]


# --- the verbs, in a whole daemon


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
