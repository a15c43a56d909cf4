"""The EFI system partition: GRUB from the box's own suite, its rules, and its notes on the slots."""

from __future__ import annotations

import os
from pathlib import Path

from image_build import cache, disk
from image_build.mounts import chroot_ready
from image_build.programs import run

GRUB = cache.REPOSITORY / "image_build/grub"
INSIDE = "run/loopstart-boot"
# What grub.cfg, start.cfg and a slot's file system use; and a keyboard, a screen and a serial port.
MODULES = (
    *("part_gpt", "fat", "squash4", "gzio", "xzio", "lzopio", "linux", "boot", "normal", "configfile", "echo", "test"),
    *("loadenv", "regexp", "probe", "serial", "terminal", "all_video", "sleep", "reboot", "halt", "ls", "minicmd"),
)
NOTES_SIZE = 1024  # grub-core/lib/envblk.c: DEFAULT_ENVBLK_SIZE


def notes() -> bytes:
    """The grubenv of a new box: slot A holds the system, slot B waits for its first update."""
    text = "# GRUB Environment Block\nORDER=A B\nA_OK=1\nA_TRY=0\nB_OK=0\nB_TRY=0\n"
    return text.ljust(NOTES_SIZE, "#").encode()


def grub(root: Path, folder: Path) -> Path:
    """GRUB's program with its modules, made by the root's own tools; returns its path in `folder`."""
    with chroot_ready(root, extra=[(folder, INSIDE)]):
        run(
            [
                *["chroot", root, "grub-mkimage", "--format=x86_64-efi", "--prefix=/grub"],
                *[f"--output=/{INSIDE}/BOOTX64.EFI", *MODULES],
            ],
            doing="GRUB's program",
        )
    return folder / "BOOTX64.EFI"


def partition(path: Path, program: Path, epoch: int) -> None:
    """The partition's content: /EFI/BOOT/BOOTX64.EFI, which firmware starts from any disk, and /grub."""
    size = disk.LAYOUT[0].size
    with path.open("wb") as sink:
        sink.truncate(size)
    run(["mkfs.vfat", "-F", "32", "-n", "LOOPSTART", "-i", "10095747", "--invariant", path], doing="the boot partition")
    draft = path.with_name("notes")
    draft.write_bytes(notes())
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(epoch), "TZ": "UTC", "MTOOLS_SKIP_CHECK": "1"}
    run(["mmd", "-i", path, "::/EFI", "::/EFI/BOOT", "::/grub"], doing="the boot partition", env=environment)
    files = {"EFI/BOOT/BOOTX64.EFI": program, "grub/grub.cfg": GRUB / "grub.cfg", "grub/grubenv": draft}
    for name, source in files.items():
        run(["mcopy", "-i", path, source, f"::/{name}"], doing="the boot partition", env=environment)
    draft.unlink()
