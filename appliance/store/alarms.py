"""The alarms of lines in ``history.db``: begun, ended, and which of both somebody was told of by mail."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from appliance.model.alarms import AlarmKind, AlarmPlace, AlarmRecord
from appliance.store.database import Database, Reader, Row

MAX_PAGE = 1_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class StoredAlarm:
    """An alarm and the number of its row, by which pages are continued."""

    id: int
    record: AlarmRecord


class AlarmStore:
    """Safe to use from any thread. Raises the errors of :mod:`appliance.store.errors`.

    reader: what is shown is read with; by default the writer itself.
    """

    def __init__(self, database: Database, reader: Reader | None = None) -> None:
        self._database = database
        self._reader = reader or database

    def write(self, records: Iterable[AlarmRecord]) -> None:
        """Keep what began, and the end of what ended. All or none."""
        with self._database.transaction() as tables:
            for record in records:
                tables.execute(
                    "INSERT INTO alarms (kind, span, channel, name, card, began, ended, unwatched, cause)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (kind, span, channel, began)"
                    " DO UPDATE SET ended = excluded.ended, unwatched = excluded.unwatched",
                    (
                        record.place.kind.value, record.place.span, record.place.channel or 0, record.name, record.card,
                        _micros(record.began), None if record.ended is None else _micros(record.ended),
                        int(record.unwatched), record.cause,
                    ),
                )  # fmt: skip

    def lasting(self) -> Mapping[AlarmPlace, AlarmRecord]:
        """Those that have not ended."""
        rows = self._database.query("SELECT * FROM alarms WHERE ended IS NULL ORDER BY began, id")
        return {record.place: record for record in map(_record, rows)}

    def page(
        self, *, limit: int = 100, before: int | None = None, lasting: bool = False, span: int | None = None
    ) -> tuple[StoredAlarm, ...]:
        """Newest first. before: the number of the last one of the page before. lasting: only those that have not
        ended. span: only of DAHDI's span of this number.
        """
        where, parameters = ["1"], list[int]()
        if before is not None:
            where.append("id < ?")
            parameters.append(before)
        if lasting:
            where.append("ended IS NULL")
        if span is not None:
            where.append("span = ?")
            parameters.append(span)
        rows = self._reader.query(
            f"SELECT * FROM alarms WHERE {' AND '.join(where)} ORDER BY id DESC LIMIT ?",  # noqa: S608  # fixed parts
            (*parameters, min(limit, MAX_PAGE)),
        )
        return tuple(StoredAlarm(row["id"], _record(row)) for row in rows)

    def untold(self) -> tuple[StoredAlarm, ...]:
        """Alarms of whose beginning or end nobody was told, oldest first."""
        rows = self._database.query(
            "SELECT * FROM alarms WHERE NOT told_begun OR (ended IS NOT NULL AND NOT told_ended) ORDER BY id LIMIT 200"
        )
        return tuple(StoredAlarm(row["id"], _record(row)) for row in rows)

    def tell(self, alarms: Iterable[StoredAlarm], mails: Iterable[tuple[str, str, str, str]], now: datetime) -> None:
        """Queue mails about these alarms, and remember that they are told: both or neither.

        mails: recipient, subject, text and message id of each.
        """
        with self._database.transaction() as tables:
            for alarm in alarms:
                tables.execute(
                    "UPDATE alarms SET told_begun = 1, told_ended = ? WHERE id = ?",
                    (int(alarm.record.ended is not None), alarm.id),
                )
            for recipient, subject, words, message_id in mails:
                tables.execute(
                    "INSERT INTO mails (recipient, subject, words, message_id, queued, due) VALUES (?, ?, ?, ?, ?, ?)",
                    (recipient, subject, words, message_id, _micros(now), _micros(now)),
                )


def _record(row: Row) -> AlarmRecord:
    return AlarmRecord(
        place=AlarmPlace(AlarmKind(row["kind"]), row["span"], row["channel"] or None),
        name=row["name"],
        card=row["card"],
        began=_EPOCH + row["began"] * _MICROSECOND,
        ended=None if row["ended"] is None else _EPOCH + row["ended"] * _MICROSECOND,
        unwatched=bool(row["unwatched"]),
        cause=row["cause"],
    )


def _micros(moment: datetime) -> int:
    return (moment - _EPOCH) // _MICROSECOND
