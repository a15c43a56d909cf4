"""Writing that is on disk when the call returns, so that the order of steps survives a power cut
(fsync(2))."""

from __future__ import annotations

import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

SYNCS_AT_ONCE = 16
"""A change writes five to ten files; the first generation about twenty."""


class NewFile(NamedTuple):
    """A file to be written where none is. mode: permission bits."""

    path: Path
    data: bytes
    mode: int


def write_new(file: NewFile) -> None:
    """Write one file."""
    write_together([file], ())


def write_together(files: Iterable[NewFile], directories: Iterable[Path]) -> None:
    """Write files and see them, and the names in these directories, on disk.

    The syncs run side by side. Each alone waits for a commit of the file system's journal, and a commit takes
    all that wait for it: five files cost as much as one (17 ms one after another and 1.2 ms together, on a
    busy machine).
    """
    descriptors: list[int] = []
    try:
        descriptors.extend(_written(file) for file in files)
        descriptors.extend(os.open(directory, os.O_RDONLY | os.O_DIRECTORY) for directory in directories)
        if len(descriptors) == 1:
            os.fsync(descriptors[0])
            return
        with ThreadPoolExecutor(SYNCS_AT_ONCE, "fsync") as pool:
            for _ in pool.map(os.fsync, descriptors):
                pass  # asking for the result raises what went wrong
    finally:
        for descriptor in descriptors:
            os.close(descriptor)


def replace(path: Path, data: bytes, mode: int) -> None:
    """Replace a file whole: readers see the old bytes or the new. All names in its directory are on disk then."""
    beside = path.with_name(f"{path.name}.new")
    beside.unlink(missing_ok=True)
    write_new(NewFile(beside, data, mode))
    beside.replace(path)
    sync_directory(path.parent)


def remove(path: Path) -> None:
    """Remove a file, there or not. Not waited for: a power cut may bring it back."""
    path.unlink(missing_ok=True)


def sync_directory(directory: Path) -> None:
    """See the names in a directory on disk: a file's own fsync does not cover its directory entry."""
    write_together((), [directory])


def _written(file: NewFile) -> int:
    """The descriptor of a new file with its bytes in it. The mode is set before: they may be secrets."""
    descriptor = os.open(file.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.fchmod(descriptor, file.mode)
        left = memoryview(file.data)
        while left:
            left = left[os.write(descriptor, left) :]
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor
