"""The emulator and its UEFI firmware: those of the Debian release the box is made of, whatever this machine runs.

Debian 12's are not good enough. Its QEMU leaves rubbish in the flags after CMPXCHG16B, until the next instruction that
sets them; an interrupt in between brings it back, and a guest's kernel dies of a double fault. Its firmware lets timer
interrupts nest while a loaded host catches up with them, until its stack is used up. And it takes a fifth longer.
"""

from __future__ import annotations

from pathlib import Path

from image_build import cache, settings
from image_build.programs import run
from image_build.progress import step


def program() -> list[str]:
    """What starts QEMU, by its own loader and with its own libraries."""
    user = root() / "usr"
    loader = [str(user / "lib64/ld-linux-x86-64.so.2"), "--library-path", str(user / "lib/x86_64-linux-gnu")]
    data = [word for name in ("qemu", "seabios") for word in ("-L", str(user / "share" / name))]
    return [*loader, str(user / "bin/qemu-system-x86_64"), *data]


def code() -> Path:
    """The firmware itself."""
    return root() / "usr/share/OVMF/OVMF_CODE_4M.fd"


def variables() -> Path:
    """The firmware's memory as the factory left it; each machine writes to a copy of its own."""
    return root() / "usr/share/OVMF/OVMF_VARS_4M.fd"


def root() -> Path:
    """The packages, unpacked; fetched when missing."""

    def make(draft: Path) -> None:
        with step("the emulator (mmdebstrap)"):
            run(
                [
                    *["mmdebstrap", "--quiet", "--variant=extract", "--include=qemu-system-x86,seabios,ovmf"],
                    *[settings.BOX_SUITE, draft / "root"],
                ],
                doing="fetching the emulator",
                next_step="is Debian's archive reachable? then run the same command again",
            )

    return cache.kept("emulator", cache.key_of(settings.BOX_SUITE, settings.BASE_AS_OF), make) / "root"
