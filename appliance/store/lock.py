"""The one-writer rule between processes: whoever writes the databases holds this lock (flock(2)).

The kernel lets go of it when the process ends, however it ends.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class LockedError(RuntimeError):
    """Another process writes the databases."""


@contextmanager
def writer_lock(path: Path, wait_s: float = 0.0) -> Iterator[None]:
    """Be the one writer. Raises :class:`LockedError` when another one still is after ``wait_s`` seconds."""
    path.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        deadline = time.monotonic() + wait_s
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    raise LockedError(str(path)) from None
                time.sleep(0.1)
        yield
    finally:
        os.close(descriptor)
