"""``history.db``: contacts with their segments, and the gaps in what is known. Written from the facts of the
event path.

Readers see contacts newest first. Nothing is read whole: pages continue after the last contact of the page
before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlite_utils

from appliance.live.facts import ContactRecord, ContactUpdate, Fact, Gap, Outcome, SegmentRecord
from appliance.store.database import Database, Reader, Row
from appliance.store.errors import MissingError
from appliance.store.history_migrations import MIGRATIONS

__all__ = ["CSV_COLUMNS", "MIGRATIONS", "Filter", "HistoryReader", "HistoryWriter", "StoredContact", "csv_row"]

MAX_PAGE = 1_000
SHORT_SEARCH_LOOKS_AT = 50_000
"""Trigrams cannot find one or two characters: such a search looks through the newest contacts only."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class StoredContact:
    """A contact and the number of its row, by which it is asked for and pages are continued."""

    id: int
    record: ContactRecord


@dataclass(frozen=True, slots=True)
class Filter:
    """Which contacts. Everything given must hold; nothing given means all.

    search: any part of a caller's, called or rung number, or of the caller's name.
    extension: took part as caller or was rung; exactly this number.
    since, until: when it started; until itself is out.
    include_open: also contacts that have not ended.
    """

    search: str = ""
    extension: str | None = None
    outcome: Outcome | None = None
    since: datetime | None = None
    until: datetime | None = None
    include_open: bool = False


class HistoryWriter:
    """What the daemon writes with; one in the house. Raises the errors of :mod:`appliance.store.errors`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def write(self, facts: Iterable[Fact]) -> None:
        """Store facts, all in one transaction. Of several updates of one contact the last stands."""
        updates: dict[tuple[str, int], ContactRecord] = {}
        gaps: list[Gap] = []
        for fact in facts:
            if isinstance(fact, ContactUpdate):
                updates[fact.record.key] = fact.record
            else:
                gaps.append(fact)
        if not updates and not gaps:
            return
        with self._database.transaction() as tables:
            for record in updates.values():
                _store(tables, record)
            for gap in gaps:
                tables.execute(
                    "INSERT INTO gaps (since, until, reason) VALUES (?, ?, ?)",
                    (_micros(gap.since), _micros(gap.until), gap.reason),
                )

    def mark_known(self, until: datetime) -> None:
        """Asterisk was heard until then.

        To be called every few seconds: after a crash the gap begins there.
        """
        self._database.execute(
            "INSERT INTO known (only, until) VALUES (1, ?) ON CONFLICT (only) DO UPDATE SET until = excluded.until",
            (_micros(until),),
        )

    def remove_before(self, moment: datetime, limit: int = 10_000) -> int:
        """Forget contacts that started before; how many.

        At most ``limit`` at once, so that nobody waits long.
        """
        with self._database.transaction() as tables:
            rows = tables.execute(
                "SELECT id FROM contacts WHERE started < ? AND ended IS NOT NULL ORDER BY started LIMIT ?",
                (_micros(moment), limit),
            ).fetchall()
            tables.conn.executemany("DELETE FROM contact_search WHERE rowid = ?", rows)
            tables.conn.executemany("DELETE FROM contacts WHERE id = ?", rows)
            return len(rows)


class HistoryReader:
    """What everybody reads with. Raises :class:`~appliance.store.errors.UnreadableError`."""

    def __init__(self, database: Reader) -> None:
        self._database = database

    def contacts(
        self, wanted: Filter | None = None, *, limit: int = 50, before: int | None = None
    ) -> tuple[StoredContact, ...]:
        """A page, newest first; at most :data:`MAX_PAGE`.

        before: the id of the last contact of the page before.
        """
        sql, parameters = _query(wanted or Filter(), self._place(before))
        rows = self._database.query(f"{sql} LIMIT ?", (*parameters, max(0, min(limit, MAX_PAGE))))
        return self._with_segments(rows)

    def contact(self, contact_id: int) -> StoredContact:
        """One contact. Raises MissingError."""
        rows = self._database.query("SELECT * FROM contacts WHERE id = ?", (contact_id,))
        if not rows:
            raise MissingError(noun="contact", name=contact_id)
        return self._with_segments(rows)[0]

    def every(self, wanted: Filter | None = None) -> Iterator[StoredContact]:
        """All of them, newest first, page by page: for exports. The memory of one page."""
        before: int | None = None
        while page := self.contacts(wanted, limit=MAX_PAGE, before=before):
            yield from page
            before = page[-1].id

    def open_contacts(self) -> tuple[ContactRecord, ...]:
        """Contacts that have not ended: at the daemon's start, those its last run left open. Oldest first."""
        rows = self._database.query("SELECT * FROM contacts WHERE ended IS NULL ORDER BY id")
        return tuple(stored.record for stored in self._with_segments(rows))

    def known_until(self) -> datetime | None:
        """Until when Asterisk was heard; None before the first time."""
        row = self._database.one("SELECT until FROM known")
        return _moment(row["until"]) if row else None

    def gaps(self, since: datetime, until: datetime) -> tuple[Gap, ...]:
        """Gaps that touch a stretch of time, oldest first."""
        rows = self._database.query(
            "SELECT since, until, reason FROM gaps WHERE until >= ? AND since < ? ORDER BY since",
            (_micros(since), _micros(until)),
        )
        return tuple(
            Gap(_EPOCH + row["since"] * _MICROSECOND, _EPOCH + row["until"] * _MICROSECOND, row["reason"])
            for row in rows
        )

    def _place(self, before: int | None) -> tuple[int, int] | None:
        if before is None:
            return None
        row = self._database.one("SELECT started, id FROM contacts WHERE id = ?", (before,))
        # A contact that has been forgotten since was among the oldest: what follows it is what is left before
        # it.
        return (row["started"], row["id"]) if row else (0, 0)

    def _with_segments(self, rows: Sequence[Row]) -> tuple[StoredContact, ...]:
        by_contact: dict[int, list[SegmentRecord]] = {row["id"]: [] for row in rows}
        marks = ",".join("?" * len(by_contact))
        for row in self._database.query(
            f"SELECT * FROM segments WHERE contact IN ({marks}) ORDER BY contact, position",  # noqa: S608  # marks only
            tuple(by_contact),
        ):
            by_contact[row["contact"]].append(_segment(row))
        return tuple(StoredContact(row["id"], _record(row, by_contact[row["id"]])) for row in rows)


