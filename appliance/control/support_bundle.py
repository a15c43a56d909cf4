"""A support bundle as a file: a gzipped tar that is there whole or not at all. The last few are kept."""

from __future__ import annotations

import io
import os
import tarfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from appliance.apply.durable import sync_directory

KEEP = 5
_NAME = "loopstart-support-"


def write_bundle(directory: Path, files: Mapping[str, str], now: datetime) -> Path:
    """Write the files (path in the bundle -> text) and remove bundles older than the last :data:`KEEP`.

    Its name carries ``now`` in UTC; a second one of the same second replaces the first. Raises ``OSError``.
    """
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    stem = f"{_NAME}{now:%Y%m%dT%H%M%SZ}"
    path, fresh = directory / f"{stem}.tar.gz", directory / ".fresh"
    fresh.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as raw:
            with tarfile.open(fileobj=raw, mode="w:gz", compresslevel=6) as tar:
                for name, text in files.items():
                    content = text.encode("utf-8", "replace")
                    entry = tarfile.TarInfo(f"{stem}/{name}")
                    entry.size, entry.mtime, entry.mode = len(content), int(now.timestamp()), 0o600
                    tar.addfile(entry, io.BytesIO(content))
            raw.flush()
            os.fsync(raw.fileno())
        fresh.replace(path)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise
    for old in sorted(directory.glob(f"{_NAME}*.tar.gz"))[:-KEEP]:
        old.unlink(missing_ok=True)
    sync_directory(directory)
    return path
