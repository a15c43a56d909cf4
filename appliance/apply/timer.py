"""The clock of the change path: one thread that undoes what nobody confirmed, settles doubts, brings about what
waits for calls to end, and clears old generations away. Everything it needs to know is on disk, so a daemon that
starts again carries on.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from appliance.apply.applier import Applier
from appliance.apply.certificate import Certificate
from appliance.apply.errors import ApplyRefusedError
from appliance.apply.newcomers import Newcomers
from appliance.apply.pending import Pending
from appliance.apply.returned import Returned
from appliance.apply.unsettled import Unsettled
from appliance.worker import Worker

log = logging.getLogger(__name__)

TICK_S = 0.5
SETTLE_EVERY_S = 15.0
"""Between two tries to settle a doubt that Asterisk did not let be settled."""
SILENT_S = 180.0
"""Asterisk is given so long to come up with files it was never seen to run."""


class Timer(Worker):
    """Runs from :meth:`start` until :meth:`stop`."""

    def __init__(
        self,
        applier: Applier,
        pending: Pending,
        certificate: Certificate | None = None,
        newcomers: Newcomers | None = None,
        returned: Returned | None = None,
    ) -> None:
        super().__init__("apply timer")
        self._applier = applier
        self._pending = pending
        self._certificate = certificate
        self._newcomers = newcomers
        self._returned = returned
        self._unsettled = Unsettled(applier)
        self._next_settle = 0.0
        self._silent_since = time.monotonic()
        self._failing: set[str] = set()

    def tick(self) -> None:
        """One round. What fails is logged when it begins to fail and when it works again."""
        self._try("undo what was not confirmed", self._applier.expire)
        self._try("settle what is in doubt", self._settle)
        self._try("restart for what waits", self._pending.tick)
        self._try("remove old generations", self._applier.tidy)
        if self._certificate is not None:
            self._try("see to the renewed certificate", self._certificate.tick)
        if self._newcomers is not None:
            self._try("take in cards that came", self._newcomers.tick)
        if self._returned is not None:
            self._try("see to spans that came back", self._returned.tick)

    def _settle(self) -> None:
        now = time.monotonic()
        doubt = self._applier.journal.doubt()
        if doubt is None or self._applier.asterisk.answers():
            self._silent_since = now
        elif doubt.unproven and now - self._silent_since > SILENT_S:
            self._silent_since = now
            self._applier.give_up_unproven()
        if now >= self._next_settle and self._applier.asterisk.answers() and not self._applier.settle():
            self._next_settle = now + SETTLE_EVERY_S
            self._unsettled.step()

    def _try(self, what: str, step: Callable[[], object]) -> None:
        try:
            step()
        except ApplyRefusedError as error:
            log.info("%s: %s", what, error)
        except Exception:
            if what not in self._failing:
                self._failing.add(what)
                log.exception("cannot %s", what)
        else:
            if what in self._failing:
                self._failing.discard(what)
                log.info("can %s again", what)

    def _run(self) -> None:
        while not self._stopping.wait(TICK_S):
            self.tick()
