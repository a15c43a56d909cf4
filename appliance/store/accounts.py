"""Accounts: who may sign in, with which role, and how they prove it.

At least one enabled administrator always remains: what would take the last one away raises
:class:`LastAdminError`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Literal

from appliance.model.access import Role
from appliance.store import passwords
from appliance.store.database import Database, Row
from appliance.store.errors import MissingError, StoreError, TakenError
from appliance.store.moments import Clock, from_text, to_text, utc_now


class LastAdminError(StoreError):
    """The last enabled administrator cannot be removed, disabled or given another role. params: name."""

    code: ClassVar[str] = "last_admin"


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account without anything secret. language: None means the box's."""

    name: str
    full_name: str
    role: Role
    language: str | None
    extension: str | None
    enabled: bool
    totp: bool
    created: datetime
    last_sign_in: datetime | None


class AccountStore:
    """Accounts and their proofs. Names are lower case; looking one up does not mind the case."""

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        self._database = database
        self._clock = clock

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Several calls of the stores of ``accounts.db`` written together or not at all."""
        with self._database.transaction():
            yield

    def all(self) -> list[AccountRow]:
        """Every account, by name."""
        return [_account(row) for row in self._database.query("SELECT * FROM accounts ORDER BY name")]

    def any(self) -> bool:
        """Whether there is any account: on a new box there is none."""
        return self._database.one("SELECT 1 FROM accounts") is not None

    def find(self, name: str) -> AccountRow | None:
        """The account of a name, or None."""
        row = self._row(name)
        return None if row is None else _account(row)

    def get(self, name: str) -> AccountRow:
        """The account of a name. Raises :class:`MissingError`."""
        return _account(self._must(name))

    def add(
        self,
        name: str,
        *,
        role: Role,
        password: str | None,
        full_name: str = "",
        language: str | None = None,
        extension: str | None = None,
    ) -> AccountRow:
        """Make an account; without a password it is entered by a one-time link.

        Raises :class:`TakenError`.
        """
        kept = None if password is None else passwords.hash_password(password)
        try:
            self._database.execute(
                "INSERT INTO accounts (name, full_name, role, language, extension, created, password)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (name.lower(), full_name, role, language, extension, to_text(self._clock()), kept),
            )
        except sqlite3.IntegrityError as error:
            raise TakenError(noun="account", name=name) from error
        return self.get(name)

    def edit(self, name: str, **changes: Any) -> AccountRow:
        """Change ``full_name``, ``role``, ``language``, ``extension`` or ``enabled``.

        Raises :class:`MissingError`, :class:`LastAdminError`.
        """
        if unknown := changes.keys() - _EDITABLE:
            raise ValueError(f"an account has no editable {sorted(unknown)}")
        with self._database.transaction():
            before = self.get(name)
            loses_admin = changes.get("role", Role.ADMIN) != Role.ADMIN or changes.get("enabled") is False
            if loses_admin:
                self._refuse_last_admin(before)
            for column, value in changes.items():
                self._set(before.name, **{column: int(value) if column == "enabled" else value})
            if changes.get("enabled") is False:
                self._database.execute("DELETE FROM sessions WHERE account = ?", (before.name,))
        return self.get(name)

    def remove(self, name: str) -> None:
        """Remove an account with its sessions and tokens.

        Raises :class:`MissingError`, :class:`LastAdminError`.
        """
        with self._database.transaction():
            account = self.get(name)
            self._refuse_last_admin(account)
            self._database.execute("DELETE FROM accounts WHERE name = ?", (account.name,))

    def signed_in(self, name: str) -> None:
        """Remember that somebody signed in just now."""
        self._set(name, last_sign_in=to_text(self._clock()))

    # --- proofs

    def password_matches(self, name: str, password: str) -> bool:
        """Whether this is the password of an enabled account.

        Takes as long for an account that is not there.
        """
        row = self._row(name)
        matches = passwords.password_matches(None if row is None else row["password"], password)
        if row is None or not matches or not row["enabled"]:
            return False
        if passwords.needs_rehash(row["password"]):
            self._set(row["name"], password=passwords.hash_password(password))
        return True

    def set_password(self, name: str, password: str) -> None:
        """Give an account another password. Raises :class:`MissingError`."""
        self._must(name)
        self._set(name, password=passwords.hash_password(password))

    def begin_totp(self, name: str) -> str:
        """Make a second factor that counts only once :meth:`confirm_totp` has seen a code of it.

        Its secret.
        """
        secret = passwords.new_totp_secret()
        self._set(self._must(name)["name"], totp_pending=secret)
        return secret

    def confirm_totp(self, name: str, code: str) -> tuple[str, ...] | None:
        """Switch on the second factor that was begun.

        New recovery codes, or None when the code is not good.
        """
        with self._database.transaction():
            row = self._must(name)
            if row["totp_pending"] is None:
                return None
            step = passwords.totp_step(row["totp_pending"], code, self._clock(), after=0)
            if step is None:
                return None
            self._set(row["name"], totp_secret=row["totp_pending"], totp_pending=None, totp_step=step)
            codes = passwords.new_recovery_codes()
            self._keep_recovery(row["name"], map(passwords.recovery_hash, codes))
            return codes

    def disable_totp(self, name: str) -> None:
        """Switch the second factor off and forget its recovery codes."""
        with self._database.transaction():
            self._set(self._must(name)["name"], totp_secret=None, totp_pending=None, totp_step=0)
            self._keep_recovery(name, ())

    def second_factor(self, name: str, code: str) -> Literal["totp", "recovery"] | None:
        """Take a code of the second factor, or a recovery code; each is good once.

        What it was, None when not good.
        """
        with self._database.transaction():
            row = self._must(name)
            if row["totp_secret"] is None:
                return None
            step = passwords.totp_step(row["totp_secret"], code, self._clock(), after=row["totp_step"])
            if step is not None:
                self._set(row["name"], totp_step=step)
                return "totp"
            used = self._database.execute(
                "DELETE FROM recovery_codes WHERE account = ? AND hash = ?",
                (row["name"], passwords.recovery_hash(code)),
            )
            return "recovery" if used else None

    # --- inside

    def _row(self, name: str) -> Row | None:
        return self._database.one("SELECT * FROM accounts WHERE name = ?", (name.lower(),))

    def _must(self, name: str) -> Row:
        row = self._row(name)
        if row is None:
            raise MissingError(noun="account", name=name)
        return row

    def _set(self, name: str, **columns: Any) -> None:
        with self._database.transaction() as tables:
            tables.table("accounts").update(name.lower(), columns)

    def _keep_recovery(self, name: str, hashes: Iterable[str]) -> None:
        self._database.execute("DELETE FROM recovery_codes WHERE account = ?", (name.lower(),))
        self._database.executemany(
            "INSERT INTO recovery_codes (hash, account) VALUES (?, ?)",
            [(kept, name.lower()) for kept in hashes],
        )

    def _refuse_last_admin(self, account: AccountRow) -> None:
        if account.role is not Role.ADMIN or not account.enabled:
            return
        others = self._database.one(
            "SELECT 1 FROM accounts WHERE role = ? AND enabled AND name != ?", (Role.ADMIN, account.name)
        )
        if others is None:
            raise LastAdminError(name=account.name)


_EDITABLE = frozenset({"full_name", "role", "language", "extension", "enabled"})


def _account(row: Row) -> AccountRow:
    return AccountRow(
        name=row["name"],
        full_name=row["full_name"],
        role=Role(row["role"]),
        language=row["language"],
        extension=row["extension"],
        enabled=bool(row["enabled"]),
        totp=row["totp_secret"] is not None,
        created=from_text(row["created"]),
        last_sign_in=from_text(row["last_sign_in"]),
    )
