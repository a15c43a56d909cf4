"""The disk: a GPT with the EFI system partition, two slots and /data, assembled without a loop device or mount.

The layout is for ever: an update replaces a slot's content, never the table. Numbers and the type of /data are
known to ansible/roles/disk too; tests/image_build/test_disk.py compares them.
"""

from __future__ import annotations

import os
import uuid
from dataclasses import dataclass
from pathlib import Path

from image_build.programs import run
from image_build.progress import Problem

MIB = 1 << 20
SECTOR = 512
FIRST = MIB  # the usual alignment; GRUB needs no gap under UEFI
EFI_TYPE = "C12A7328-F81F-11D2-BA4B-00A0C93EC93B"
LINUX_TYPE = "0FC63DAF-8483-4772-8E79-3D69D8477DE4"
# Loopstart's own, so that systemd-repart finds this partition and no other.
DATA_TYPE = "6D8F6C1E-52A4-4F0C-9C5E-1F0D5A7A11DA"
NAMES = uuid.UUID("3a2f1c54-6a0e-4a5b-8a2e-5f6f0f3f7d10")


@dataclass(frozen=True)
class Partition:
    """One partition. `size` in bytes, a multiple of a mebibyte."""

    name: str
    size: int
    type: str

    @property
    def uuid(self) -> str:
        return str(uuid.uuid5(NAMES, self.name)).upper()


# A slot is what a system may grow to in the box's life: today's takes a fifth. /data grows to the disk.
LAYOUT = (
    Partition("loopstart-esp", 64 * MIB, EFI_TYPE),
    Partition("loopstart-a", 1536 * MIB, LINUX_TYPE),
    Partition("loopstart-b", 1536 * MIB, LINUX_TYPE),
    Partition("loopstart-data", 512 * MIB, DATA_TYPE),
)
SIZE = FIRST + sum(part.size for part in LAYOUT) + MIB  # the second table at the end


def starts() -> dict[str, int]:
    """Where each partition begins, in bytes."""
    found, at = {}, FIRST
    for part in LAYOUT:
        found[part.name] = at
        at += part.size
    return found


def table() -> str:
    """What sfdisk reads."""
    lines = ["label: gpt", f"label-id: {str(uuid.uuid5(NAMES, 'disk')).upper()}", "unit: sectors"]
    for part in LAYOUT:
        start = starts()[part.name] // SECTOR
        lines.append(
            f'start={start}, size={part.size // SECTOR}, type={part.type}, uuid={part.uuid}, name="{part.name}"'
        )
    return "\n".join(lines) + "\n"


def assemble(image: Path, contents: dict[str, Path]) -> None:
    """Write the disk with these partitions' contents; what is not given stays empty."""
    with image.open("wb") as sink:
        sink.truncate(SIZE)
    run(["sfdisk", "--quiet", "--no-reread", "--no-tell-kernel", image], doing="the partition table", stdin=table())
    sizes = {part.name: part.size for part in LAYOUT}
    for name, source in contents.items():
        if source.stat().st_size > sizes[name]:
            raise Problem(
                "too-big",
                f"{source.name} has {source.stat().st_size // MIB} MiB, its partition {sizes[name] // MIB}",
                where=str(source),
                next_step="leave something out of the image: a slot's size is for ever (image_build/disk.py)",
            )
        copy_sparse(source, image, starts()[name])


def copy_sparse(source: Path, target: Path, at: int) -> None:
    """Copy a file into another, leaving holes where it has only zeros."""
    with source.open("rb") as reader, target.open("r+b") as writer:
        while piece := reader.read(MIB):
            if piece.count(0) != len(piece):
                os.pwrite(writer.fileno(), piece, at)
            at += len(piece)


def data(path: Path, epoch: int) -> None:
    """The empty /data: made by the image so that an update's kernel and this one's format always agree."""
    with path.open("wb") as sink:
        sink.truncate(LAYOUT[3].size)
    seed = uuid.uuid5(NAMES, "data")
    run(
        [
            *["mke2fs", "-q", "-t", "ext4", "-b", "4096", "-i", "16384", "-J", "size=32", "-m", "1", "-L"],
            *[LAYOUT[3].name, "-U", str(seed), "-E", f"hash_seed={seed},root_owner=0:0", path],
        ],
        doing="the file system of /data",
        env={**os.environ, "E2FSPROGS_FAKE_TIME": str(epoch)},
    )
