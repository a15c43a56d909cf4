"""``smdr.db``: the buffer of call records, between the calls and those who read them.

Every reader (the serial line, the TCP port) has its place; a record is behind it once it was delivered there. A call
has one record, however often its end is told. Records stay, delivered or not, until :data:`MOST_KEPT` newer ones have
come: then the oldest go, and each reader that has not had one gets it counted as dropped.

Written with ``synchronous=FULL``, before the call history: what a power cut takes from the history is told again
after it, and known here by its call.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import TypeAdapter

from appliance.model.smdr import CallRecord
from appliance.store.backups import is_whole
from appliance.store.database import Database, open_writer
from appliance.store.smdr_migrations import MIGRATIONS

log = logging.getLogger(__name__)

MOST_KEPT = 20_000
"""Records. At some 500 bytes each 10 MB; for a busy site a week of calls."""
MOST_SHOWN = 1_000
_RECORD = TypeAdapter(CallRecord)


@dataclass(frozen=True, slots=True)
class ReaderPlace:
    """How far a reader has come. waiting: records it has yet to get. dropped: that it will never get."""

    reader: str
    upto: int
    waiting: int
    dropped: int


class SmdrBuffer:
    """Safe to use from any thread. Raises the errors of :mod:`appliance.store.errors`."""

    def __init__(self, database: Database, most_kept: int = MOST_KEPT) -> None:
        self._database = database
        self._most_kept = most_kept

    def add(self, records: Iterable[CallRecord]) -> int:
        """Keep records of calls that are not known yet; how many these were."""
        with self._database.transaction() as tables:
            added = 0
            for record in records:
                # Not ON CONFLICT: a conflict uses a number up, and readers take a missing number for a lost record.
                added += tables.execute(
                    "INSERT INTO records (call_id, sequence, record) SELECT :call, :sequence, :record "
                    "WHERE NOT EXISTS (SELECT 1 FROM records WHERE call_id = :call AND sequence = :sequence)",
                    {
                        "call": record.call_id,
                        "sequence": record.sequence,
                        "record": _RECORD.dump_json(record).decode(),
                    },
                ).rowcount
            if added:
                self._forget_the_oldest()
        return added

    def set_readers(self, names: Iterable[str]) -> None:
        """Who reads. A new reader begins with the next record; one that is named no more loses its place."""
        wanted = set(names)
        with self._database.transaction() as tables:
            known = {row["reader"] for row in self._database.query("SELECT reader FROM places")}
            for name in known - wanted:
                tables.execute("DELETE FROM places WHERE reader = ?", (name,))
            for name in wanted - known:
                tables.execute(
                    "INSERT INTO places (reader, upto) "
                    "SELECT ?, ifnull((SELECT seq FROM sqlite_sequence WHERE name = 'records'), 0)",
                    (name,),
                )

    def next(self, reader: str, after: int = 0, limit: int = 1) -> tuple[CallRecord, ...]:
        """The oldest records that a reader has yet to get, of those behind number ``after``."""
        rows = self._database.query(
            "SELECT number, record FROM records WHERE number > max(?, (SELECT upto FROM places WHERE reader = ?)) "
            "ORDER BY number LIMIT ?",
            (after, reader, limit),
        )
        return tuple(_record(row["number"], row["record"]) for row in rows)

    def done(self, reader: str, number: int) -> None:
        """The reader has every record up to this one."""
        self._database.execute("UPDATE places SET upto = max(upto, ?) WHERE reader = ?", (number, reader))

    def places(self) -> tuple[ReaderPlace, ...]:
        """Every reader, by name."""
        rows = self._database.query(
            "SELECT reader, upto, dropped, (SELECT count(*) FROM records WHERE number > upto) AS waiting "
            "FROM places ORDER BY reader"
        )
        return tuple(ReaderPlace(row["reader"], row["upto"], row["waiting"], row["dropped"]) for row in rows)

    def tail(self, limit: int = 20) -> tuple[CallRecord, ...]:
        """The newest records, oldest first, at most :data:`MOST_SHOWN`."""
        rows = self._database.query(
            "SELECT number, record FROM records ORDER BY number DESC LIMIT ?", (max(0, min(limit, MOST_SHOWN)),)
        )
        return tuple(_record(row["number"], row["record"]) for row in reversed(rows))

    def _forget_the_oldest(self) -> None:
        """Inside a transaction."""
        row = self._database.one("SELECT max(number) AS last, min(number) AS first FROM records")
        if row is None or row["last"] - row["first"] < self._most_kept:
            return
        before = row["last"] - self._most_kept + 1
        self._database.execute(
            "UPDATE places SET dropped = dropped + (SELECT count(*) FROM records WHERE number > upto AND number < ?), "
            "upto = max(upto, ? - 1)",
            (before, before),
        )
        self._database.execute("DELETE FROM records WHERE number < ?", (before,))


def open_smdr(path: Path, backups: Path) -> Database:
    """Open the buffer for writing; what cannot be read any more is set aside, and an empty one begun.

    It is never restored from a backup: an old one would send again what was sent. A phone system must not stay down
    because its call accounting lost its buffer. Raises ``DiskFullError`` and the like.
    """
    if path.exists() and path.stat().st_size and not is_whole(path):
        aside = path.with_name(f"{path.name}.damaged")
        path.replace(aside)
        for suffix in ("-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        log.error("the buffer of call records was damaged: set aside as %s, an empty one is begun", aside)
    return open_writer(path, MIGRATIONS, backups)


def _record(number: int, text: str) -> CallRecord:
    return replace(_RECORD.validate_json(text), number=number)
