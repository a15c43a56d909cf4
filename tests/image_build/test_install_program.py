"""The program that installs onto a disk: its table, what it writes, what it refuses, and that nothing half starts."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from image_build import boot, disk

FILES = Path(__file__).parents[2] / "ansible/roles/machine/files"
DEVICES = Path("/dev/loop-control").exists() and os.getuid() == 0


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, FILES / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


partitions = load("partitions")
install = load("install")


def test_the_layout_is_that_of_the_image() -> None:
    assert [(part.name, part.size, part.type) for part in disk.LAYOUT] == [tuple(part) for part in partitions.LAYOUT]
    assert partitions.SMALLEST == disk.SIZE
    starts = {part.name: part.start for part in partitions.layout(partitions.SMALLEST)}
    assert starts == disk.starts()


@given(st.integers(partitions.SMALLEST, 1 << 50))
def test_partitions_follow_one_another_and_leave_room_for_the_second_table(size: int) -> None:
    at = partitions.MIB
    for part in partitions.layout(size):
        assert part.start == at and part.start % partitions.MIB == part.size % partitions.MIB == 0
        at += part.size
    assert size - 2 * partitions.MIB < at <= size - partitions.MIB


def test_the_table_is_one_that_others_read_and_new_each_time(tmp_path: Path) -> None:
    seen = set()
    for name in ("first", "second"):
        path = tmp_path / name
        size = 8 << 30
        tables = partitions.tables(size, 512)
        with path.open("wb") as image:
            image.truncate(size)
            image.write(tables.first)
            image.seek(tables.backup_at)
            image.write(tables.backup)
        done = subprocess.run(["sfdisk", "--verify", path], capture_output=True, text=True, check=True)
        assert "No errors detected" in done.stdout, done.stdout + done.stderr
        read = json.loads(subprocess.run(["sfdisk", "--json", path], capture_output=True, text=True, check=True).stdout)
        table = read["partitiontable"]
        assert [part["name"] for part in table["partitions"]] == [part.name for part in disk.LAYOUT]
        assert table["label"] == "gpt"
        seen |= {table["id"], *(part["uuid"] for part in table["partitions"])}
        # The second table alone is enough (UEFI 2.10, 5.3.2).
        with path.open("r+b") as image:
            image.seek(512)
            image.write(bytes(512))
        done = subprocess.run(["sfdisk", "--json", path], capture_output=True, text=True, check=True)
        assert json.loads(done.stdout)["partitiontable"]["id"] == table["id"]
    assert len(seen) == 10
    assert not seen & {part.uuid for part in disk.LAYOUT}


def one(**more: Any) -> dict[str, Any]:
    """A disk as lsblk shows it."""
    return {"name": "sdb", "kname": "sdb", "model": "Disk ", "serial": "S1", "size": 8 << 30, "type": "disk",
            "ro": False, "tran": "sata", "mountpoints": [None], "fstype": None, "label": None, "partlabel": None,
            **more}  # fmt: skip


def test_a_disk_is_described_with_what_is_on_it() -> None:
    part = one(name="sdb1", type="part", fstype="ext4", label="Photos")
    shown = install.described(one(children=[part]))
    assert shown["refused"] is None and shown["holds"] == ["ext4 “Photos”"] and shown["model"] == "Disk"


@pytest.mark.parametrize(
    ("disk", "code"),
    [
        (one(ro=True), "install_read_only"),
        (one(size=partitions.SMALLEST - 1), "install_too_small"),
        (one(mountpoints=["/mnt"]), "install_in_use"),
        (one(children=[one(type="part", mountpoints=["/mnt"])]), "install_in_use"),
        (one(children=[one(type="part", mountpoints=["[SWAP]"])]), "install_in_use"),
        (one(children=[one(type="part", children=[one(type="lvm")])]), "install_in_use"),
        (one(children=[one(type="raid1")]), "install_in_use"),
    ],
)
def test_what_cannot_be_used_says_why(disk: dict[str, Any], code: str) -> None:
    assert install.described(disk)["refused"] == code


def test_only_the_disk_that_was_shown_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(install, "disks", lambda: [install.described(one()), install.described(one(name="sdc", ro=1))])
    monkeypatch.setattr(install, "own", lambda: "sda")
    assert install.chosen("sdb", "S1")["name"] == "sdb"
    for name, serial, code in (("sdb", "S2", "install_no_disk"), ("sda", "S1", "install_no_disk"),
                               ("../sdb", "S1", "install_no_disk"), ("sdc", "S1", "install_read_only")):  # fmt: skip
        with pytest.raises(install.RefusedError) as refused:
            install.chosen(name, serial)
        assert refused.value.code == code
    monkeypatch.setattr(install, "own", lambda: "")
    with pytest.raises(install.RefusedError) as refused:
        install.chosen("sdb", "S1")
    assert refused.value.code == "install_not_flashed"


@pytest.fixture
def device(tmp_path: Path) -> Iterator[Path]:
    """A disk that held something else: a file behind a loop device."""
    image = tmp_path / "disk"
    with image.open("wb") as file:
        file.truncate(5 << 30)
        file.seek(100 * partitions.MIB)
        file.write(b"PHOTOGRAPHS" * 1000)
    made = subprocess.run(
        ["losetup", "--find", "--show", "--partscan", image], capture_output=True, text=True, check=True
    )
    yield Path(made.stdout.strip())
    subprocess.run(["losetup", "--detach", made.stdout.strip()], check=True)


Partition = Callable[[Path, int], str]


@pytest.fixture
def partition(monkeypatch: pytest.MonkeyPatch) -> Iterator[Partition]:
    """Partitions by offset: this machine's kernel need not know partitions of loop devices."""
    made: list[str] = []

    def node(device: Path, number: int) -> str:
        size = int(_output("blockdev", "--getsize64", device))
        part = partitions.layout(size)[number - 1]
        loop = subprocess.run(
            ["losetup", "--find", "--show", "--offset", str(part.start), "--sizelimit", str(part.size), device],
            capture_output=True, text=True, check=True,
        ).stdout.strip()  # fmt: skip
        made.append(loop)
        return loop

    monkeypatch.setattr(install, "node", node)
    yield node
    for loop in made:
        subprocess.run(["losetup", "--detach", loop], check=True)


