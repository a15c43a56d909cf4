"""The mails that wait to be sent, in ``history.db``: they outlive a restart, and a mail server that is away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from appliance.store.database import Database, Row

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class StoredMail:
    """A mail to one recipient. due: when it is tried (again). tries: how often in vain; error: of the last time.

    refused: it was given up, after what the mail server said for good or after days.
    """

    id: int
    recipient: str
    subject: str
    words: str
    message_id: str
    queued: datetime
    due: datetime
    tries: int = 0
    error: str = ""
    refused: bool = False


class MailStore:
    """Safe to use from any thread. Raises the errors of :mod:`appliance.store.errors`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, recipient: str, subject: str, words: str, message_id: str, now: datetime) -> None:
        """Queue a mail."""
        self._database.execute(
            "INSERT INTO mails (recipient, subject, words, message_id, queued, due) VALUES (?, ?, ?, ?, ?, ?)",
            (recipient, subject, words, message_id, _micros(now), _micros(now)),
        )

    def due(self, now: datetime) -> tuple[StoredMail, ...]:
        """Those to be tried now, oldest first."""
        rows = self._database.query(
            "SELECT * FROM mails WHERE NOT refused AND due <= ? ORDER BY id LIMIT 50", (_micros(now),)
        )
        return tuple(map(_mail, rows))

    def waiting(self) -> tuple[StoredMail, ...]:
        """All that are not sent, oldest first; those that were given up too."""
        return tuple(map(_mail, self._database.query("SELECT * FROM mails ORDER BY id LIMIT 500")))

    def sent(self, id: int) -> None:
        """It was taken by the mail server."""
        self._database.execute("DELETE FROM mails WHERE id = ?", (id,))

    def failed(self, id: int, error: str, due: datetime, *, refused: bool = False) -> None:
        """It was not. due: when it is tried again."""
        self._database.execute(
            "UPDATE mails SET tries = tries + 1, error = ?, due = ?, refused = ? WHERE id = ?",
            (error[:400], _micros(due), int(refused), id),
        )

    def forget_before(self, moment: datetime) -> int:
        """Remove what was queued before and is not sent; how many."""
        return self._database.execute("DELETE FROM mails WHERE queued < ?", (_micros(moment),))


def _mail(row: Row) -> StoredMail:
    return StoredMail(
        row["id"], row["recipient"], row["subject"], row["words"], row["message_id"],
        _EPOCH + row["queued"] * _MICROSECOND, _EPOCH + row["due"] * _MICROSECOND,
        row["tries"], row["error"], bool(row["refused"]),
    )  # fmt: skip


def _micros(moment: datetime) -> int:
    return (moment - _EPOCH) // _MICROSECOND
