"""The schema of ``smdr.db``, step by step."""

from __future__ import annotations

from sqlite_utils import Database

from appliance.store.database import Migration


def _first(tables: Database) -> None:
    # AUTOINCREMENT: a number is never given twice, also when every record is gone.
    tables.execute(
        """CREATE TABLE records (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            call_id TEXT NOT NULL,
            sequence INTEGER NOT NULL,
            record TEXT NOT NULL,
            UNIQUE (call_id, sequence)
        ) STRICT"""
    )
    # How far each reader has come, and how many records went before it could have them.
    tables.execute(
        """CREATE TABLE places (
            reader TEXT PRIMARY KEY,
            upto INTEGER NOT NULL,
            dropped INTEGER NOT NULL DEFAULT 0
        ) STRICT, WITHOUT ROWID"""
    )


MIGRATIONS = (Migration(1, "smdr", _first),)
