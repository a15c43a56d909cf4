"""Writing that is on disk when the call returns, so that the order of steps survives a power cut
(fsync(2))."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path


def write_new(path: Path, data: bytes, mode: int) -> None:
    """Write a file that is not there yet. The mode is set before anything is in it: it may hold secrets."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        os.fchmod(file.fileno(), mode)
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def replace(path: Path, data: bytes, mode: int) -> None:
    """Replace a file whole: readers see the old bytes or the new."""
    beside = path.with_name(f"{path.name}.new")
    beside.unlink(missing_ok=True)
    write_new(beside, data, mode)
    beside.replace(path)
    sync_directory(path.parent)


def remove(path: Path) -> None:
    """Remove a file, there or not."""
    with contextlib.suppress(FileNotFoundError):
        path.unlink()
        sync_directory(path.parent)


def sync_directory(directory: Path) -> None:
    """See the names in a directory on disk: a file's own fsync does not cover its directory entry."""
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
