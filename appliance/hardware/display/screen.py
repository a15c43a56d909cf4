"""A display on its line: drawn as often as its picture changes, readied again after it was away, its keys passed on."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from appliance.hardware.display.driver import Driver
from appliance.hardware.serial.line import FIRST_PAUSE_S, LineLostError, SerialLine
from appliance.hardware.serial.ports import device_of
from appliance.hardware.serial.settings import SerialSettings
from appliance.render.display.picture import Key, Picture
from appliance.worker import Worker

log = logging.getLogger(__name__)

LOOK_S = 0.1
"""How often keys and the picture are looked at."""
_ANSWER_S = 0.25
"""How long a display has to acknowledge (CFA635 data sheet: 250 ms)."""
_TRIES = 3


class Screen(Worker):
    """Runs from :meth:`start` until :meth:`stop`, in a thread of its own.

    wanted: the picture as it should now be. pressed: is called with each key. Neither may raise.
    """

    def __init__(
        self,
        port: str,
        driver: Driver,
        wanted: Callable[[], Picture],
        pressed: Callable[[Key], object],
        *,
        find: Callable[[str], str | None] = device_of,
        first_pause_s: float = FIRST_PAUSE_S,
    ) -> None:
        super().__init__("display")
        self._driver = driver
        self._wanted = wanted
        self._pressed = pressed
        self._line = SerialLine(SerialSettings(port, driver.speed), self._stopping, find, first_pause_s)
        self._mute = False

    @property
    def connected(self) -> bool:
        """Whether the line is open, and a display that acknowledges does so."""
        return self._line.open and not self._mute

    @property
    def fault(self) -> str:
        """Why nothing is shown, ``""`` for nothing."""
        return self._line.fault or ("no answer" if self._mute else "")

    def _run(self) -> None:
        try:
            while self._line.connect():
                try:
                    self._show()
                except LineLostError:
                    continue  # told by the line
        finally:
            self._line.close()

    def _show(self) -> None:
        """Until the line is lost (:class:`LineLostError`) or the end."""
        ready = False
        while not self._stopping.is_set():
            if not ready:
                ready = self._sent(self._driver.start())
                self._note(mute=not ready)
                if not ready:
                    self._stopping.wait(1.0)
                    continue
            # A display that stops acknowledging was reset, and has forgotten everything.
            ready = self._sent(self._driver.draw(self._wanted()))
            self._read(LOOK_S)

    def _sent(self, messages: list[bytes]) -> bool:
        """Each message, where the display acknowledges only after the one before; whether all were taken."""
        for message in messages:
            for _ in range(_TRIES):
                before = self._driver.acknowledged
                self._line.write(message)
                if not self._driver.answers or self._acknowledged(before):
                    break
                if self._stopping.is_set():
                    return False
            else:
                return False
        return True

    def _acknowledged(self, before: int) -> bool:
        deadline = time.monotonic() + _ANSWER_S
        while self._driver.acknowledged == before:
            left = deadline - time.monotonic()
            if left <= 0:
                return False
            self._read(left)
        return True

    def _read(self, wait_s: float) -> None:
        data = self._line.read(wait_s)
        for key in self._driver.take(data) if data else ():
            self._pressed(key)

    def _note(self, *, mute: bool) -> None:
        """Log a change once."""
        if mute != self._mute:
            self._mute = mute
            if mute:
                log.warning("the display at %s does not answer", self._line.settings.port)
            else:
                log.info("the display at %s answers", self._line.settings.port)
