"""A stick installs itself onto the machine's empty disk: a person at the serial console, and nobody else."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.image.machine import Machine
from tests.image.serial_line import SerialLine

pytestmark = [pytest.mark.image, pytest.mark.timeout(7200)]

SLOW = 1800.0
"""Patience of a person at an emulated machine beside other work; nothing is measured by it."""
ADDRESS = "10.0.2.15"  # the first that QEMU's own network gives
WORDS = {
    "en": ("1", "Menu", "Everything on this disk will be lost", "finished", "active (running)", "cable in"),
    "ar": ("2", "القائمة", "سيُفقد كل ما على هذا القرص", "انتهى", "active (running)", "الكبل موصول"),
}


def inner(folder: Path) -> tuple[Path, list[str]]:
    """An empty disk on the machine's SATA, and QEMU's words for it."""
    path = folder / "inner.qcow2"
    subprocess.run(["qemu-img", "create", "-q", "-f", "qcow2", str(path), "8G"], check=True)
    device = "ide-hd,drive=inner,bus=ide.0,model=Inner Disk,serial=INNER-42"
    return path, ["-drive", f"if=none,id=inner,format=qcow2,file={path}", "-device", device]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_stick_installs_itself_and_the_disk_starts_alone(
    language: str, machines: Callable[..., Machine], tmp_path: Path
) -> None:
    key, menu, lost, finished, running, cable = WORDS[language]
    disk, words = inner(tmp_path)
    stick = machines(f"stick-{language}", stick=True, options=words)
    stick.start()
    line = SerialLine(stick)
    try:
        line.sees("1  English", f"https://{ADDRESS}/", seconds=SLOW)
        line.type(key)
        line.sees(menu, seconds=60)
        line.type("b")
        screen = line.sees("INNER-42", "Inner Disk", "8.6 GB", seconds=SLOW)
        [name] = re.findall(r"(\bsd[a-z]\b)", screen)
        line.type("\r")
        line.sees(lost, name, seconds=60)
        line.type("\r")
        line.sees(lost, seconds=5)
        line.type(f"{name}\r")
        line.sees(finished, name, seconds=SLOW)
        stick_is = stick.sh("cat /etc/machine-id; blkid -s PARTUUID -o value /dev/loopstart/*; "
                            "blkid -s UUID -o value /dev/loopstart/esp /dev/loopstart/data").split()  # fmt: skip
        line.type("\r")
        line.sees_it_go_off(SLOW)
    finally:
        line.leave()
    box = machines(f"installed-{language}", disk=disk)
    box.start()
    line = SerialLine(box)
    try:
        line.sees(f"https://{ADDRESS}/", seconds=SLOW)
        line.type(key)
        line.sees(menu, seconds=60)
        line.type("1")
        line.sees(f"{ADDRESS}/24", cable, seconds=120)
        line.type("0")
        line.sees(menu, seconds=60)
        line.type("3\x1b[6~")
        line.sees("loopstartd", running, seconds=SLOW)
    finally:
        line.leave()
    assert box.wait_until_started(SLOW) == "running"
    mine = box.sh("cat /etc/machine-id; blkid -s PARTUUID -o value /dev/loopstart/*; "
                  "blkid -s UUID -o value /dev/loopstart/esp /dev/loopstart/data").split()  # fmt: skip
    assert len(mine) == len(stick_is) >= 7
    assert not set(mine) & set(stick_is)
    notes = box.sh("grub-editenv /efi/grub/grubenv list").split()
    assert {"A_OK=1", "B_OK=0"} <= set(notes)
    assert int(box.sh("findmnt -bno SIZE /data")) > 4 << 30
    box.kill()  # the processors are for the next one
