"""The rule by which a system that has started is good, with stand-ins for the programs it asks."""

from __future__ import annotations

import json
import runpy
import sys
from pathlib import Path

import pytest

from image_build import cache

PROVE = cache.REPOSITORY / "ansible/roles/disk/files/prove.py"
GOOD = {"asterisk_connected": True, "generation_state": "confirmed"}


class Box:
    """Stand-ins on PATH: systemctl, loopstart, rauc; what they were asked is kept."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked = folder / "asked"
        self.note = folder / "fallen-back.json"
        self.asked.touch()
        self._folder = folder
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
        self.says("loopstart", json.dumps(status))

    def rauc(self, other: str) -> None:
        slots = [
            {"rootfs.0": {"bootname": "A", "state": "inactive", "boot_status": other}},
            {"rootfs.1": {"bootname": "B", "state": "booted", "boot_status": "bad"}},
        ]
        self.says("rauc", json.dumps({"slots": slots}))

    def proves(self, monkeypatch: pytest.MonkeyPatch) -> int:
        monkeypatch.setattr(sys, "argv", ["prove", "--seconds", "0"])
        program = runpy.run_path(str(PROVE), run_name="prove")
        program["give_up"].__globals__["NOTE"] = self.note
        return program["main"]()


@pytest.fixture
def box(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Box:
    return Box(tmp_path, monkeypatch)


def test_a_box_with_everything_is_marked_good(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    assert box.proves(monkeypatch) == 0
    assert box.asked.read_text().splitlines()[-1] == "rauc status mark-good booted"
    assert not box.note.exists()


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (lambda box: box.says("systemctl", "failed\nactive\nactive\nactive\n"), "asterisk.service is failed"),
        (lambda box: box.says("systemctl", ""), "systemd does not answer"),
        (lambda box: box.says("loopstart", ""), "the daemon does not answer"),
        (lambda box: box.loopstart(**GOOD | {"asterisk_connected": False}), "Asterisk does not answer the daemon"),
        (lambda box: box.loopstart(**GOOD | {"generation_state": None}), "the generation is None"),
    ],
)
def test_a_fault_sends_the_box_back_with_the_reason(
    box: Box, monkeypatch: pytest.MonkeyPatch, fault: object, reason: str
) -> None:
    box.rauc(other="good")
    fault(box)  # type: ignore[operator]
    assert box.proves(monkeypatch) == 1
    assert json.loads(box.note.read_text())["reasons"] == [reason]
    assert box.asked.read_text().splitlines()[-2:] == [
        "rauc status mark-bad booted",
        "systemctl --no-block reboot",
    ]


def test_without_another_good_system_the_box_stays(
    box: Box, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    box.says("loopstart", "")
    assert box.proves(monkeypatch) == 1
    assert "staying" in capsys.readouterr().err
    assert "mark-bad" not in box.asked.read_text()
    assert "reboot" not in box.asked.read_text()
