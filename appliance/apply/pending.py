"""What no reload makes effective waits until no call is up; then Asterisk restarts and is probed.

Classes RECREATE and RESTART_WHEN_IDLE are brought about by the same restart: a starting Asterisk makes
everything anew. Cards whose settings changed are set up while it is down. REBOOT waits for a person. Nothing here
ends a call: channels are counted first, and the restart asked for is the one that takes calls until the last has ended.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from appliance.apply.applier import Applier
from appliance.apply.errors import NotTakenError
from appliance.apply.journal import Waiting
from appliance.apply.restart import read_everything
from appliance.apply.switching import seconds_since_boot
from appliance.model.changes import ReloadClass
from appliance.model.site import Site
from appliance.render.dahdi import FOLDER

log = logging.getLogger(__name__)

SETTLED_S = 3.0
"""Asterisk tells its uptime in whole seconds: so long after a change its start cannot be mistaken."""
RESTART_S = 120.0
"""An Asterisk that does not answer so long after it was asked to restart cannot run what it was given."""
SET_UP_S = 180.0
"""Cards that are set up anew take so much longer at most (loopstart-dahdi.service, TimeoutStartSec)."""


class Pending:
    """Watches what waits. :meth:`tick` is called about once a second, by one thread."""

    def __init__(self, applier: Applier, uptime: Callable[[], float] = seconds_since_boot) -> None:
        self._applier = applier
        self._uptime = uptime
        self._asked_at: float | None = None
        self._heard_at = uptime()
        self._patience_s = RESTART_S

    def tick(self) -> None:
        """Ask for the restart that is due, or see how it ended."""
        waiting = self._applier.journal.waiting()
        if waiting is None:
            self._asked_at = None
            return
        asterisk = self._applier.asterisk
        now = self._uptime()
        up = asterisk.uptime_s() if asterisk.answers() else None
        if up is None:
            # A call that began in the moment of asking puts the restart off: what counts is how long it is silent.
            if self._asked_at is not None and now - max(self._asked_at, self._heard_at) > self._patience_s:
                self._give_up(waiting)
                self._asked_at = None
            return
        self._heard_at = now
        if self._asked_at is not None and now - up > self._asked_at:
            self._asked_at = None  # that restart is over; what came since then needs another
        if read_everything(waiting, now, up):
            self._applier.see_restart()
        elif now - waiting.since > SETTLED_S and self._is_due(now) and asterisk.channels() == 0:
            self._restart(waiting, now)

    def _give_up(self, waiting: Waiting) -> None:
        with self._applier.locked():
            if self._applier.journal.waiting() != waiting or self._applier.asterisk.answers():
                return  # it came back, and a change with it
            log.error("Asterisk did not come back from its restart")
            self._applier.reject_confirmed(waiting.base, NotTakenError("restart_failed"))

    def _restart(self, waiting: Waiting, now: float) -> None:
        with self._applier.locked():
            if self._applier.journal.waiting() != waiting:
                return  # a change came first: what waits now is looked at in the next tick
            configured = self._configured(waiting)
            if self._applier.restart_asterisk(configured):
                log.info(
                    "no call is up: Asterisk restarts for what it reads only at its start%s",
                    "" if configured is None else ", and cards are set up meanwhile",
                )
                self._asked_at = now
                self._patience_s = RESTART_S if configured is None else RESTART_S + SET_UP_S

    def _configured(self, waiting: Waiting) -> Site | None:
        """The site as cards are set up now, where they shall be set up anew; None where their files are the same."""
        applier = self._applier
        paths = applier.switch.waiting_paths(waiting, applier.generations.manifest(applier.generations.current()))
        if not any(path.startswith(FOLDER) for path in paths):
            return None
        return applier.store.revision_site(applier.store.generation(waiting.base).revision)

    def _is_due(self, now: float) -> bool:
        if self._asked_at is not None and now - self._asked_at < self._patience_s:
            return False
        return self._applier.pending() in (ReloadClass.RECREATE, ReloadClass.RESTART_WHEN_IDLE)
