"""The table of a disk as the installer writes it: GPT (UEFI 2.10, chapter 5), laid out as in image_build/disk.py.

Every identifier is new: a stick and the disk installed from it, both in one machine, must not be taken for one another.
Standard library only. Sizes in bytes; everything begins at a whole mebibyte.
"""

import struct
import uuid
import zlib
from collections.abc import Callable
from typing import NamedTuple

MIB = 1 << 20
EFI_TYPE = "C12A7328-F81F-11D2-BA4B-00A0C93EC93B"
LINUX_TYPE = "0FC63DAF-8483-4772-8E79-3D69D8477DE4"
DATA_TYPE = "6D8F6C1E-52A4-4F0C-9C5E-1F0D5A7A11DA"
LAYOUT = (
    ("loopstart-esp", 64 * MIB, EFI_TYPE),
    ("loopstart-a", 1536 * MIB, LINUX_TYPE),
    ("loopstart-b", 1536 * MIB, LINUX_TYPE),
    ("loopstart-data", 512 * MIB, DATA_TYPE),  # at least: it takes what is left
)
SMALLEST = 2 * MIB + sum(size for _, size, _ in LAYOUT)
ENTRIES, ENTRY = 128, 128


class Part(NamedTuple):
    """One partition: where it begins and how long it is."""

    name: str
    start: int
    size: int
    type: str


class Tables(NamedTuple):
    """What stands at the beginning of the disk and what at its end (from `backup_at`)."""

    first: bytes
    backup: bytes
    backup_at: int


def layout(size: int) -> tuple[Part, ...]:
    """The partitions of a disk of `size` bytes; the last takes the rest. ValueError when it is too small."""
    if size < SMALLEST:
        raise ValueError(f"{size} bytes are fewer than {SMALLEST}")
    parts, at = [], MIB
    for name, least, kind in LAYOUT:
        length = least if name != "loopstart-data" else (size - MIB - at) // MIB * MIB
        parts.append(Part(name, at, length, kind))
        at += length
    return tuple(parts)


def tables(size: int, sector: int, new: Callable[[], uuid.UUID] = uuid.uuid4) -> Tables:
    """Both copies of the table, with identifiers that `new` makes. sector: 512 or 4096, the disk's logical one."""
    entries = b"".join(
        struct.pack(
            "<16s16sQQQ72s",
            uuid.UUID(part.type).bytes_le,
            new().bytes_le,
            part.start // sector,
            (part.start + part.size) // sector - 1,
            0,
            part.name.encode("utf-16-le"),
        )
        for part in layout(size)
    ).ljust(ENTRIES * ENTRY, b"\0")
    array = len(entries) // sector
    last = size // sector - 1
    disk = new()
    usable = (2 + array, last - array - 1)

    def header(own: int, other: int, at: int) -> bytes:
        def packed(checksum: int) -> bytes:
            return struct.pack(
                "<8s4sIIIQQQQ16sQIII", b"EFI PART", b"\0\0\1\0", 92, checksum, 0, own, other, *usable, disk.bytes_le,
                at, ENTRIES, ENTRY, zlib.crc32(entries),
            )  # fmt: skip

        return packed(zlib.crc32(packed(0))).ljust(sector, b"\0")

    # The protective MBR: one entry of type EE over the whole disk (5.2.3).
    entry = struct.pack("<B3sB3sII", 0, b"\0\2\0", 0xEE, b"\xff\xff\xff", 1, min(last, 0xFFFFFFFF))
    boot = (bytes(446) + entry).ljust(510, b"\0") + b"\x55\xaa"
    first = boot.ljust(sector, b"\0") + header(1, last, 2) + entries
    return Tables(first, entries + header(last, 1, last - array), (last - array) * sector)
