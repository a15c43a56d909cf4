"""A restart of Asterisk that the box asked for: a change that comes meanwhile waits for it."""

from __future__ import annotations

import time
from collections.abc import Callable

from appliance.apply.asterisk import Asterisk
from appliance.model.site import Site

COME_BACK_S = 30.0
"""A change waits so long after the restart was asked for. Setting cards up may take longer: then it is told to wait."""
GO_S = 3.0
"""An Asterisk without calls that was asked to restart is gone within a second."""
LOOK_S = 0.1


class Restart:
    """The last one. For whoever holds the lock of changes."""

    def __init__(self, asterisk: Asterisk) -> None:
        self._asterisk = asterisk
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

    def _wait(self, seen: Callable[[], bool], seconds: float) -> bool:
        while not seen():
            if time.monotonic() - self._asked >= seconds:
                return False
            time.sleep(LOOK_S)
        return True
