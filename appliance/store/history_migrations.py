"""The schema of ``history.db``, step by step.

Moments are whole microseconds since 1970 (UTC): exact, small, sortable.
"""

from __future__ import annotations

from sqlite_utils import Database

from appliance.store.database import Migration


def _first(tables: Database) -> None:
    tables.execute(
        """CREATE TABLE contacts (
            id INTEGER PRIMARY KEY,
            call_id TEXT NOT NULL,
            sequence INTEGER NOT NULL,
            started INTEGER NOT NULL,
            answered INTEGER,
            ended INTEGER,
            caller TEXT NOT NULL,
            caller_name TEXT NOT NULL,
            called TEXT NOT NULL,
            direction TEXT NOT NULL,
            outcome TEXT,
            ended_by TEXT,
            talk_s REAL NOT NULL,
            gap INTEGER NOT NULL,
            joined TEXT,
            UNIQUE (call_id, sequence)
        ) STRICT"""
    )
    # The history is read newest first; `id` settles equal moments, and is the rowid, so in every index
    # anyway.
    tables.execute("CREATE INDEX contacts_started ON contacts (started)")
    tables.execute("CREATE INDEX contacts_outcome ON contacts (outcome, started)")
    tables.execute("CREATE INDEX contacts_open ON contacts (id) WHERE ended IS NULL")
    tables.execute(
        """CREATE TABLE segments (
            contact INTEGER NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            target TEXT NOT NULL,
            kind TEXT NOT NULL,
            ring_at INTEGER NOT NULL,
            answer_at INTEGER,
            end_at INTEGER,
            hold_s REAL NOT NULL,
            outcome TEXT NOT NULL,
            ended_by TEXT,
            transferred_to TEXT,
            PRIMARY KEY (contact, position)
        ) STRICT, WITHOUT ROWID"""
    )
    # Who took part: the caller's number and every extension rung. `started` again, to read it in the order
    # shown.
    tables.execute(
        """CREATE TABLE parties (
            number TEXT NOT NULL,
            started INTEGER NOT NULL,
            contact INTEGER NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
            PRIMARY KEY (number, started, contact)
        ) STRICT, WITHOUT ROWID"""
    )
    tables.execute("CREATE INDEX parties_contact ON parties (contact)")
    # Trigrams find any part of a number or a name, in every script (sqlite.org/fts5.html, 4.3.5).
    tables.execute("CREATE VIRTUAL TABLE contact_search USING fts5 (words, tokenize = 'trigram')")
    tables.execute(
        """CREATE TABLE gaps (
            id INTEGER PRIMARY KEY,
            since INTEGER NOT NULL,
            until INTEGER NOT NULL,
            reason TEXT NOT NULL
        ) STRICT"""
    )
    tables.execute("CREATE INDEX gaps_until ON gaps (until)")
    tables.execute("CREATE TABLE known (only INTEGER PRIMARY KEY CHECK (only = 1), until INTEGER NOT NULL) STRICT")


def _trunks(tables: Database) -> None:
    tables.execute("ALTER TABLE contacts ADD COLUMN trunk TEXT NOT NULL DEFAULT ''")
    tables.execute("ALTER TABLE contacts ADD COLUMN cause INTEGER NOT NULL DEFAULT 0")


def _third(tables: Database) -> None:
    # channel: 0 for the whole span, for NULL is different from NULL in a UNIQUE constraint.
    tables.execute(
        """CREATE TABLE alarms (
            id INTEGER PRIMARY KEY,
            kind TEXT NOT NULL,
            span INTEGER NOT NULL,
            channel INTEGER NOT NULL,
            name TEXT NOT NULL,
            card TEXT NOT NULL,
            began INTEGER NOT NULL,
            ended INTEGER,
            unwatched INTEGER NOT NULL,
            cause TEXT NOT NULL,
            told_begun INTEGER NOT NULL DEFAULT 0,
            told_ended INTEGER NOT NULL DEFAULT 0,
            UNIQUE (kind, span, channel, began)
        ) STRICT"""
    )
    tables.execute("CREATE INDEX alarms_lasting ON alarms (began) WHERE ended IS NULL")
    tables.execute(
        "CREATE INDEX alarms_untold ON alarms (id) WHERE NOT told_begun OR (ended IS NOT NULL AND NOT told_ended)"
    )
    tables.execute(
        """CREATE TABLE mails (
            id INTEGER PRIMARY KEY,
            recipient TEXT NOT NULL,
            subject TEXT NOT NULL,
            words TEXT NOT NULL,
            message_id TEXT NOT NULL,
            queued INTEGER NOT NULL,
            due INTEGER NOT NULL,
            tries INTEGER NOT NULL DEFAULT 0,
            error TEXT NOT NULL DEFAULT '',
            refused INTEGER NOT NULL DEFAULT 0
        ) STRICT"""
    )


def _port_tests(tables: Database) -> None:
    tables.execute(
        """CREATE TABLE port_tests (
            id INTEGER PRIMARY KEY,
            span TEXT NOT NULL,
            port INTEGER NOT NULL,
            channel INTEGER NOT NULL,
            kind TEXT NOT NULL,
            outcome TEXT NOT NULL,
            code TEXT NOT NULL,
            params TEXT NOT NULL,
            began INTEGER NOT NULL,
            ended INTEGER,
            "by" TEXT NOT NULL
        ) STRICT"""
    )
    tables.execute("CREATE INDEX port_tests_of ON port_tests (span, port, kind, id)")


MIGRATIONS = (
    Migration(1, "history", _first),
    Migration(2, "trunks", _trunks),
    Migration(3, "alarms and mails", _third),
    Migration(4, "tests of ports", _port_tests),
)
