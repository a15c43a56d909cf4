"""The disk's layout: what the image makes, the system on it knows."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
import yaml

from image_build import boot, cache, disk
from image_build.progress import Problem

ROLE = cache.REPOSITORY / "ansible/roles/disk"


def test_the_role_knows_the_same_numbers() -> None:
    numbers = yaml.safe_load((ROLE / "defaults/main.yml").read_text())["disk__partitions"]
    assert {f"loopstart-{name}": number for name, number in numbers.items()} == {
        part.name: number for number, part in enumerate(disk.LAYOUT, 1)
    }


def test_the_partition_that_grows_is_the_last_and_the_only_one_of_its_type() -> None:
    grown = (ROLE / "templates/repart.conf.j2").read_text()
    assert f"type={disk.LAYOUT[-1].type}".lower() in grown.lower()
    assert f"Label={disk.LAYOUT[-1].name}" in grown
    assert [part.type for part in disk.LAYOUT].count(disk.DATA_TYPE) == 1


def test_the_slots_are_equal() -> None:
    assert disk.LAYOUT[1].size == disk.LAYOUT[2].size


def test_a_disk_holds_what_it_was_given_and_nothing_else(tmp_path: Path) -> None:
    image, content = tmp_path / "image", tmp_path / "content"
    content.write_bytes(bytes(disk.MIB) + b"slot" * 1000)
    disk.assemble(image, {"loopstart-a": content})
    shown = json.loads(subprocess.run(["/usr/sbin/sfdisk", "--json", image], capture_output=True, check=True).stdout)
    parts = shown["partitiontable"]["partitions"]
    assert [(part["name"], part["start"] * disk.SECTOR, part["size"] * disk.SECTOR) for part in parts] == [
        (part.name, disk.starts()[part.name], part.size) for part in disk.LAYOUT
    ]
    with image.open("rb") as source:
        source.seek(disk.starts()["loopstart-a"] + disk.MIB)
        assert source.read(4001) == b"slot" * 1000 + b"\0"
    assert image.stat().st_blocks * 512 < 16 * disk.MIB  # the rest are holes


def test_what_does_not_fit_is_refused(tmp_path: Path) -> None:
    big = tmp_path / "big"
    with big.open("wb") as sink:
        sink.truncate(disk.LAYOUT[0].size + 1)
    with pytest.raises(Problem, match="its partition 64"):
        disk.assemble(tmp_path / "image", {"loopstart-esp": big})


def test_grubs_notes_are_read_by_its_own_tool_and_have_its_size() -> None:
    notes = boot.notes()
    assert len(notes) == boot.NOTES_SIZE
    assert notes.startswith(b"# GRUB Environment Block\n")
    assert notes.rstrip(b"#").endswith(b"\n")
