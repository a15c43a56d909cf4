"""An update goes into the other slot while the box runs; a slot that cannot start is left alone after three tries."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from image_build import bundles
from tests.image.machine import Machine

pytestmark = [pytest.mark.image, pytest.mark.timeout(1800)]


def slots(machine: Machine) -> dict[str, dict[str, str]]:
    """RAUC's word on each slot, by its name for GRUB."""
    shown = json.loads(machine.sh("rauc status --output-format=json", seconds=120))
    return {slot["bootname"]: slot for entry in shown["slots"] for slot in entry.values()}


def install(machine: Machine, device: str, bundle: Path) -> subprocess.CompletedProcess[str]:
    machine.sh(f"head -c {bundle.stat().st_size} {device} >/data/update.raucb", seconds=300)
    return machine.exec(["rauc", "install", "/data/update.raucb"], check=False, seconds=600)


def test_an_update_is_taken_and_a_broken_one_is_left_again(
    image: Path, machines: Callable[..., Machine], tmp_path: Path
) -> None:
    good, broken = tmp_path / "good.raucb", tmp_path / "broken.raucb"
    bundles.pack(image.parent / "slot.squashfs", "good", good)
    empty = tmp_path / "empty"
    empty.write_bytes(bytes(1 << 20))
    bundles.pack(empty, "broken", broken)
    drives = [
        word
        for number, bundle in enumerate((good, broken))
        for word in (
            *("-drive", f"if=none,id=update{number},format=raw,readonly=on,file={padded(bundle)}"),
            *("-device", f"virtio-blk-pci,drive=update{number}"),
        )
    ]
    machine = machines("slots", disk_size="6G", options=drives)
    machine.up()
    assert machine.wait_until_started() == "running"

    done = install(machine, "/dev/vdb", good)
    assert done.returncode == 0, done.stderr
    machine.restarted()
    assert machine.wait_until_started() == "running"
    found = slots(machine)
    assert (found["B"]["state"], found["B"]["boot_status"]) == ("booted", "good")

    done = install(machine, "/dev/vdc", broken)
    assert done.returncode == 0, done.stderr
    machine.restarted()
    assert slots(machine)["B"]["state"] == "booted"
    assert "A_TRY=3" in machine.sh("grub-editenv /efi/grub/grubenv list").split()
    assert machine.wait_until_started() == "running"


def padded(bundle: Path) -> Path:
    """A drive is whole sectors."""
    copy = bundle.with_suffix(".drive")
    subprocess.run(["cp", "--reflink=auto", bundle, copy], check=True)
    with copy.open("ab") as sink:
        sink.truncate(-(-bundle.stat().st_size // 512) * 512)
    return copy