CSV_COLUMNS = (
    "started", "caller", "caller_name", "called", "direction", "outcome", "answered", "ended", "talk_s", "ended_by",
    "gap", "answered_by", "call_id", "trunk", "cause",
)  # fmt: skip


def csv_row(stored: StoredContact) -> tuple[str, ...]:
    """The values of :data:`CSV_COLUMNS`; moments as ISO 8601 in UTC.

    A caller chooses their own name, and a spreadsheet runs what begins like a formula: such text gets an
    apostrophe (OWASP, "CSV Injection"). Numbers, also with a leading plus, are left as they are.
    """
    record = stored.record
    answered_by = [part.target for part in record.segments if part.kind == "extension" and part.answer_at]
    values = (
        _iso(record.started), record.caller, record.caller_name, record.called, record.direction,
        record.outcome or "", _iso(record.answered), _iso(record.ended), f"{record.talk_s:.1f}",
        record.ended_by or "", "1" if record.gap else "0", " ".join(answered_by), record.call_id,
        record.trunk, str(record.cause or ""),
    )  # fmt: skip
    return tuple(_harmless(value) for value in values)


def _harmless(value: str) -> str:
    if value[:1] in {"=", "+", "-", "@", "\t", "\r"} and not value.lstrip("+").isdigit():
        return f"'{value}"
    return value


def _query(wanted: Filter, place: tuple[int, int] | None) -> tuple[str, tuple[Any, ...]]:
    """The SELECT of a filter, newest first, without its LIMIT."""
    source = "contacts AS c"
    started, number = "c.started", "c.id"
    where: list[str] = []
    parameters: list[Any] = []
    if wanted.extension is not None:
        source = "parties AS p CROSS JOIN contacts AS c ON c.id = p.contact"
        started, number = "p.started", "p.contact"
        where.append("p.number = ?")
        parameters.append(wanted.extension)
    if place is not None:
        where.append(f"({started}, {number}) < (?, ?)")
        parameters.extend(place)
    if wanted.since is not None:
        where.append(f"{started} >= ?")
        parameters.append(_micros(wanted.since))
    if wanted.until is not None:
        where.append(f"{started} < ?")
        parameters.append(_micros(wanted.until))
    if wanted.outcome is not None:
        where.append("c.outcome = ?")
        parameters.append(str(wanted.outcome))
    elif not wanted.include_open:
        where.append("c.ended IS NOT NULL")
    search = " ".join(wanted.search.split())
    if len(search) >= 3:
        where.append("c.id IN (SELECT rowid FROM contact_search WHERE words MATCH ?)")
        parameters.append('"' + search.replace('"', '""') + '"')
    elif search:
        where.append(
            "c.id > (SELECT ifnull(max(id), 0) - ? FROM contacts) AND "
            "instr(lower(c.caller || ' ' || c.called || ' ' || c.caller_name), lower(?)) > 0"
        )
        parameters.extend((SHORT_SEARCH_LOOKS_AT, search))
    conditions = f" WHERE {' AND '.join(where)}" if where else ""
    sql = f"SELECT c.* FROM {source}{conditions} ORDER BY {started} DESC, {number} DESC"  # noqa: S608  # fixed parts
    return sql, tuple(parameters)


