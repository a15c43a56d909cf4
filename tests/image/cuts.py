"""Power cuts without starting again after each: what the disk holds at one moment, taken apart on the host.

The emulator is stopped where it stands (SIGSTOP) and its disk copied, which is what killing it would have left: writes
that reached it, and not the later ones. So one running machine gives many cuts. A cut is then looked at without a boot:

* what GRUB would start: its notes are read as ``image_build/grub/grub.cfg`` reads them;
* that this slot is whole, byte for byte (or, half written, that it is not the one that would start);
* ``/data`` through ``e2fsck -p``, as the initramfs does, and its databases through SQLite;
* what the box would make of it: the daemon's own ``prepare`` runs on the files.

What that leaves open, that firmware, GRUB and kernel do with such a disk what is read here, a few of the cuts show by
starting from them.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import signal
import sqlite3
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from image_build import disk
from tests.image.machine import Machine

MIB = 1 << 20
BOOT, SLOTS, DATA = 1, {"A": 2, "B": 3}, 4
DATABASES = ("site/site.db", "site/accounts.db", "secrets/site.db", "history/history.db", "history/smdr.db")
# What is looked at of /data; the rest is large or root's.
TAKEN = ("site", "secrets", "history", "generations", "backups", "update", "system")


@contextlib.contextmanager
def standing_still(machine: Machine) -> Iterator[None]:
    """The machine makes no step inside the block."""
    assert machine._process is not None
    os.kill(machine._process.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(machine._process.pid, signal.SIGCONT)


def cut(machine: Machine, folder: Path) -> Cut:
    """What a power cut at this moment would leave. The machine goes on."""
    folder.mkdir(parents=True)
    with standing_still(machine):
        for name in (machine.disk.name, "variables.fd"):
            copied = ["cp", "--reflink=auto", "--sparse=always", machine.folder / name, folder / name]
            subprocess.run(copied, check=True)
    return Cut(folder)


@dataclass(frozen=True)
class Cut:
    """A disk as it was at one moment; its backing file is the image."""

    folder: Path

    @property
    def disk(self) -> Path:
        return self.folder / "disk.qcow2"

    def machine(self, folder: Path, image: Path, **options: object) -> Machine:
        """A machine that starts from it."""
        folder.mkdir(parents=True)
        for name in ("disk.qcow2", "variables.fd"):
            shutil.copyfile(self.folder / name, folder / name)
        return Machine(folder, image, **options)  # type: ignore[arg-type]

    def notes(self) -> dict[str, str]:
        """GRUB's variables."""
        text = self._boot_file("grub/grubenv")
        assert len(text) == 1024, f"GRUB's notes have {len(text)} bytes"
        lines = text.decode("ascii").rstrip("#").splitlines()
        assert lines[0] == "# GRUB Environment Block"
        return dict(line.split("=", 1) for line in lines[1:] if "=" in line)

    def starts(self) -> list[str]:
        """The slots that GRUB would take, one for each start that comes to nothing, until it comes to one again."""
        notes, taken = self.notes(), []
        for _ in range(6):
            slot = chosen(notes)
            if slot in taken[:-1] and taken[-1] != slot:
                break
            notes[f"{slot}_TRY"] = str(int(notes[f"{slot}_TRY"]) + 1)
            taken.append(slot)
        return taken

    def untouched(self, name: str) -> bool:
        """Whether not one byte of a slot was ever written: the disk has none of it over the image below."""
        begin = list(disk.starts().values())[SLOTS[name] - 1]
        end = begin + disk.LAYOUT[SLOTS[name] - 1].size
        shown = subprocess.run(
            ["qemu-img", "map", "-U", "--output=json", self.disk], capture_output=True, check=True
        ).stdout
        mine = [one for one in json.loads(shown) if one["depth"] == 0]
        return not any(one["start"] < end and one["start"] + one["length"] > begin for one in mine)

    def slot(self, name: str, size: int) -> bytes:
        """The digest of the first ``size`` bytes of a slot."""
        target = self.folder / f"slot-{name}"
        self._extract(SLOTS[name], target, -(-size // MIB))
        digest = hashlib.sha256()
        with target.open("rb") as source:
            left = size
            while left and (piece := source.read(min(left, MIB))):
                digest.update(piece)
                left -= len(piece)
        target.unlink()
        return digest.digest()

    def data(self) -> Path:
        """The files of /data after its check, which must be able to mend it by itself."""
        image, root = self.folder / "data.img", self.folder / "data"
        if root.exists():
            return root
        self._extract(DATA, image)
        checked = subprocess.run(["/sbin/e2fsck", "-p", image], capture_output=True, text=True, check=False)
        assert checked.returncode < 4, checked.stdout + checked.stderr
        root.mkdir()
        for name in TAKEN:
            subprocess.run(["/sbin/debugfs", "-R", f"rdump /{name} {root}", image], capture_output=True, check=True)
        image.unlink()
        return root

    def faults(self) -> list[str]:
        """Databases that are not whole."""
        found = []
        for name in DATABASES:
            path = self.data() / name
            if not path.exists():
                continue
            with contextlib.closing(sqlite3.connect(path)) as database:
                [said] = database.execute("PRAGMA integrity_check").fetchone()
            if said != "ok":
                found.append(f"{name}: {said}")
        return found

    def _boot_file(self, name: str) -> bytes:
        target = self.folder / "esp"
        self._extract(BOOT, target)
        environment = {**os.environ, "MTOOLS_SKIP_CHECK": "1"}
        done = subprocess.run(
            ["mtype", "-i", target, f"::/{name}"], capture_output=True, env=environment, check=True
        ).stdout
        target.unlink()
        return done

    def _extract(self, partition: int, target: Path, mebibytes: int | None = None) -> None:
        """A partition's content as a file; /data, the last one, reaches to the end of the disk."""
        skipped = list(disk.starts().values())[partition - 1] // MIB
        wanted = mebibytes or disk.LAYOUT[partition - 1].size // MIB
        # qemu-img counts what it skips too (QEMU 7.2, qemu-img.c, img_dd); one that did not would copy more.
        count = [] if partition == DATA else [f"count={skipped + wanted}"]
        words = [f"if={self.disk}", f"of={target}", "bs=1M", f"skip={skipped}", *count]
        subprocess.run(["qemu-img", "dd", "-f", "qcow2", "-O", "raw", *words], check=True, stdout=subprocess.DEVNULL)


def chosen(notes: dict[str, str]) -> str:
    """The slot that ``grub.cfg`` takes with these notes; counting begins anew when none is left."""
    order = notes["ORDER"].split()
    for _ in range(2):
        for slot in order:
            if notes[f"{slot}_OK"] == "1" and notes[f"{slot}_TRY"] != "3":
                return slot
        notes["A_TRY"] = notes["B_TRY"] = "0"
    return order[0]
