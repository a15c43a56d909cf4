"""Call records to a serial line: one after the other, each kept until its last bit has left the port.

What a serial line cannot tell is whether anybody listens. With RTS/CTS or XON/XOFF a reader can hold records back, and
they wait; without, they go out. A record cut off by a lost port is sent again, whole, after an empty line that ends
what is left of it on the reader's side.
"""

from __future__ import annotations

from collections.abc import Callable

from appliance.hardware.serial.line import FIRST_PAUSE_S, LineLostError, SerialLine
from appliance.hardware.serial.ports import device_of
from appliance.hardware.serial.settings import SerialSettings
from appliance.hardware.smdr.queue import LINE_END, Queue, ReaderState
from appliance.worker import Worker

_IDLE_S = 1.0
"""How often an idle line is looked at: whether it is still there, and for what was sent to it."""


class SerialReader(Worker):
    """Runs from :meth:`start` until :meth:`stop`, in a thread of its own; what has not left the port then stays in the
    buffer.
    """

    def __init__(
        self,
        settings: SerialSettings,
        queue: Queue,
        find: Callable[[str], str | None] = device_of,
        first_pause_s: float = FIRST_PAUSE_S,
    ) -> None:
        super().__init__("smdr-serial")
        self.settings = settings
        self._queue = queue
        self._line = SerialLine(settings, self._stopping, find, first_pause_s)

    @property
    def state(self) -> ReaderState:
        """How it is now."""
        return ReaderState(self._line.open, self.settings.port, self._line.fault)

    def _run(self) -> None:
        try:
            while self._line.connect():
                try:
                    self._send()
                except LineLostError:
                    continue  # told by the line
        finally:
            self._line.close()

    def _send(self) -> None:
        """Until the line is lost (:class:`LineLostError`) or the end."""
        first = True
        while not self._stopping.is_set():
            self._line.read(0)  # readers send nothing that means anything, some send a lot of it
            waiting = self._queue.next(after=0, limit=1)
            if not waiting:
                self._queue.wait(_IDLE_S)
                continue
            [record] = waiting
            data = f"{LINE_END if first else ''}{record.text}{LINE_END}".encode("ascii", "replace")
            if self._line.write(data) < len(data):
                return
            first = False
            self._queue.done(record.number)
