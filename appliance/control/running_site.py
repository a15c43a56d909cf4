"""Tells who needs it when another site runs: what Asterisk is not told of has to follow a change too."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import UTC, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from appliance.model.site import Site
from appliance.store.errors import StoreError
from appliance.store.site import SiteStore
from appliance.worker import Worker

log = logging.getLogger(__name__)

LOOK_S = 1.0


class RunningSite(Worker):
    """Follows what runs, from :meth:`start` until :meth:`stop`: confirmed, and also what awaits its confirmation.

    told: each is called with the site at the start and after every change, in one thread. One that raises is called
    again with the next look.
    """

    def __init__(self, store: SiteStore, told: Sequence[Callable[[Site], object]]) -> None:
        super().__init__("running-site", stop_s=15)
        self._store = store
        self._told = tuple(told)
        self._seen: int | None = None
        self._failing = False

    def look(self) -> None:
        """See what runs, and tell it if it is another than before."""
        try:
            running = self._store.running()
            if running is None or running.number == self._seen:
                return
            site = self._store.revision_site(running.revision)
            for told in self._told:
                told(site)
        except (StoreError, OSError) as error:
            if not self._failing:
                log.error("what runs could not be followed: %s", error)
            self._failing = True
            return
        self._seen, self._failing = running.number, False

    def _run(self) -> None:
        while not self._stopping.wait(LOOK_S):
            self.look()


def wall_clock(site: Site) -> tzinfo:
    """The time zone of the box; UTC where its system does not know the zone."""
    try:
        return ZoneInfo(site.box.time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        log.warning("the system does not know the time zone %s: times are UTC", site.box.time_zone)
        return UTC
