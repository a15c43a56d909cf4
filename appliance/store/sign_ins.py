"""How long somebody must wait before trying to sign in again.

Failures are counted in three rows: of the account from the address, of the address for any account, and of
the account from any address. Each gives some free tries and then a delay that doubles up to :data:`LONGEST`;
nobody is ever locked for good. From an address where an account has signed in before, only the first row
counts for it: others, failing from elsewhere, cannot keep a person out of their own account. The rows are
the same for accounts that do not exist, so a delay does not tell whether one does.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from appliance.store.database import Database
from appliance.store.moments import Clock, from_text, to_text, utc_now

LONGEST = timedelta(minutes=15)
FORGET = timedelta(hours=24)
"""Without a failure for so long a row starts anew."""
KNOWN_FOR = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of failures: its key and how many tries are free."""

    key: str
    free: int


class SignIns:
    """Failed and successful sign-ins, as far as they decide about the next one."""

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        self._database = database
        self._clock = clock

    def attempt(self, account: str, address: str) -> timedelta:
        """Begin a try: zero, or how long to wait first.

        A try that may go on counts as failed until :meth:`succeeded` or :meth:`withdrawn`, so that many at
        once cannot all slip through before the first has failed.
        """
        now = self._clock()
        rows = _rows(account, address)
        with self._database.transaction():
            counted = rows[:1] if self._known(account, address, now) else rows
            wait = max(self._wait(row, now) for row in counted)
            if wait:
                return wait
            self._database.execute("DELETE FROM failures WHERE last <= ?", (to_text(now - FORGET),))
            self._database.executemany(
                "INSERT INTO failures (who, count, last) VALUES (?, 1, ?)"
                " ON CONFLICT (who) DO UPDATE SET count = count + 1, last = excluded.last",
                [(row.key, to_text(now)) for row in rows],
            )
        return wait

    def withdrawn(self, account: str, address: str) -> None:
        """The try was not a wrong one after all (the second factor has yet to be asked for)."""
        self._database.executemany(
            "UPDATE failures SET count = count - 1 WHERE who = ? AND count > 0",
            [(row.key,) for row in _rows(account, address)],
        )

    def succeeded(self, account: str, address: str) -> None:
        """Forget the failures of the account at this address, and remember the address as theirs.

        Earlier failures of the address and of the account stay: signing in to one's own account in between
        must not give free tries at another's.
        """
        with self._database.transaction():
            self.withdrawn(account, address)
            self._database.execute("DELETE FROM failures WHERE who = ?", (_rows(account, address)[0].key,))
            self._database.execute(
                "INSERT INTO known_addresses (account, address, last) VALUES (?, ?, ?)"
                " ON CONFLICT (account, address) DO UPDATE SET last = excluded.last",
                (account.lower(), address, to_text(self._clock())),
            )

    def clear(self, account: str) -> None:
        """Let an account try again at once, from wherever: an administrator or the console said so.

        Rows by address hold only hashes, so those of every address are dropped with it.
        """
        with self._database.transaction():
            self._database.execute("DELETE FROM failures WHERE who NOT LIKE 'account:%'")
            self._database.execute("DELETE FROM failures WHERE who = ?", (_rows(account, "")[2].key,))

    def _wait(self, row: _Row, now: datetime) -> timedelta:
        found = self._database.one("SELECT count, last FROM failures WHERE who = ?", (row.key,))
        if found is None or found["count"] <= row.free:
            return timedelta()
        last = from_text(found["last"])
        if now - last >= FORGET:
            return timedelta()
        delay = min(LONGEST, timedelta(seconds=2 ** min(found["count"] - row.free, 20)))
        # A clock that was set back must not lengthen the wait.
        return min(delay, max(timedelta(), last + delay - now))

    def _known(self, account: str, address: str, now: datetime) -> bool:
        row = self._database.one(
            "SELECT 1 FROM known_addresses WHERE account = ? AND address = ? AND last > ?",
            (account.lower(), address, to_text(now - KNOWN_FOR)),
        )
        return row is not None


def _rows(account: str, address: str) -> tuple[_Row, _Row, _Row]:
    name = hashlib.sha256(account.lower().encode()).hexdigest()[:32]
    place = hashlib.sha256(address.encode()).hexdigest()[:32]
    return (_Row(f"pair:{name}:{place}", 5), _Row(f"address:{place}", 20), _Row(f"account:{name}", 30))
