"""Copies of the databases, and going back to one of them.

A copy is named ``<database>.<UTC time>.<reason>.bak`` so that names sort by age. Restoring keeps the damaged
file beside the database as ``<database>.damaged-<UTC time>`` and writes a line into ``restored.jsonl``.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

KEEP = 10
"""Copies of one database. A site database is a few MB."""

RECORD = "restored.jsonl"


def back_up(connection: sqlite3.Connection, path: Path, backups: Path, reason: str, keep: int = KEEP) -> Path:
    """Copy the database of a connection with SQLite's online backup; the path of the copy, which is whole.

    The oldest copies beyond ``keep`` are removed.
    """
    backups.mkdir(mode=0o700, parents=True, exist_ok=True)
    target = backups / f"{_stem(path)}.{_stamp()}.{reason}.bak"
    partial = target.with_suffix(".partial")
    partial.unlink(missing_ok=True)
    try:
        partial.touch(mode=0o600)
        with closing(sqlite3.connect(partial)) as copy:
            connection.backup(copy)
            # One self-contained file: a copy of a WAL database would want side files of its own.
            copy.execute("PRAGMA journal_mode = DELETE")
        _sync(partial)
        partial.rename(target)
        _sync(backups)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    for old in _copies(path, backups)[keep:]:
        old.unlink(missing_ok=True)
    return target


def newest(path: Path, backups: Path) -> Path | None:
    """The newest copy of a database, whole or not."""
    return next(iter(_copies(path, backups)), None)


def is_whole(path: Path) -> bool:
    """Whether SQLite's quick check finds nothing wrong with a file."""
    try:
        with closing(sqlite3.connect(path, timeout=5)) as connection:
            found = connection.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.DatabaseError:
        return False
    return bool(found) and found[0] == "ok"


def restore(path: Path, backups: Path) -> tuple[Path, Path] | None:
    """Put the newest whole copy in the place of a damaged database.

    Gives the copy used and where the damaged file is now, or None (and nothing moved) when no copy is whole.
    """
    for copy in _copies(path, backups):
        if not is_whole(copy):
            continue
        fresh = path.with_name(f"{path.name}.restoring")
        shutil.copyfile(copy, fresh)
        fresh.chmod(path.stat().st_mode & 0o777)
        _sync(fresh)
        damaged = path.with_name(f"{path.name}.damaged-{_stamp()}")
        for suffix in ("-wal", "-shm"):
            side = path.with_name(path.name + suffix)
            if side.exists():
                side.rename(damaged.with_name(damaged.name + suffix))
        os.link(path, damaged)  # then replace: at no moment is there no database, however the power goes
        fresh.replace(path)
        _sync(path.parent)
        _record(backups, path, copy, damaged)
        return copy, damaged
    return None


def restorations(backups: Path) -> list[dict[str, Any]]:
    """Every restoration so far, oldest first: ``{at, database, copy, damaged}``."""
    record = backups / RECORD
    if not record.exists():
        return []
    return [json.loads(line) for line in record.read_text(encoding="utf-8").splitlines() if line]


def _record(backups: Path, path: Path, copy: Path, damaged: Path) -> None:
    line = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "database": str(path),
        "copy": copy.name,
        "damaged": str(damaged),
    }
    with (backups / RECORD).open("a", encoding="utf-8") as record:
        record.write(json.dumps(line) + "\n")
        record.flush()
        os.fsync(record.fileno())


def _copies(path: Path, backups: Path) -> list[Path]:
    """Newest first."""
    return sorted(backups.glob(f"{_stem(path)}.*.bak"), reverse=True)


def _stem(path: Path) -> str:
    """The directory tells ``site/site.db`` from ``secrets/site.db``."""
    return f"{path.parent.name}-{path.stem}"


def _stamp() -> str:
    return datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
