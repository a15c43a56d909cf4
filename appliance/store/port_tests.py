"""Tests of ports in ``history.db``: when, on whose request, what was found. The newest of each port and kind stay."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

from appliance.model.port_tests import PortTestKind, PortTestOutcome, PortTestShown, Verdict
from appliance.model.texts import sentences
from appliance.store.database import Database, Reader, Row

KEPT = 20
"""Tests of one kind on one port."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class PortTestStore:
    """Safe to use from any thread. Raises the errors of :mod:`appliance.store.errors`.

    reader: what is shown is read with; by default the writer itself.
    """

    def __init__(self, database: Database, reader: Reader | None = None) -> None:
        self._database = database
        self._reader = reader or database

    def begin(  # noqa: PLR0917  # the columns of one row
        self, span: str, port: int, channel: int, kind: PortTestKind, by: str, now: datetime
    ) -> PortTestShown:
        """A test begins; the oldest of its kind on this port goes."""
        with self._database.transaction() as tables:
            number = int(
                tables.execute(
                    'INSERT INTO port_tests (span, port, channel, kind, outcome, code, params, began, "by")'
                    " VALUES (?, ?, ?, ?, 'running', 'test_running_now', '{}', ?, ?) RETURNING id",
                    (span, port, channel, kind.value, _micros(now), by),
                ).fetchone()[0]
            )
            tables.execute(
                "DELETE FROM port_tests WHERE span = ? AND port = ? AND kind = ? AND id NOT IN (SELECT id FROM"
                " port_tests WHERE span = ? AND port = ? AND kind = ? ORDER BY id DESC LIMIT ?)",
                (span, port, kind.value, span, port, kind.value, KEPT),
            )
        [row] = self._database.query("SELECT * FROM port_tests WHERE id = ?", (number,))
        return _shown(row)

    def end(self, number: int, verdict: Verdict, now: datetime) -> PortTestShown:
        """A test has ended."""
        self._database.execute(
            "UPDATE port_tests SET outcome = ?, code = ?, params = ?, ended = ? WHERE id = ?",
            (verdict.outcome.value, verdict.code, json.dumps(verdict.params), _micros(now), number),
        )
        [row] = self._database.query("SELECT * FROM port_tests WHERE id = ?", (number,))
        return _shown(row)

    def get(self, number: int) -> PortTestShown | None:
        """One test; None for one that is not kept any more."""
        rows = self._reader.query("SELECT * FROM port_tests WHERE id = ?", (number,))
        return _shown(rows[0]) if rows else None

    def interrupted(self, now: datetime) -> int:
        """End those that a daemon left running; how many."""
        return self._database.execute(
            "UPDATE port_tests SET outcome = ?, code = 'test_interrupted', ended = ? WHERE ended IS NULL",
            (PortTestOutcome.OPEN.value, _micros(now)),
        )

    def newest(self) -> tuple[PortTestShown, ...]:
        """The newest of each port and kind."""
        rows = self._reader.query(
            "SELECT * FROM port_tests WHERE id IN"
            " (SELECT max(id) FROM port_tests GROUP BY span, port, kind) ORDER BY id"
        )
        return tuple(map(_shown, rows))


def _shown(row: Row) -> PortTestShown:
    params = json.loads(row["params"])
    return PortTestShown(
        id=row["id"],
        span=row["span"],
        port=row["port"],
        channel=row["channel"],
        kind=PortTestKind(row["kind"]),
        outcome=PortTestOutcome(row["outcome"]),
        code=row["code"],
        params=params,
        text=sentences(row["code"], params),
        began=_EPOCH + row["began"] * _MICROSECOND,
        ended=None if row["ended"] is None else _EPOCH + row["ended"] * _MICROSECOND,
        by=row["by"],
    )


def _micros(moment: datetime) -> int:
    return (moment - _EPOCH) // _MICROSECOND
