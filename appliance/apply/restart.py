"""A restart of Asterisk that the box asked for: a change that comes meanwhile waits for it."""

from __future__ import annotations

import time
from collections.abc import Callable

from appliance.apply.asterisk import Asterisk
from appliance.apply.journal import Waiting
from appliance.model.site import Site

COME_BACK_S = 30.0
"""A change waits so long after the restart was asked for. Setting cards up may take longer: then it is told to wait."""
GO_S = 3.0
"""An Asterisk without calls that was asked to restart is gone within a second."""
LOOK_S = 0.1


class Restart:
    """The last one. For whoever holds the lock of changes. uptime: now, on the clock of :class:`Waiting`."""

    def __init__(self, asterisk: Asterisk, uptime: Callable[[], float]) -> None:
        self._asterisk = asterisk
        self._uptime = uptime
        self._asked = -COME_BACK_S  # on time.monotonic()

    def ask(self, configured: Site | None) -> bool:
        """Have Asterisk restart where no call is up (:meth:`Asterisk.restart_when_idle`). Whether it was asked."""
        if self._asterisk.channels() != 0:
            return False
        self._asterisk.restart_when_idle(configured)
        self._asked = time.monotonic()
        self._wait(lambda: not self._asterisk.answers(), GO_S)
        return True

    def answers(self) -> bool:
        """Whether Asterisk can be asked, now or once it is back."""
        return self._wait(self._asterisk.answers, COME_BACK_S)

    def is_over(self, waiting: Waiting) -> bool:
        """Whether Asterisk answers and has started since what waits last changed: it has read everything."""
        now = self._uptime()
        up = self._asterisk.uptime_s() if self._asterisk.answers() else None
        return up is not None and read_everything(waiting, now, up)

    def _wait(self, seen: Callable[[], bool], seconds: float) -> bool:
        while not seen():
            if time.monotonic() - self._asked >= seconds:
                return False
            time.sleep(LOOK_S)
        return True


def read_everything(waiting: Waiting, now: float, up: float) -> bool:
    """Whether an Asterisk started after what waits last changed. up: how long it has run, in whole seconds."""
    return now - up - 1 > waiting.since
