"""The desired state as it is kept: one shared draft, numbered revisions, and what became of each generation.

A site is stored as one compressed JSON document (:mod:`appliance.store.packing`) with secret references in it; what
they stand for is in :mod:`appliance.store.secrets`. Documents are whole, so that saving one extension of 5,000 is one
row written and any revision can be read by itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from appliance.model.changes import GenerationState, Revision
from appliance.model.site import Site
from appliance.store.database import Database, Row
from appliance.store.errors import MissingError, OvertakenError
from appliance.store.moments import Clock, from_text, to_text, utc_now
from appliance.store.packing import Packing
from appliance.store.secrets import SiteSecrets
from appliance.store.site_rows import Draft, GenerationRow

__all__ = ["Draft", "GenerationRow", "SiteStore"]

_HIGHEST = 2**63 - 1
"""SQLite's integers have 64 bits."""
_REMEMBERED = 3
"""Parsed revisions kept in memory: the running one, the one before, and one being looked at."""


class SiteStore:
    """Draft, revisions and generations of the box. Every method is safe to call from any thread."""

    def __init__(self, database: Database, secrets: SiteSecrets, clock: Clock = utc_now) -> None:
        self._database = database
        self._secrets = secrets
        self._packing = Packing(secrets)
        self._clock = clock
        self._draft: Draft | None = None
        self._sites: dict[int, Site] = {}

    def responds(self, timeout_s: float) -> bool:
        """Whether the database can be had within a time.

        A thread that hangs in it would keep everybody waiting.
        """
        if not self._database.lock.acquire(timeout=timeout_s):
            return False
        self._database.lock.release()
        return True

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Several calls of this store written together or not at all."""
        try:
            with self._database.transaction():
                yield
        except BaseException:
            with self._database.lock:
                self._draft = None
                self._sites.clear()
            raise

    # --- the draft

    def draft(self) -> Draft:
        """The shared draft. On a new box: the default site, version 0."""
        with self._database.lock:
            if self._draft is None:
                self._draft = self._read_draft()
            return self._draft

    def save_draft(self, site: Site, author: str, expect_version: int | None) -> Draft:
        """Replace the draft. Raises :class:`OvertakenError` unless its version is still ``expect_version``.

        expect_version: None saves whatever the version is.
        """
        with self._database.lock:
            draft = self.draft()
            if expect_version is not None and expect_version != draft.version:
                raise OvertakenError(expected=expect_version, version=draft.version, changed_by=draft.changed_by or "")
            saved = Draft(site, draft.version + 1, draft.base_revision, author, self._clock())
            with self.transaction():
                self._database.execute(
                    "INSERT INTO draft (only, version, changed_by, changed_at, document)"
                    " VALUES (1, ?, ?, ?, ?) ON CONFLICT (only) DO UPDATE SET version = excluded.version,"
                    " changed_by = excluded.changed_by, changed_at = excluded.changed_at,"
                    " document = excluded.document",
                    (saved.version, author, to_text(saved.changed_at), self._packing.pack(site)),
                )
            self._draft = saved
        return saved

    def discard_draft(self, author: str) -> Draft:
        """Put the draft back to what runs (the default site on a new box); its version still grows."""
        with self.transaction():
            base = self.draft().base_revision
            return self.save_draft(Site() if base is None else self.revision_site(base), author, None)

    # --- revisions

    def secret_values(self) -> tuple[str, ...]:
        """Every secret that any revision or draft has had, to keep them out of what leaves the box."""
        return self._secrets.values()

    def add_revision(self, site: Site, author: str, note: str) -> int:
        """Keep a site as the next revision; its number."""
        with self.transaction():
            number = self._database.insert(
                "INSERT INTO revisions (author, note, created, document) VALUES (?, ?, ?, ?)",
                (author, note, to_text(self._clock()), self._packing.pack(site)),
            )
            self._remember(number, site)
        return number

    def revision_site(self, number: int) -> Site:
        """The site of a revision. Raises :class:`MissingError`."""
        with self._database.lock:
            site = self._sites.get(number)
            if site is None:
                row = self._numbered("SELECT document FROM revisions WHERE number = ?", number)
                if row is None:
                    raise MissingError(noun="revision", name=number)
                site = self._packing.unpack(row["document"])
            self._remember(number, site)
            return site

    def revisions(self, limit: int = 50, before: int | None = None) -> list[Revision]:
        """Revisions, newest first, with what became of the last generation of each.

        before: only revisions of a lower number, for the next page. A revision that never became a generation
        shows as staged.
        """
        running = self.running()
        rows = self._database.query(
            """SELECT revisions.number, author, note, revisions.created, state, reason, params,
                      generations.number AS generation
               FROM revisions LEFT JOIN generations ON generations.number =
                    (SELECT max(number) FROM generations WHERE revision = revisions.number)
               WHERE revisions.number < ? ORDER BY revisions.number DESC LIMIT ?""",
            (_HIGHEST if before is None else min(before, _HIGHEST), limit),
        )
        return [
            Revision(
                number=row["number"],
                author=row["author"],
                note=row["note"],
                created=from_text(row["created"]),
                state=GenerationState(row["state"] or GenerationState.STAGED),
                current=running is not None and running.revision == row["number"],
                generation=row["generation"],
                reason=row["reason"],
                params=json.loads(row["params"] or "{}"),
            )
            for row in rows
        ]

    # --- generations

    def add_generation(self, revision: int) -> int:
        """Remember that a revision is being staged; the number of the generation, never used before."""
        return self._database.insert(
            "INSERT INTO generations (revision, state, created) VALUES (?, ?, ?)",
            (revision, GenerationState.STAGED, to_text(self._clock())),
        )

    def set_generation(  # noqa: PLR0917  # the columns of one row, in their order
        self,
        number: int,
        state: GenerationState,
        confirm_by: datetime | None = None,
        reason: str | None = None,
        params: dict[str, str | int] | None = None,
        detail: str | None = None,
    ) -> None:
        """Move a generation to a state; what is left out is cleared. Raises :class:`MissingError`."""
        with self.transaction():
            touched = self._database.execute(
                "UPDATE generations SET state = ?, confirm_by = ?, reason = ?, params = ?, detail = ? WHERE number = ?",
                (state, confirm_by and to_text(confirm_by), reason, json.dumps(params or {}), detail, number),
            )
            if not touched:
                raise MissingError(noun="generation", name=number)
            self._draft = None if self._draft is None else self._rebased(self._draft)

    def generation(self, number: int) -> GenerationRow:
        """One generation. Raises :class:`MissingError`."""
        row = self._numbered("SELECT * FROM generations WHERE number = ?", number)
        if row is None:
            raise MissingError(noun="generation", name=number)
        return _generation(row)

    def generations(self, *states: GenerationState, limit: int = 100) -> list[GenerationRow]:
        """Generations in any of the states (all when none is named), newest first."""
        marks = ", ".join("?" * len(states))
        where = f"WHERE state IN ({marks})" if states else ""
        return [
            _generation(row)
            for row in self._database.query(
                f"SELECT * FROM generations {where} ORDER BY number DESC LIMIT ?",  # noqa: S608  # only marks
                (*states, limit),
            )
        ]

    def last_confirmed(self) -> GenerationRow | None:
        """The generation the box falls back to and boots with."""
        return next(iter(self.generations(GenerationState.CONFIRMED, limit=1)), None)

    def awaiting(self) -> GenerationRow | None:
        """The generation that runs and waits for a person, if any."""
        return next(iter(self.generations(GenerationState.AWAITING, limit=1)), None)

    def running(self) -> GenerationRow | None:
        """The generation that should be running: the awaiting one, else the last confirmed."""
        return self.awaiting() or self.last_confirmed()

    def number_generations_after(self, number: int) -> None:
        """Give the next generation a number above ``number``.

        After going back to a backup the numbers of directories still on disk must not be given again.
        """
        with self.transaction():
            if self._database.one("SELECT 1 FROM sqlite_sequence WHERE name = 'generations'"):
                statement = "UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = 'generations'"
            else:
                statement = "INSERT INTO sqlite_sequence (name, seq) VALUES ('generations', ?)"
            self._database.execute(statement, (number,))

    def forget_revisions(self, keep: int) -> int:
        """Forget the oldest revisions with their generations, but for the newest ``keep`` and what runs.

        How many.
        """
        running = self.running()
        spared = -1 if running is None else running.revision
        with self.transaction():
            rows = self._database.query(
                "SELECT number FROM revisions WHERE number != ? AND number <="
                " (SELECT ifnull(max(number), 0) - ? FROM revisions)",
                (spared, keep),
            )
            old = [(row["number"],) for row in rows]
            self._database.executemany("DELETE FROM generations WHERE revision = ?", old)
            self._database.executemany("DELETE FROM revisions WHERE number = ?", old)
        return len(old)

    # --- inside

    def _numbered(self, sql: str, number: int) -> Row | None:
        """The row of a number. One that SQLite could not even hold has none."""
        return self._database.one(sql, (number,)) if abs(number) <= _HIGHEST else None

    def _read_draft(self) -> Draft:
        running = self.running()
        base = None if running is None else running.revision
        row = self._database.one("SELECT * FROM draft")
        if row is None:
            site = Site() if base is None else self.revision_site(base)
            return Draft(site, 0, base, None, self._clock())
        return Draft(
            site=self._packing.unpack(row["document"]),
            version=row["version"],
            base_revision=base,
            changed_by=row["changed_by"],
            changed_at=from_text(row["changed_at"]),
        )

    def _rebased(self, draft: Draft) -> Draft:
        running = self.running()
        base = None if running is None else running.revision
        return Draft(draft.site, draft.version, base, draft.changed_by, draft.changed_at)

    def _remember(self, number: int, site: Site) -> None:
        self._sites.pop(number, None)
        self._sites[number] = site
        while len(self._sites) > _REMEMBERED:
            self._sites.pop(next(iter(self._sites)))


def _generation(row: Row) -> GenerationRow:
    return GenerationRow(
        number=row["number"],
        revision=row["revision"],
        state=GenerationState(row["state"]),
        created=from_text(row["created"]),
        confirm_by=from_text(row["confirm_by"]),
        reason=row["reason"],
        params=json.loads(row["params"]),
        detail=row["detail"],
    )