def _store(tables: sqlite_utils.Database, record: ContactRecord) -> None:
    values = {
        "call_id": record.call_id, "sequence": record.sequence, "started": _micros(record.started),
        "answered": _micros(record.answered), "ended": _micros(record.ended), "caller": record.caller,
        "caller_name": record.caller_name, "called": record.called, "direction": record.direction,
        "outcome": record.outcome and str(record.outcome), "ended_by": record.ended_by, "talk_s": record.talk_s,
        "gap": int(record.gap), "joined": record.joined, "trunk": record.trunk, "cause": record.cause,
    }  # fmt: skip
    connection = tables.conn
    [(contact,)] = connection.execute(_UPSERT, values).fetchall()
    words = _words(record)
    [(known,)] = connection.execute("SELECT (SELECT words FROM contact_search WHERE rowid = ?)", (contact,)).fetchall()
    if known != words:
        if known is not None:
            connection.execute("DELETE FROM contact_search WHERE rowid = ?", (contact,))
        connection.execute("INSERT INTO contact_search (rowid, words) VALUES (?, ?)", (contact, words))
        connection.execute("DELETE FROM parties WHERE contact = ?", (contact,))
        connection.executemany(
            "INSERT INTO parties (number, started, contact) VALUES (?, ?, ?)",
            [(number, values["started"], contact) for number in sorted(_numbers(record))],
        )
    connection.execute("DELETE FROM segments WHERE contact = ?", (contact,))
    connection.executemany(
        "INSERT INTO segments VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                contact, position, part.target, part.kind, _micros(part.ring_at), _micros(part.answer_at),
                _micros(part.end_at), part.hold_s, part.outcome, part.ended_by, part.transferred_to,
            )
            for position, part in enumerate(record.segments)
        ],
    )  # fmt: skip


_UPSERT = """
    INSERT INTO contacts (call_id, sequence, started, answered, ended, caller, caller_name, called, direction,
        outcome, ended_by, talk_s, gap, joined, trunk, cause)
    VALUES (:call_id, :sequence, :started, :answered, :ended, :caller, :caller_name, :called, :direction,
        :outcome, :ended_by, :talk_s, :gap, :joined, :trunk, :cause)
    ON CONFLICT (call_id, sequence) DO UPDATE SET answered = excluded.answered, ended = excluded.ended,
        caller = excluded.caller, caller_name = excluded.caller_name, called = excluded.called,
        direction = excluded.direction, outcome = excluded.outcome, ended_by = excluded.ended_by,
        talk_s = excluded.talk_s, gap = excluded.gap, joined = excluded.joined,
        trunk = excluded.trunk, cause = excluded.cause
    RETURNING id"""
"""``started`` stays as first written: it is part of the order of pages."""


def _numbers(record: ContactRecord) -> set[str]:
    """The caller, and every extension rung or whose mailbox was reached."""
    numbers = {part.target for part in record.segments if part.kind in {"extension", "voicemail"}}
    return {number for number in {record.caller, *numbers} if number}


def _words(record: ContactRecord) -> str:
    return " ".join([record.caller_name, record.called, *sorted(_numbers(record))])


def _record(row: Row, parts: Sequence[SegmentRecord]) -> ContactRecord:
    return ContactRecord(
        call_id=row["call_id"], sequence=row["sequence"], started=_EPOCH + row["started"] * _MICROSECOND,
        answered=_moment(row["answered"]), ended=_moment(row["ended"]), caller=row["caller"],
        caller_name=row["caller_name"], called=row["called"], direction=row["direction"],
        outcome=Outcome(row["outcome"]) if row["outcome"] else None, ended_by=row["ended_by"],
        gap=bool(row["gap"]), joined=row["joined"], trunk=row["trunk"], cause=row["cause"],
        segments=tuple(parts),
    )  # fmt: skip


def _segment(row: Row) -> SegmentRecord:
    return SegmentRecord(
        target=row["target"], kind=row["kind"], ring_at=_EPOCH + row["ring_at"] * _MICROSECOND,
        answer_at=_moment(row["answer_at"]), end_at=_moment(row["end_at"]), hold_s=row["hold_s"],
        outcome=row["outcome"], ended_by=row["ended_by"], transferred_to=row["transferred_to"],
    )  # fmt: skip


def _micros(moment: datetime | None) -> int | None:
    return None if moment is None else (moment - _EPOCH) // _MICROSECOND


def _moment(micros: int | None) -> datetime | None:
    return None if micros is None else _EPOCH + micros * _MICROSECOND


def _iso(moment: datetime | None) -> str:
    return "" if moment is None else moment.isoformat(timespec="milliseconds")
