"""The emulated machine's UEFI firmware: that of the Debian release the box is made of, whatever this machine runs.

Debian 12's firmware lets timer interrupts nest while a loaded host catches up with them, until its stack is used up;
from edk2-stable202302 on it does not.
"""

from __future__ import annotations

from pathlib import Path

from image_build import cache, settings
from image_build.programs import run
from image_build.progress import step

CODE = "OVMF_CODE_4M.fd"
VARIABLES = "OVMF_VARS_4M.fd"


def folder() -> Path:
    """The directory with CODE and VARIABLES, fetched when missing."""

    def make(draft: Path) -> None:
        with step("the emulator's firmware (mmdebstrap)"):
            run(
                [
                    *["mmdebstrap", "--quiet", "--variant=extract", "--include=ovmf"],
                    *[settings.BOX_SUITE, draft / "root"],
                ],
                doing="fetching the emulator's firmware",
                next_step="is Debian's archive reachable? then run the same command again",
            )
            for name in (CODE, VARIABLES):
                (draft / name).write_bytes((draft / "root/usr/share/OVMF" / name).read_bytes())
            cache.remove_tree(draft / "root")

    return cache.kept("firmware", cache.key_of(settings.BOX_SUITE, settings.BASE_AS_OF), make)
