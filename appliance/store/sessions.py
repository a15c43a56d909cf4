"""Browsers that are signed in. A session's token is known to its browser alone.

Here only its SHA-256 is kept.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from appliance.store.database import Database, Row
from appliance.store.moments import Clock, from_text, to_text, utc_now
from appliance.store.passwords import new_token, token_hash

IDLE = timedelta(hours=12)
LIFETIME = timedelta(days=30)
_SEEN_EVERY = timedelta(minutes=1)
"""A page load a second must not become a write a second."""


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session. must_change_password: signed in by a reset link; nothing but that may be done."""

    id: str
    account: str
    created: datetime
    last_seen: datetime
    expires: datetime
    address: str
    user_agent: str
    must_change_password: bool


class SessionStore:
    """Sessions of all accounts."""

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        self._database = database
        self._clock = clock

    def start(
        self, account: str, address: str, user_agent: str, must_change_password: bool = False
    ) -> tuple[str, SessionRow]:
        """Sign a browser in: its token, given this once, and the session.

        Sessions past their time are forgotten.
        """
        now = self._clock()
        token = new_token()
        session = SessionRow(
            secrets.token_hex(8), account, now, now, now + LIFETIME, address, user_agent, must_change_password
        )
        with self._database.transaction():
            self._database.execute(
                "DELETE FROM sessions WHERE expires <= ? OR last_seen <= ?",
                (to_text(now), to_text(now - IDLE)),
            )
            self._database.execute(
                "INSERT INTO sessions (hash, id, account, created, last_seen, expires, address, user_agent,"
                " must_change_password) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    token_hash(token), session.id, account, to_text(now), to_text(now),
                    to_text(session.expires), address, user_agent, int(must_change_password),
                ),
            )  # fmt: skip
        return token, session

    def use(self, token: str) -> SessionRow | None:
        """The session of a token, None when there is none or its time is over."""
        now = self._clock()
        hashed = token_hash(token)
        row = self._database.one("SELECT * FROM sessions WHERE hash = ?", (hashed,))
        if row is None:
            return None
        session = _session(row)
        if not self._good(session, now):
            self._database.execute("DELETE FROM sessions WHERE hash = ?", (hashed,))
            return None
        if now - session.last_seen >= _SEEN_EVERY:
            self._database.execute("UPDATE sessions SET last_seen = ? WHERE hash = ?", (to_text(now), hashed))
        return session

    def of(self, account: str) -> list[SessionRow]:
        """The sessions of an account that are still good, newest first."""
        now = self._clock()
        rows = self._database.query(
            "SELECT * FROM sessions WHERE account = ? ORDER BY created DESC, rowid DESC", (account,)
        )
        return [session for session in map(_session, rows) if self._good(session, now)]

    def owner(self, session_id: str) -> str | None:
        """Whose session it is, None when there is no such session."""
        row = self._database.one("SELECT account FROM sessions WHERE id = ?", (session_id,))
        return None if row is None else str(row["account"])

    def revoke(self, session_id: str) -> bool:
        """End a session; whether there was one."""
        return self._database.execute("DELETE FROM sessions WHERE id = ?", (session_id,)) > 0

    def revoke_all(self, account: str, keep: str | None = None) -> int:
        """End every session of an account but ``keep``; how many that were."""
        return self._database.execute("DELETE FROM sessions WHERE account = ? AND id IS NOT ?", (account, keep))

    def password_changed(self, session_id: str) -> None:
        """The session may do everything again."""
        self._database.execute("UPDATE sessions SET must_change_password = 0 WHERE id = ?", (session_id,))

    @staticmethod
    def _good(session: SessionRow, now: datetime) -> bool:
        return now < session.expires and now - session.last_seen < IDLE


def _session(row: Row) -> SessionRow:
    return SessionRow(
        id=row["id"],
        account=row["account"],
        created=from_text(row["created"]),
        last_seen=from_text(row["last_seen"]),
        expires=from_text(row["expires"]),
        address=row["address"],
        user_agent=row["user_agent"],
        must_change_password=bool(row["must_change_password"]),
    )
