"""The schema of ``site.db``, step by step."""

from __future__ import annotations

from sqlite_utils import Database

from appliance.store.database import Migration


def _first(tables: Database) -> None:
    # AUTOINCREMENT: a number that was once given is never given again, even after its row is gone.
    tables.execute(
        """CREATE TABLE revisions (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            author TEXT NOT NULL,
            note TEXT NOT NULL,
            created TEXT NOT NULL,
            document BLOB NOT NULL
        ) STRICT"""
    )
    tables.execute(
        """CREATE TABLE generations (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            revision INTEGER NOT NULL REFERENCES revisions (number),
            state TEXT NOT NULL,
            created TEXT NOT NULL,
            confirm_by TEXT,
            reason TEXT,
            params TEXT NOT NULL DEFAULT '{}',
            detail TEXT
        ) STRICT"""
    )
    tables.execute("CREATE INDEX generations_state ON generations (state, number)")
    tables.execute("CREATE INDEX generations_revision ON generations (revision, number)")
    tables.execute(
        """CREATE TABLE draft (
            only INTEGER PRIMARY KEY CHECK (only = 1),
            version INTEGER NOT NULL,
            changed_by TEXT,
            changed_at TEXT NOT NULL,
            document BLOB NOT NULL
        ) STRICT"""
    )


MIGRATIONS = (Migration(1, "site", _first),)
