"""One-time codes: the first run, sign-in links, reset links. Only their SHA-256 is kept.

Each is good once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from appliance.store.database import Database
from appliance.store.moments import Clock, from_text, to_text, utc_now
from appliance.store.passwords import code_hash, new_short_code, new_token


class Purpose(StrEnum):
    """What a code is good for."""

    FIRST_RUN = "first_run"
    SIGN_IN = "sign_in"
    RESET = "reset"
    """Sign in once to give a new password."""


LIFETIMES = {
    Purpose.FIRST_RUN: timedelta(hours=24),
    Purpose.SIGN_IN: timedelta(minutes=15),
    Purpose.RESET: timedelta(hours=24),
}


@dataclass(frozen=True, slots=True)
class Redeemed:
    """What a code stood for."""

    purpose: Purpose
    account: str | None


class OnceCodes:
    """Codes given out and not used yet."""

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        self._database = database
        self._clock = clock

    def make(self, purpose: Purpose, account: str | None = None) -> str:
        """A new code; earlier ones of the same purpose and account are good no more.

        Links carry 256 random bits. The code of the first run is read from a screen and typed: 60 bits, see
        :func:`appliance.store.passwords.new_short_code`; tries at it must be counted.
        """
        code = new_short_code() if purpose is Purpose.FIRST_RUN else new_token()
        now = self._clock()
        with self._database.transaction():
            self._database.execute(
                "DELETE FROM codes WHERE (purpose = ? AND account IS ?) OR expires <= ?",
                (purpose, account, to_text(now)),
            )
            self._database.execute(
                "INSERT INTO codes (hash, purpose, account, expires) VALUES (?, ?, ?, ?)",
                (code_hash(code), purpose, account, to_text(now + LIFETIMES[purpose])),
            )
        return code

    def redeem(self, code: str, *purposes: Purpose) -> Redeemed | None:
        """Use a code up.

        None when it was never given, is used, is past its time, or is for something else.
        """
        with self._database.transaction():
            row = self._database.one("SELECT * FROM codes WHERE hash = ?", (code_hash(code),))
            if row is None or row["purpose"] not in purposes:
                return None
            self._database.execute("DELETE FROM codes WHERE hash = ?", (row["hash"],))
            if from_text(row["expires"]) <= self._clock():
                return None
            return Redeemed(Purpose(row["purpose"]), row["account"])
