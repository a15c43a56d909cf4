"""The audit log: who did what, when, from where. Each line's hash covers the hash of the line before.

A line that is changed, removed or put in between breaks the chain at that place (:meth:`AuditLog.verify`).
Lines cut off at the end leave a whole chain, so each line's number and hash also go to the system log.

A change and its line are in different databases, so the daemon could be killed between the two. Therefore the intent
is on disk before the change begins (:meth:`AuditLog.begin`) and goes in the transaction that adds the line; what is
left of a daemon that was killed becomes a line at the next start (:meth:`AuditLog.finish`).
"""

from __future__ import annotations

import hashlib
import json
import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from appliance.store.database import Database, Row
from appliance.store.moments import Clock, from_text, to_text, utc_now

log = logging.getLogger(__name__)

ORIGIN = "0" * 64
"""What the first line's hash covers in place of a line before."""
_PAGE = 1000
_CHECKED_S = 60.0


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One line. ``hash`` is the SHA-256 over the hash before and the rest in canonical JSON."""

    number: int
    at: datetime
    who: str
    address: str
    action: str
    subject: str
    detail: dict[str, Any]
    hash: str


class AuditLog:
    """Lines are only ever added."""

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        self._database = database
        self._clock = clock
        self._found: tuple[float, int | None] | None = None

    def begin(self, who: str, address: str, action: str) -> int:
        """Put on record that somebody begins to change something: the intent, for :meth:`add` or :meth:`drop`."""
        return self._database.insert(
            "INSERT INTO audit_intents (at, who, address, action) VALUES (?, ?, ?, ?)",
            (to_text(self._clock()), who, address, action),
        )

    def drop(self, intent: int) -> None:
        """Nothing was changed after all."""
        self._database.execute("DELETE FROM audit_intents WHERE id = ?", (intent,))

    def finish(self) -> int:
        """At the start of the daemon: a line for each change that was begun and never told of; how many.

        Whether it happened is not known here, and the line says so: ``{"interrupted": <when it began>}``.
        """
        begun = self._database.query("SELECT * FROM audit_intents ORDER BY id")
        for row in begun:
            self.add(row["who"], row["address"], row["action"], detail={"interrupted": row["at"]}, intent=row["id"])
        return len(begun)

    def add(
        self,
        who: str,
        address: str,
        action: str,
        subject: str = "",
        detail: Mapping[str, Any] | None = None,
        *,
        intent: int | None = None,
    ) -> int:
        """Add a line, in place of its ``intent``; its number. ``detail`` is JSON and holds no secret."""
        with self._database.transaction():
            if intent is not None:
                self.drop(intent)
            last = self._database.one("SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1")
            number = 1 + (last["number"] if last else 0)
            row: Row = {
                "number": number,
                "at": to_text(self._clock()),
                "who": who,
                "address": address,
                "action": action,
                "subject": subject,
                "detail": _canonical(detail or {}),
            }
            row["hash"] = _chained(last["hash"] if last else ORIGIN, row)
            self._database.execute(
                "INSERT INTO audit (number, at, who, address, action, subject, detail, hash)"
                " VALUES (:number, :at, :who, :address, :action, :subject, :detail, :hash)",
                row,
            )
        log.info(
            "audit %d %s who=%r action=%s subject=%r address=%s",
            number,
            row["hash"],
            who,
            action,
            subject,
            address,
        )
        return number

    def page(self, limit: int = 50, before: int | None = None, search: str = "") -> list[AuditRow]:
        """Lines, newest first; ``before`` a number for the next page.

        ``search`` in who, action, subject, address.
        """
        pattern = "%" + search.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        return [
            _line(row)
            for row in self._database.query(
                "SELECT * FROM audit WHERE number < :before AND (:pattern = '%%' OR"
                " who || ' ' || action || ' ' || subject || ' ' || address LIKE :pattern ESCAPE '\\')"
                " ORDER BY number DESC LIMIT :limit",
                {"before": 1 << 62 if before is None else before, "pattern": pattern, "limit": limit},
            )
        ]

    def ended_generations(self) -> frozenset[int]:
        """The generations of which a line says that they were undone or rejected."""
        rows = self._database.query(
            "SELECT json_extract(detail, '$.generation') AS generation FROM audit"
            " WHERE action IN ('site.undone', 'site.rejected')"
            " OR (action LIKE 'site.%' AND json_extract(detail, '$.state') IN ('undone', 'rejected'))"
        )
        return frozenset(row["generation"] for row in rows if row["generation"] is not None)

    def is_whole(self) -> bool:
        """Whether the chain verifies, by a check not older than a minute."""
        now = time.monotonic()
        if self._found is None or now - self._found[0] > _CHECKED_S:
            self._found = (now, self.verify())
        return self._found[1] is None

    def verify(self) -> int | None:
        """The number of the first line that breaks the chain, None when it is whole."""
        before, number = ORIGIN, 0
        while rows := self._database.query(
            "SELECT * FROM audit WHERE number > ? ORDER BY number LIMIT ?", (number, _PAGE)
        ):
            for row in rows:
                if row["number"] != number + 1 or row["hash"] != _chained(before, row):
                    return int(row["number"])
                before, number = row["hash"], row["number"]
        return None


def _chained(before: str, row: Row) -> str:
    covered = {name: row[name] for name in ("number", "at", "who", "address", "action", "subject", "detail")}
    return hashlib.sha256(f"{before}\n{_canonical(covered)}".encode()).hexdigest()


def _canonical(value: Mapping[str, Any]) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _line(row: Row) -> AuditRow:
    return AuditRow(
        number=row["number"],
        at=from_text(row["at"]),
        who=row["who"],
        address=row["address"],
        action=row["action"],
        subject=row["subject"],
        detail=json.loads(row["detail"]),
        hash=row["hash"],
    )
