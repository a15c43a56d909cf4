"""The root filesystem booted in QEMU by its own kernel, without the disk image: a minute sooner than by UEFI.

For what needs DAHDI's modules and not the slots. Everything else is as in :mod:`tests.image.machine`.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

from image_build import cache, root
from tests.image.machine import Machine

DISK_SIZE = "4G"


def disk() -> Path:
    """A directory with `disk.raw` (the root as ext4), `kernel` and `initrd`; made once for each root."""
    layers = root.layers()

    def make(draft: Path) -> None:
        folder = draft / "joined"
        folder.mkdir()
        with root.writable(layers, folder) as merged:
            boot = merged / "boot"
            for name, pattern in (("kernel", "vmlinuz-*"), ("initrd", "initrd.img-*")):
                (found,) = boot.glob(pattern)
                (draft / name).write_bytes(found.read_bytes())
            words = ["mke2fs", "-q", "-t", "ext4", "-L", "root", "-E", "lazy_itable_init=1", "-d", str(merged)]
            subprocess.run([*words, str(draft / "disk.raw"), DISK_SIZE], check=True)
        cache.remove_tree(folder)

    return cache.kept("lines", cache.key_of([layer.parent.name for layer in layers], DISK_SIZE), make)


class LinesMachine(Machine):
    """A machine whose kernel QEMU loads itself."""

    def __init__(self, folder: Path, made: Path) -> None:
        super().__init__(folder, made / "disk.raw")
        self.made = made

    def command(self) -> list[str]:
        words = super().command()
        # Without UEFI, which has nothing to do here.
        flash = [at for at, word in enumerate(words) if word.startswith("if=pflash")]
        for at in reversed(flash):
            del words[at - 1 : at + 1]
        line = "root=/dev/vda rw quiet console=ttyS0"
        return [*words, "-kernel", str(self.made / "kernel"), "-initrd", str(self.made / "initrd"), "-append", line]
