"""The rule by which a system that has started is good, with stand-ins for the programs it asks."""

from __future__ import annotations

import json
import os
import runpy
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from image_build import cache

PROVE = cache.REPOSITORY / "ansible/roles/disk/files/prove.py"
NOTES = cache.REPOSITORY / "ansible/roles/disk/files/grub-editenv.sh"
GOOD = {"asterisk_connected": True, "generation_state": "confirmed", "missing_lines": []}


class Box:
    """Stand-ins on PATH: systemctl and rauc; what they were asked is kept. Daemon and web answer as they are told."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked = folder / "asked"
        self.asked.touch()
        self.web: list[dict[str, Any]] = []
        self.daemon: dict[str, object] | None = None
        self.silent_from = 100
        self.state = folder / "state.json"
        self._folder = folder
        self._patch = monkeypatch
        monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
        self.says("systemctl", "active\n" * 4)
        self.loopstart(**GOOD)
        self.rauc(other="bad")

    def says(self, program: str, text: str) -> None:
        (self._folder / f"{program}.txt").write_text(text)
        script = self._folder / program
        script.write_text(f'#!/bin/sh\necho {program} "$@" >>{self.asked}\ncat {self._folder}/{program}.txt\n')
        script.chmod(0o755)

    def loopstart(self, **status: object) -> None:
        self.daemon = status

    def asked_of_the_daemon(self, verb: str) -> dict[str, object]:
        self.silent_from -= 1
        if self.daemon is None or self.silent_from < 0:
            raise ConnectionRefusedError(verb)
        return self.daemon

    def updated(self, slot: str, stage: str, boot_id: str = "of before") -> None:
        last = {"id": "u7", "slot": slot, "stage": stage}
        self.state.write_text(json.dumps({"last": last, "boot_id": boot_id}))

    def rauc(self, other: str) -> None:
        slots = [
            {"rootfs.0": {"bootname": "A", "state": "inactive", "boot_status": other}},
            {"rootfs.1": {"bootname": "B", "state": "booted", "boot_status": "bad"}},
        ]
        self.says("rauc", json.dumps({"slots": slots}))

    def proves(self, seconds: float = 0, recent: float = 60) -> int:
        self._patch.setattr(sys, "argv", ["prove", "--seconds", str(seconds)])
        program = runpy.run_path(str(PROVE), run_name="prove")
        inside = program["main"].__globals__
        inside["RECENT"] = recent
        inside["NOTES"], inside["STATE"], inside["web"] = self._folder, self.state, lambda: self.web
        inside["asked"] = self.asked_of_the_daemon
        code: int = program["main"]()
        return code

    def orders(self) -> list[str]:
        """What was changed, in order."""
        told = self.asked.read_text().splitlines()
        return [line for line in told if "mark-" in line or "reboot" in line]

    def note(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self._folder / "proof-B.json").read_text())
        return found


@pytest.fixture
def box(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Box:
    return Box(tmp_path, monkeypatch)


def test_a_box_with_everything_is_marked_good_and_is_the_next_one(box: Box) -> None:
    assert box.proves() == 0
    assert box.orders() == ["rauc status mark-good booted", "rauc status mark-active booted"]
    assert box.note() == {"update": "", "good": True, "stays": False, "reasons": []}


@pytest.mark.parametrize("stage", ["restarting", "proving", "fallen_back"])
def test_the_system_that_came_back_leaves_the_update_alone_for_good(box: Box, stage: str) -> None:
    box.updated("A", stage, boot_id=Path("/proc/sys/kernel/random/boot_id").read_text().strip())
    assert box.proves() == 0
    assert box.orders()[-1] == "rauc status mark-bad other"


def test_an_update_that_proves_itself_keeps_the_system_before_it(box: Box) -> None:
    box.updated("B", "proving")
    assert box.proves() == 0
    assert "rauc status mark-bad other" not in box.orders()
    assert box.note()["update"] == "u7"


def _web_away(box: Box) -> None:
    box.web = [{"code": "proof_web", "params": {}, "said": "the web does not answer"}]


def _daemon_away(box: Box) -> None:
    box.daemon = None


def _not_looked(box: Box) -> None:
    box.updated("B", "restarting")
    box.loopstart(**GOOD | {"last": {"stage": "restarting"}})


@pytest.mark.parametrize(
    ("fault", "code", "said"),
    [
        (
            lambda box: box.says("systemctl", "failed\nactive\nactive\nactive\n"),
            "proof_unit",
            "asterisk.service is failed",
        ),
        (lambda box: box.says("systemctl", ""), "proof_unit", "systemd does not answer"),
        (_daemon_away, "proof_daemon", "the daemon does not answer"),
        (
            lambda box: box.loopstart(**GOOD | {"asterisk_connected": False}),
            "proof_asterisk",
            "Asterisk does not answer the daemon",
        ),
        (lambda box: box.loopstart(**GOOD | {"generation_state": None}), "proof_generation", "the generation is None"),
        (
            lambda box: box.loopstart(**GOOD | {"missing_lines": ["span 1"]}),
            "proof_line",
            "span 1 was up before and is not now",
        ),
        (lambda box: box.loopstart(**GOOD | {"missing_lines": 7}), "proof_program", None),
        (_web_away, "proof_web", "the web does not answer"),
        (_not_looked, "proof_daemon", "the daemon has not looked yet"),
    ],
)
def test_a_fault_sends_the_box_back_with_the_reason(
    box: Box, fault: Callable[[Box], None], code: str, said: str | None
) -> None:
    box.rauc(other="good")
    fault(box)
    assert box.proves() == 1
    [reason] = box.note()["reasons"]
    assert reason["code"] == code
    assert said in (None, reason["said"])
    assert not box.note()["good"]
    assert box.orders() == ["rauc status mark-bad booted", "systemctl --no-block reboot"]


@pytest.mark.parametrize(("recent", "codes"), [(60, ["proof_daemon", "proof_line"]), (0.5, ["proof_daemon"])])
def test_a_line_that_was_missing_is_told_when_the_daemon_is_too_slow_at_the_last_look(
    box: Box, recent: float, codes: list[str]
) -> None:
    box.rauc(other="good")
    box.loopstart(**GOOD | {"missing_lines": ["span 1"]})
    box.silent_from = 2  # a look asks twice
    assert box.proves(seconds=0.5, recent=recent) == 1
    assert [reason["code"] for reason in box.note()["reasons"]] == codes


def test_without_another_good_system_the_box_stays(box: Box, capsys: pytest.CaptureFixture[str]) -> None:
    _daemon_away(box)
    assert box.proves() == 1
    assert "staying" in capsys.readouterr().err
    assert box.note()["stays"]
    assert box.orders() == []


def test_grubs_notes_are_changed_where_they_lie(tmp_path: Path) -> None:
    """Not even for a moment is there no file, or an empty one, whatever the program that changes it does."""
    notes, real = tmp_path / "grubenv", tmp_path / "real"
    notes.write_bytes(b"ORDER=A B\n".ljust(1024, b"#"))
    real.write_text(
        "#!/usr/bin/python3\nimport sys\nfrom pathlib import Path\n"
        "path = Path(sys.argv[1])\ntext = path.read_bytes()\npath.unlink()\n"
        "path.write_bytes(text.replace(b'A B', sys.argv[3].encode()) if sys.argv[2] == 'set' else text)\n"
        "print(text[:9].decode())\n"
    )
    real.chmod(0o755)
    with notes.open("rb") as held:
        done = subprocess.run([NOTES, notes, "set", "B A"], env={**os.environ, "GRUB_EDITENV": str(real)}, check=False)
        assert done.returncode == 0
        assert held.read() == b"ORDER=B A\n".ljust(1024, b"#")
    assert [path.name for path in tmp_path.iterdir()].count("grubenv") == 1
    shown = subprocess.run(
        [NOTES, notes, "list"],
        env={**os.environ, "GRUB_EDITENV": str(real)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert shown.stdout == "ORDER=B A\n"
