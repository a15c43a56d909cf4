"""One SQLite file: a single writer, readers that cannot write, migrations behind a backup, and a way back
from damage.

WAL keeps readers and the writer out of each other's way. ``synchronous=FULL`` for what people decided (site,
accounts, secrets): a confirmed change survives a power cut. ``NORMAL`` for the history: a power cut may take
the last seconds of calls, but never the database (sqlite.org/pragma.html#pragma_synchronous), and flash
wears less.
"""

from __future__ import annotations

import logging
import os
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import sqlite_utils
from sqlite_utils.migrations import Migrations

from appliance.store import backups as copies
from appliance.store.errors import (
    DamagedError,
    DiskFullError,
    NewerDatabaseError,
    StoreError,
    UnreadableError,
)

log = logging.getLogger(__name__)

BUSY_TIMEOUT_MS = 5_000
"""A reader may hold a checkpoint back for a moment; more than this is a fault."""

Synchronous = Literal["FULL", "NORMAL"]
Parameters = Sequence[Any] | Mapping[str, Any]
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Migration:
    """One step of a schema. ``number`` counts from 1 without gaps; ``apply`` runs inside a transaction."""

    number: int
    name: str
    apply: Callable[[sqlite_utils.Database], None]

    @property
    def label(self) -> str:
        """As it is recorded in the database: ``0001_accounts``."""
        return f"{self.number:04}_{self.name}"


class Reader:
    """A database opened for reading. Safe to share between threads; one query runs at a time.

    Raises :class:`UnreadableError` when the file cannot be opened or asked.
    """

    def __init__(self, path: Path, tables: sqlite_utils.Database) -> None:
        self.path = path
        self.tables = tables
        self.lock = threading.RLock()

    def query(self, sql: str, parameters: Parameters = ()) -> list[Row]:
        """All rows of a SELECT, as dictionaries."""
        with self.lock, translated(self.path):
            cursor = self.tables.conn.execute(sql, parameters)
            names = [column[0] for column in cursor.description or ()]
            return [dict(zip(names, row, strict=True)) for row in cursor]

    def one(self, sql: str, parameters: Parameters = ()) -> Row | None:
        """The first row, or None."""
        rows = self.query(sql, parameters)
        return rows[0] if rows else None

    def close(self) -> None:
        """Close the file; the object is done with."""
        with self.lock:
            self.tables.close()


class Database(Reader):
    """A database opened for writing. The lock serialises its writers: there is one connection."""

    @contextmanager
    def transaction(self) -> Iterator[sqlite_utils.Database]:
        """Everything inside is written whole or not at all; nested ones join as savepoints.

        Raises :class:`DiskFullError` when there is no room, with nothing written.
        """
        with self.lock, translated(self.path):
            nested = self.tables.conn.in_transaction
            if nested:
                with self.tables.atomic():
                    yield self.tables
                return
            # IMMEDIATE: a writer that finds the file locked waits at the start instead of failing at the end.
            self.tables.conn.execute("BEGIN IMMEDIATE")
            try:
                yield self.tables
                self.tables.conn.execute("COMMIT")
            except BaseException:
                if self.tables.conn.in_transaction:
                    self.tables.conn.execute("ROLLBACK")
                raise

    def execute(self, sql: str, parameters: Parameters = ()) -> int:
        """Run one statement in a transaction of its own (or the one around it).

        The number of rows it touched.
        """
        with self.transaction() as tables:
            return tables.conn.execute(sql, parameters).rowcount

    def executemany(self, sql: str, rows: Iterable[Parameters]) -> int:
        """Run one statement for many rows in one transaction; the number of rows it touched."""
        with self.transaction() as tables:
            return tables.conn.executemany(sql, rows).rowcount

    def insert(self, sql: str, parameters: Parameters = ()) -> int:
        """Run one INSERT; the rowid it made."""
        with self.transaction() as tables:
            return int(tables.conn.execute(sql, parameters).lastrowid or 0)

    def back_up(self, backups: Path, reason: str, keep: int = copies.KEEP) -> Path:
        """Copy the whole database online into ``backups``; see :func:`appliance.store.backups.back_up`."""
        with self.lock, translated(backups):
            return copies.back_up(self.tables.conn, self.path, backups, reason, keep)

    def close(self) -> None:
        """Fold the write-ahead log into the file and close."""
        with self.lock:
            if not self.tables.conn.in_transaction:
                self.tables.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            super().close()


