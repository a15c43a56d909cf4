"""The schema of ``accounts.db``, step by step."""

from __future__ import annotations

from sqlite_utils import Database

from appliance.store.database import Migration


def _first(tables: Database) -> None:
    for statement in _FIRST:
        tables.execute(statement)


_FIRST = (
    """CREATE TABLE accounts (
        name TEXT PRIMARY KEY,
        full_name TEXT NOT NULL,
        role TEXT NOT NULL,
        language TEXT,
        extension TEXT,
        enabled INTEGER NOT NULL DEFAULT 1,
        created TEXT NOT NULL,
        last_sign_in TEXT,
        password TEXT,
        totp_secret TEXT,
        totp_pending TEXT,
        totp_step INTEGER NOT NULL DEFAULT 0
    ) STRICT""",
    """CREATE TABLE recovery_codes (
        hash TEXT PRIMARY KEY,
        account TEXT NOT NULL REFERENCES accounts (name) ON DELETE CASCADE
    ) STRICT""",
    """CREATE TABLE sessions (
        hash TEXT PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        account TEXT NOT NULL REFERENCES accounts (name) ON DELETE CASCADE,
        created TEXT NOT NULL,
        last_seen TEXT NOT NULL,
        expires TEXT NOT NULL,
        address TEXT NOT NULL,
        user_agent TEXT NOT NULL,
        must_change_password INTEGER NOT NULL
    ) STRICT""",
    "CREATE INDEX sessions_account ON sessions (account)",
    """CREATE TABLE tokens (
        hash TEXT PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        label TEXT NOT NULL,
        scopes TEXT NOT NULL,
        created_by TEXT NOT NULL REFERENCES accounts (name) ON DELETE CASCADE,
        created TEXT NOT NULL,
        expires TEXT,
        last_used TEXT
    ) STRICT""",
    """CREATE TABLE codes (
        hash TEXT PRIMARY KEY,
        purpose TEXT NOT NULL,
        account TEXT REFERENCES accounts (name) ON DELETE CASCADE,
        expires TEXT NOT NULL
    ) STRICT""",
    # who: a hash, since people type passwords into the name field.
    """CREATE TABLE failures (
        who TEXT PRIMARY KEY,
        count INTEGER NOT NULL,
        last TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE known_addresses (
        account TEXT NOT NULL REFERENCES accounts (name) ON DELETE CASCADE,
        address TEXT NOT NULL,
        last TEXT NOT NULL,
        PRIMARY KEY (account, address)
    ) STRICT""",
    """CREATE TABLE audit (
        number INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        who TEXT NOT NULL,
        address TEXT NOT NULL,
        action TEXT NOT NULL,
        subject TEXT NOT NULL,
        detail TEXT NOT NULL,
        hash TEXT NOT NULL
    ) STRICT""",
)


def _audit_intents(tables: Database) -> None:
    """What is being done and has no line in the audit log yet."""
    tables.execute(
        """CREATE TABLE audit_intents (
            id INTEGER PRIMARY KEY,
            at TEXT NOT NULL,
            who TEXT NOT NULL,
            address TEXT NOT NULL,
            action TEXT NOT NULL
        ) STRICT"""
    )


MIGRATIONS = (Migration(1, "accounts", _first), Migration(2, "audit_intents", _audit_intents))