@pytest.fixture
def system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> bytes:
    """A running system: its slot, its boot files. What the slot's file system says it is long."""
    content = bytearray(os.urandom(9 * partitions.MIB + 100))
    content[:4], content[40:48] = b"hsqs", len(content).to_bytes(8, "little")
    (tmp_path / "slots").mkdir()
    (tmp_path / "slots/a").write_bytes(content + bytes(8 * partitions.MIB))
    (tmp_path / "boot").mkdir()
    (tmp_path / "boot/BOOTX64.EFI").write_bytes(b"MZ" * 1000)
    (tmp_path / "boot/grub.cfg").write_text("# rules\n")
    monkeypatch.setattr(install, "STATE", tmp_path / "run/state.json")
    (tmp_path / "run").mkdir()
    monkeypatch.setattr(install, "OWN_SLOTS", tmp_path / "slots")
    monkeypatch.setattr(install, "BOOT", tmp_path / "boot")
    monkeypatch.setattr(install, "PLACE", tmp_path / "esp")
    monkeypatch.setattr(install, "running_slot", lambda: "a")
    monkeypatch.setattr(install, "run", _run)
    return bytes(content)


def _output(*command: str | Path) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def _run(*command: str) -> None:
    # Not every machine that runs the tests has udev, and a kernel with vfat: the image's test sees those.
    if command[0] not in ("udevadm", "mount", "umount"):
        subprocess.run(command, check=True, capture_output=True, text=True)


@pytest.mark.skipif(not DEVICES, reason="needs root and loop devices")
def test_a_disk_gets_the_system_and_nothing_else(device: Path, system: bytes, partition: Partition) -> None:
    install.install({"name": device.name})
    with device.open("rb") as found:
        found.seek(partitions.layout(5 << 30)[1].start)
        assert found.read(len(system)) == system
    subprocess.run(["e2fsck", "-nf", partition(device, 4)], check=True, capture_output=True)
    assert (install.PLACE / "EFI/BOOT/BOOTX64.EFI").read_bytes() == b"MZ" * 1000
    assert (install.PLACE / "grub/grub.cfg").read_text() == "# rules\n"
    assert (install.PLACE / "grub/grubenv").read_bytes() == boot.notes()
    assert json.loads(install.STATE.read_text())["step"] == "boot"


@pytest.mark.skipif(not DEVICES, reason="needs root and loop devices")
def test_a_disk_that_reads_back_something_else_is_not_made_to_start(
    device: Path, system: bytes, partition: Partition, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = install.copy

    def faulty(slot: Path, target: Any, at: int, disk: dict[str, Any]) -> tuple[int, str]:
        found = good(slot, target, at, disk)
        [held] = os.pread(target.fileno(), 1, at + 5_000_000)
        os.pwrite(target.fileno(), bytes([held ^ 1]), at + 5_000_000)
        return found

    monkeypatch.setattr(install, "copy", faulty)
    with pytest.raises(install.RefusedError) as refused:
        install.install({"name": device.name})
    assert refused.value.code == "install_differs"
    with device.open("rb") as found:
        found.seek(partitions.MIB)
        assert found.read(partitions.MIB) == bytes(partitions.MIB), "there is a boot partition"
