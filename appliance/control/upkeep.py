"""What is done once a day: backups, and forgetting what is too old."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from appliance.store import backups
from appliance.store.database import Database
from appliance.store.site import SiteStore
from appliance.worker import Worker

log = logging.getLogger(__name__)

DAY_S = 24 * 3600.0
FIRST_AFTER_S = 300.0
"""Not at the start, when there is enough to do."""
LOOK_EVERY_S = 60.0
KEEP_REVISIONS = 1000
"""At 5,000 extensions a revision is some 200 kB."""


class Upkeep(Worker):
    """Runs jobs daily, from :meth:`start` until :meth:`stop`."""

    def __init__(self, jobs: Sequence[tuple[str, Callable[[], object]]]) -> None:
        super().__init__("upkeep")
        self._jobs = tuple(jobs)

    def once(self) -> None:
        """Do every job now. One that fails does not keep the others from being done."""
        for name, job in self._jobs:
            try:
                job()
            except Exception:
                log.exception("upkeep failed: %s", name)

    def _run(self) -> None:
        due = time.monotonic() + FIRST_AFTER_S
        while not self._stopping.wait(LOOK_EVERY_S):
            if time.monotonic() >= due:
                self.once()
                due = time.monotonic() + DAY_S


def jobs(
    databases: Sequence[Database], site: SiteStore, to: Path, now: Callable[[], float] = time.time
) -> list[tuple[str, Callable[[], object]]]:
    """The daily jobs of the box.

    A backup of each database, unless there is one of today, and old revisions.
    """

    def backup(database: Database) -> Callable[[], object]:
        def run() -> None:
            newest = backups.newest(database.path, to)
            if newest is None or now() - newest.stat().st_mtime > DAY_S / 2:
                database.back_up(to, "daily")

        return run

    return [
        *((f"back up {database.path.name}", backup(database)) for database in databases),
        ("forget old revisions", lambda: site.forget_revisions(KEEP_REVISIONS)),
    ]
