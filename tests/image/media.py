"""Things to plug into a machine: drives that hold one file, and USB sticks."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

SECTOR = 512


def drive(file: Path) -> list[str]:
    """A drive whose content is the file, padded to whole sectors; ``/dev/disk/by-id/virtio-<its stem>`` inside."""
    name = file.stem[:20]
    copy = file.with_name(f"{name}.drive")
    if not copy.exists():
        subprocess.run(["cp", "--reflink=auto", file, copy], check=True)
        with copy.open("ab") as sink:
            sink.truncate(-(-file.stat().st_size // SECTOR) * SECTOR)
    return [
        *("-drive", f"if=none,id=file-{name},format=raw,readonly=on,file={copy}"),
        *("-device", f"virtio-blk-pci,drive=file-{name},serial={name}"),
    ]


def stick(image: Path, files: Mapping[str, Path]) -> list[str]:
    """A USB stick in FAT, without partitions, as many are, with these files on it under these names."""
    with image.open("wb") as sink:
        sink.truncate(sum(file.stat().st_size for file in files.values()) + (64 << 20))
    subprocess.run(["/sbin/mkfs.vfat", "-F", "32", "-n", "STICK", image], check=True, stdout=subprocess.DEVNULL)
    environment = {**os.environ, "MTOOLS_SKIP_CHECK": "1"}
    for name, file in files.items():
        subprocess.run(["mcopy", "-i", image, file, f"::/{name}"], check=True, env=environment)
    return [
        *("-device", "qemu-xhci"),
        *("-drive", f"if=none,id=stick,format=raw,file={image}"),
        *("-device", "usb-storage,drive=stick,removable=on"),
    ]