def open_writer(
    path: Path,
    migrations: Sequence[Migration],
    backups: Path,
    *,
    synchronous: Synchronous = "FULL",
    mode: int = 0o640,
) -> Database:
    """Open (or make) a database for writing, check it, and bring it to the newest schema.

    A damaged file is set aside and replaced by the newest whole backup, which is recorded (see
    :func:`appliance.store.backups.restorations`); with no whole backup it raises :class:`DamagedError`.
    Raises :class:`NewerDatabaseError` for a database of a later version, :class:`DiskFullError`.
    """
    path.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
    if path.exists() and path.stat().st_size and not copies.is_whole(path):
        restored = copies.restore(path, backups)
        if restored is None:
            raise DamagedError(path=str(path))
        log.error("%s was damaged: restored from %s, the damaged file is %s", path, *restored)
    path.touch(mode=mode)
    path.chmod(mode)  # umask may have narrowed it; the side files of WAL take the mode of the main file
    with translated(path):
        connection = sqlite3.connect(
            path, isolation_level=None, check_same_thread=False, timeout=BUSY_TIMEOUT_MS / 1000
        )
        try:
            connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute(f"PRAGMA synchronous = {synchronous}")
            connection.execute("PRAGMA foreign_keys = ON")
            database = Database(path, sqlite_utils.Database(connection, execute_plugins=False))
            _migrate(database, migrations, backups)
        except BaseException:
            connection.close()
            raise
    return database


def open_reader(path: Path) -> Reader:
    """Open for reading only; works for any user who may read the file, while its writer has it open.

    Raises :class:`UnreadableError`.
    """
    with translated(path):
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=ro",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
            timeout=BUSY_TIMEOUT_MS / 1000,
        )
        try:
            connection.execute("PRAGMA query_only = ON")
            connection.execute("SELECT count(*) FROM sqlite_master")
        except BaseException:
            connection.close()
            raise
        return Reader(path, sqlite_utils.Database(connection, execute_plugins=False))


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into those of :mod:`appliance.store.errors`."""
    try:
        yield
    except sqlite3.IntegrityError:
        raise
    except sqlite3.Error as error:
        raise _translate(path, error) from error
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise DiskFullError(path=str(path)) from error
        raise


def _migrate(database: Database, migrations: Sequence[Migration], backups: Path) -> None:
    """Apply what is pending, each behind a backup of its own."""
    if [migration.number for migration in migrations] != list(range(1, len(migrations) + 1)):
        raise ValueError("migrations count from 1 without gaps")
    steps = Migrations(database.path.stem)
    for migration in migrations:
        steps(name=migration.label)(migration.apply)
    known = {migration.label for migration in migrations}
    applied = [step.name for step in steps.applied(database.tables)]
    for name in applied:
        if name not in known:
            raise NewerDatabaseError(path=str(database.path), migration=name)
    pending = [step.name for step in steps.pending(database.tables)]
    for position, name in enumerate(pending):
        if applied:
            database.back_up(backups, f"before-{name}")
        steps.apply(database.tables, stop_before=pending[position + 1 : position + 2])
        applied.append(name)
        log.info("%s: migrated to %s", database.path, name)


_NO_ROOM = frozenset({28, 122})  # ENOSPC, EDQUOT (errno.h)


def _translate(path: Path, error: sqlite3.Error) -> StoreError | sqlite3.Error:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the low byte is the primary result code
    if code == sqlite3.SQLITE_FULL or (code == sqlite3.SQLITE_IOERR and _no_room(path)):
        return DiskFullError(path=str(path))
    if code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}:
        return DamagedError(path=str(path))
    if code in {
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_BUSY,
    }:
        return UnreadableError(path=str(path), detail=str(error))
    return error


def _no_room(path: Path) -> bool:
    """SQLite calls a full disk an input/output error in places (sqlite.org/rescode.html#ioerr_write)."""
    try:
        space = os.statvfs(path.parent)
    except OSError:
        return False
    return space.f_bavail * space.f_frsize < 1 << 16
