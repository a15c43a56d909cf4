"""Generations on disk: every state Asterisk ever ran, whole, each in its own directory, one of them current.

Shape of the root (``/data/generations``)::

    17/asterisk/pjsip.conf …      a generation, never written again after its rename
    17/manifest.json              what each file of it is: digest, mode, reload class, module
    18/…                          unchanged files are hard links into 17: same inode, same mtime
    current -> 18                 what Asterisk reads; swapped by renaming a new symlink over it
    .staging-19-…/                being written; removed at start, for nothing can refer to it

Files are 0640 and directories 2750: the set-group-ID bit of the root hands its group (asterisk) down, so that
the daemon needs no right to change owners. Everything is on disk (fsync of files and of directories) before a
name points at it, so that a power cut leaves either the old name or the new one, each whole.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from appliance.apply.durable import NewFile, sync_directory, write_together
from appliance.model.changes import ReloadClass
from appliance.render.files import RenderedFile

DIRECTORY_MODE = 0o2750
KEEP = 20
"""Generations kept on disk beside those that something refers to."""

CURRENT = "current"
_MANIFEST = "manifest.json"
_STAGING = ".staging-"
_NEW_LINK = ".current-"
_FULL = {errno.ENOSPC, errno.EDQUOT}


class DiskFullError(Exception):
    """There was no room for a generation. What had been written of it is gone again."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One file of a generation.

    digest: SHA-256 of its bytes, hexadecimal; mode: permission bits; reload: the module that reads it again.
    """

    digest: str
    mode: int
    reload_class: ReloadClass
    reload: str | None


Manifest = Mapping[str, StoredFile]
"""Path inside the generation (``asterisk/pjsip.conf``) to what is stored there."""


def manifest_of(files: Mapping[str, RenderedFile]) -> dict[str, StoredFile]:
    """What a generation of these files will say of itself."""
    return {
        path: StoredFile(
            digest=file.digest,
            mode=file.mode,
            reload_class=file.reload_class,
            reload=file.reload,
        )
        for path, file in sorted(files.items())
    }


def changed_paths(before: Manifest, after: Manifest) -> list[str]:
    """The paths whose content differs, is new or is gone, sorted."""
    return sorted(
        path
        for path in before.keys() | after.keys()
        if path not in before or path not in after or before[path].digest != after[path].digest
    )


class Generations:
    """The directory of generations. One writer at a time: the caller holds the lock of the change path."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def path(self, number: int) -> Path:
        """The directory of a generation, there or not."""
        return self.root / str(number)

    def current(self) -> int | None:
        """The generation that ``current`` points at; None when it points nowhere."""
        try:
            target = str((self.root / CURRENT).readlink())
        except OSError:
            return None
        return int(target) if target.isdecimal() and self.path(int(target)).is_dir() else None

    def numbers(self) -> list[int]:
        """Every generation on disk, oldest first."""
        return sorted(int(entry.name) for entry in self.root.iterdir() if entry.name.isdecimal())

    def manifest(self, number: int | None) -> dict[str, StoredFile]:
        """What a generation says of itself; empty for None or one that is not on disk."""
        if number is None:
            return {}
        try:
            stored = json.loads((self.path(number) / _MANIFEST).read_text(encoding="utf-8"))
        except (FileNotFoundError, json.JSONDecodeError):
            return {}
        return {
            path: StoredFile(
                digest=entry["digest"],
                mode=entry["mode"],
                reload_class=ReloadClass(entry["reload_class"]),
                reload=entry["reload"],
            )
            for path, entry in stored.items()
        }

    def text(self, number: int, path: str) -> str:
        """The text of one file; empty when the generation has no such file."""
        try:
            return (self.path(number) / path).read_text(encoding="utf-8")
        except FileNotFoundError:
            return ""

    def is_whole(self, number: int) -> bool:
        """Whether every file of a generation still has the bytes its manifest names."""
        manifest = self.manifest(number)
        return bool(manifest) and all(
            hashlib.sha256(self.text(number, path).encode()).hexdigest() == stored.digest
            for path, stored in manifest.items()
        )

    def stage(self, files: Mapping[str, RenderedFile], like: int | None) -> Staged:
        """Write a generation under a name nothing refers to, durably.

        like: the generation whose unchanged files are linked instead of written again.
        Raises :class:`DiskFullError`, leaving nothing behind.
        """
        manifest = manifest_of(files)
        before = self.manifest(like)
        staging = self.root / f"{_STAGING}{secrets.token_hex(6)}"
        try:
            directories = _make_directories(staging, manifest)
            described = {path: _described(stored) for path, stored in manifest.items()}
            fresh = [NewFile(staging / _MANIFEST, json.dumps(described).encode(), 0o640)]
            for path, stored in manifest.items():
                same = like is not None and before.get(path) == stored
                if not same or not _link(f"{self.root}/{like}/{path}", f"{staging}/{path}"):
                    fresh.append(NewFile(staging / path, files[path].text.encode(), stored.mode))
            write_together(fresh, directories)
        except OSError as error:
            shutil.rmtree(staging, ignore_errors=True)
            if error.errno in _FULL:
                raise DiskFullError(str(error)) from error
            raise
        return Staged(staging, manifest)

    def adopt(self, staged: Staged, number: int) -> None:
        """Give a staged generation its number. What an interrupted apply left under it is removed.

        The number is on disk once the root is synced, which the note of the doubt does before ``current``
        moves (:class:`appliance.apply.journal.Journal`).
        """
        target = self.path(number)
        if target.exists():
            shutil.rmtree(target)
        staged.path.rename(target)

    def discard(self, staged: Staged) -> None:
        """Remove a staged generation that got no number."""
        shutil.rmtree(staged.path, ignore_errors=True)

    def make_current(self, number: int) -> None:
        """Point ``current`` at a generation: one rename, then on disk. Readers see the old or the new, never
        none."""
        if not self.path(number).is_dir():
            raise FileNotFoundError(f"generation {number} is not on disk")
        link = self.root / f"{_NEW_LINK}{secrets.token_hex(6)}"
        link.symlink_to(str(number))
        link.replace(self.root / CURRENT)
        sync_directory(self.root)

    def clean(self) -> None:
        """Remove what an interrupted writer left: nothing refers to it."""
        for entry in self.root.iterdir():
            if entry.name.startswith(_STAGING):
                shutil.rmtree(entry, ignore_errors=True)
            elif entry.name.startswith(_NEW_LINK):
                entry.unlink(missing_ok=True)

    def retire(self, keep: Collection[int]) -> list[int]:
        """Remove generations beyond the last :data:`KEEP`, except those in ``keep`` and the current one."""
        numbers = self.numbers()
        kept = {*numbers[-KEEP:], *keep, self.current()}
        gone = [number for number in numbers if number not in kept]
        for number in gone:
            # Renamed first: a half-removed directory must not look like a generation.
            doomed = self.root / f"{_STAGING}old-{number}"
            with contextlib.suppress(FileNotFoundError):
                self.path(number).rename(doomed)
            shutil.rmtree(doomed, ignore_errors=True)
        return gone


@dataclass(frozen=True, slots=True)
class Staged:
    """A generation written and on disk, not yet numbered."""

    path: Path
    manifest: Manifest


def _described(stored: StoredFile) -> dict[str, str | int | None]:
    return {
        "digest": stored.digest,
        "mode": stored.mode,
        "reload_class": stored.reload_class.value,
        "reload": stored.reload,
    }


def _make_directories(top: Path, paths: Iterable[str]) -> list[Path]:
    """Make a directory and those below it that these files need, each readable by the group of the root."""
    below = {parent for path in paths for parent in PurePosixPath(path).parents}  # ``.`` is the top itself
    made = [top / parent for parent in sorted(below)]
    for directory in made:
        directory.mkdir(mode=0o750)
        directory.chmod(DIRECTORY_MODE)
    return made


def _link(source: str, target: str) -> bool:
    """Hard-link an unchanged file. False when the file system or the link count does not allow it."""
    try:
        os.link(source, target)
    except OSError as error:
        if error.errno in _FULL:
            raise
        return False
    return True
