"""API tokens: what a script shows instead of a person signing in. Only their SHA-256 is kept."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from appliance.model.access import Permission
from appliance.store.database import Database, Row
from appliance.store.moments import Clock, from_text, to_text, utc_now
from appliance.store.passwords import new_token, token_hash

PREFIX = "loopstart_"
"""Lets secret scanners and people know a token when they see one."""
_USED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class TokenRow:
    """A token. It can do no more than its scopes, nor than the role of the account that made it."""

    id: str
    label: str
    scopes: tuple[Permission, ...]
    created_by: str
    created: datetime
    expires: datetime | None
    last_used: datetime | None


class TokenStore:
    """API tokens of all accounts."""

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        self._database = database
        self._clock = clock

    def add(
        self, label: str, scopes: Iterable[Permission], created_by: str, expires: datetime | None
    ) -> tuple[str, TokenRow]:
        """Make a token: what to show, given this once, and what is known of it."""
        token = PREFIX + new_token()
        made = TokenRow(
            secrets.token_hex(8), label, tuple(sorted(set(scopes))), created_by, self._clock(), expires, None
        )
        self._database.execute(
            "INSERT INTO tokens (hash, id, label, scopes, created_by, created, expires)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                token_hash(token), made.id, label, json.dumps(made.scopes), created_by, to_text(made.created),
                expires and to_text(expires),
            ),
        )  # fmt: skip
        return token, made

    def use(self, token: str) -> TokenRow | None:
        """The token as it is known, None when there is none or its time is over."""
        now = self._clock()
        hashed = token_hash(token)
        row = self._database.one("SELECT * FROM tokens WHERE hash = ?", (hashed,))
        if row is None:
            return None
        found = _token(row)
        if found.expires is not None and now >= found.expires:
            return None
        if found.last_used is None or now - found.last_used >= _USED_EVERY:
            self._database.execute("UPDATE tokens SET last_used = ? WHERE hash = ?", (to_text(now), hashed))
        return found

    def all(self) -> list[TokenRow]:
        """Every token, also those past their time, newest first."""
        return [_token(row) for row in self._database.query("SELECT * FROM tokens ORDER BY created DESC, rowid DESC")]

    def find(self, token_id: str) -> TokenRow | None:
        """The token of an id, or None."""
        row = self._database.one("SELECT * FROM tokens WHERE id = ?", (token_id,))
        return None if row is None else _token(row)

    def revoke(self, token_id: str) -> bool:
        """Forget a token; whether there was one."""
        return self._database.execute("DELETE FROM tokens WHERE id = ?", (token_id,)) > 0


def _token(row: Row) -> TokenRow:
    return TokenRow(
        id=row["id"],
        label=row["label"],
        # A scope that this version does not know any more is one less, not a token that cannot be read.
        scopes=tuple(Permission(scope) for scope in json.loads(row["scopes"]) if scope in set(Permission)),
        created_by=row["created_by"],
        created=from_text(row["created"]),
        expires=from_text(row["expires"]),
        last_used=from_text(row["last_used"]),
    )
