"""A span that came back while Asterisk runs: it gets its channels again, without a restart.

When a card is pulled, chan_dahdi gives up the channels of it (``DAHDI_EVENT_REMOVED``). When it is back, DAHDI has them
set up as before, for the numbers are the same; Asterisk is told to make its own anew, from the file it has. Where that
does not help, it starts again once no call is up. Channels of other spans are not touched by either.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from appliance.apply.applier import Applier
from appliance.apply.errors import NotTakenError
from appliance.apply.lines import Lines
from appliance.apply.switching import seconds_since_boot

log = logging.getLogger(__name__)

LOOK_EVERY_S = 10.0
PATIENCE = 2
"""Looks after which what was asked for should be there."""


class Returned:
    """Looks for channels that DAHDI has and Asterisk lacks. :meth:`tick` is for one thread.

    given_up: whether Asterisk lacks one because a test of it runs.
    """

    def __init__(
        self,
        applier: Applier,
        lines: Lines,
        uptime: Callable[[], float] = seconds_since_boot,
        given_up: Callable[[], bool] = lambda: False,
    ) -> None:
        self._applier = applier
        self._lines = lines
        self._given_up = given_up
        self._uptime = uptime
        self._next_look = 0.0
        self._missing: frozenset[int] = frozenset()
        self._looks = 0
        self._restarted = False

    def tick(self) -> None:
        """Look, at times."""
        now = self._uptime()
        if now < self._next_look or self._given_up():
            return
        self._next_look = now + LOOK_EVERY_S
        applier = self._applier
        running = applier.store.running()
        # What waits for a restart gets its channels by it, and what is in doubt is being seen to.
        if running is None or not applier.asterisk.answers() or applier.journal.waiting() or applier.journal.doubt():
            return
        site = applier.store.revision_site(running.revision)
        try:
            missing = self._lines.missing_channels(site)
        except NotTakenError:
            return  # asked again
        if not missing:
            if self._missing:
                log.info("Asterisk has every channel again")
            self._missing, self._looks, self._restarted = missing, 0, False
            return
        if missing - self._missing:  # new ones; a card comes span by span
            log.warning("spans came back: Asterisk makes %d channels anew", len(missing))
            self._missing, self._looks = missing, 0
            self._lines.make_channels(missing)
            return
        self._looks += 1
        if self._looks >= PATIENCE and not self._restarted and applier.restart_asterisk(site):
            log.warning("no call is up: Asterisk restarts for %d channels that it lacks", len(missing))
            self._restarted = True
