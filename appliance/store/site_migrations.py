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


def _span_places(tables: Database) -> None:
    # number only tells the order; DAHDI's own numbers are unique by themselves.
    tables.execute(
        """CREATE TABLE span_places (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            identity TEXT NOT NULL,
            local_span INTEGER NOT NULL,
            span INTEGER NOT NULL UNIQUE,
            base_channel INTEGER NOT NULL UNIQUE,
            channels INTEGER NOT NULL,
            profile TEXT,
            retired INTEGER NOT NULL,
            given TEXT NOT NULL
        ) STRICT"""
    )


MIGRATIONS = (Migration(1, "site", _first), Migration(2, "span_places", _span_places))
