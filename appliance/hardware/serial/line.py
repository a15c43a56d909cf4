"""One serial line, held on to: opened when its port is there, again when it comes back. The only importer of pyserial.

A port that goes away (unplugged, or its adapter reset) shows as an error of any read or write: :class:`LineLostError`.
Then :meth:`SerialLine.connect` tries again, each time after a longer pause, up to :data:`LONGEST_PAUSE_S`. What the
log gets is the change, not the tries.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import logging
import os
import select
import struct
import termios
import threading
from collections.abc import Callable

import serial

from appliance.hardware.serial.ports import device_of
from appliance.hardware.serial.settings import SerialSettings
from appliance.model.serial_line import FlowControl

log = logging.getLogger(__name__)

FIRST_PAUSE_S = 0.5
LONGEST_PAUSE_S = 30.0
_LOOK_S = 0.2
"""How often a wait looks whether it shall end."""
_MOST_READ = 4096


class LineLostError(Exception):
    """The port is gone, or cannot be opened."""


class SerialLine:
    """Used by one thread. Status may be read from any.

    find: the path of a port's name, None while it is not there.
    """

    def __init__(
        self,
        settings: SerialSettings,
        stopping: threading.Event,
        find: Callable[[str], str | None] = device_of,
        first_pause_s: float = FIRST_PAUSE_S,
    ) -> None:
        self.settings = settings
        self._stopping = stopping
        self._find = find
        self._first_pause_s = self._pause_s = first_pause_s
        self._port: serial.Serial | None = None
        self._fault = ""
        self._told_open: bool | None = None

    @property
    def open(self) -> bool:
        """Whether the port is there and open."""
        return self._port is not None

    @property
    def fault(self) -> str:
        """Why it is not open; ``""`` when it is."""
        return self._fault

    def connect(self) -> bool:
        """Open the port, waiting and trying again until it is; False when told to stop first."""
        while self._port is None and not self._stopping.is_set():
            try:
                self._port = self._opened()
            except LineLostError as error:
                self._tell(str(error))
                self._stopping.wait(self._pause_s)
                self._pause_s = min(2 * self._pause_s, LONGEST_PAUSE_S)
            else:
                self._pause_s = self._first_pause_s
                self._tell("")
        return self._port is not None and not self._stopping.is_set()

    def write(self, data: bytes) -> int:
        """Give bytes to the line and wait until they have left; how many of them did.

        Fewer than given only when told to stop. The far end may hold them back for as long as it likes, with RTS/CTS
        or XOFF. Raises :class:`LineLostError`.
        """
        port, sent = self._held(), 0
        try:
            while sent < len(data):
                if self._stopping.is_set():
                    return sent
                _, writable, _ = select.select([], [port.fileno()], [], _LOOK_S)
                if not writable:
                    self.read(0)  # also finds a port that is gone
                    continue
                try:
                    sent += os.write(port.fileno(), data[sent:])
                except BlockingIOError:
                    continue
            while self._queued(port):
                if self._stopping.wait(0.005):
                    return 0  # held back by the far end: whether it left cannot be said
            return sent
        except (OSError, termios.error, ValueError) as error:
            self._lose(error)
            raise LineLostError(str(error)) from error

    def read(self, wait_s: float) -> bytes:
        """What came in, waiting so long for something to come; ``b""`` for nothing.

        Raises :class:`LineLostError`.
        """
        port = self._held()
        try:
            readable, _, _ = select.select([port.fileno()], [], [], wait_s)
            if not readable:
                return b""
            data = os.read(port.fileno(), _MOST_READ)
        except BlockingIOError:
            return b""
        except (OSError, ValueError) as error:
            self._lose(error)
            raise LineLostError(str(error)) from error
        if not data:  # readable and nothing to read: hung up (pyserial's serialposix.py says the same)
            self._lose(OSError(errno.EIO, "hung up"))
            raise LineLostError("hung up")
        return data

    def close(self) -> None:
        """Give the port back; what the far end holds back is thrown away, so that closing never waits for it."""
        port, self._port = self._port, None
        if port is None:
            return
        with contextlib.suppress(OSError, termios.error):  # where it is gone there is nothing to flush
            termios.tcflush(port.fileno(), termios.TCIOFLUSH)
        try:
            port.close()
        except OSError:
            log.debug("closing %s", self.settings.port, exc_info=True)

    def _opened(self) -> serial.Serial:
        path = self._find(self.settings.port)
        if path is None:
            raise LineLostError("not there")
        try:
            return serial.Serial(
                path,
                baudrate=int(self.settings.speed),
                bytesize=self.settings.data_bits,
                parity=self.settings.parity,
                stopbits=self.settings.stop_bits,
                rtscts=self.settings.flow is FlowControl.RTSCTS,
                xonxoff=self.settings.flow is FlowControl.XONXOFF,
                timeout=0,
                write_timeout=0,
                exclusive=True,  # a port that somebody else has open is left alone
            )
        except (OSError, ValueError, termios.error) as error:  # SerialException is an OSError
            raise LineLostError(_reason(error)) from error

    def _held(self) -> serial.Serial:
        if self._port is None:
            raise LineLostError("not open")
        return self._port

    @staticmethod
    def _queued(port: serial.Serial) -> int:
        """Bytes that have not left yet (TIOCOUTQ, ioctl_tty(2))."""
        return int(struct.unpack("I", fcntl.ioctl(port.fileno(), termios.TIOCOUTQ, b"\0" * 4))[0])

    def _lose(self, error: Exception) -> None:
        self._tell(_reason(error))
        self.close()

    def _tell(self, fault: str) -> None:
        """Log a change once. fault: ``""`` when the line is open."""
        self._fault = fault
        if self._told_open == (fault == ""):
            return
        self._told_open = fault == ""
        if self._told_open:
            log.info("serial line %s is open", self.settings)
        else:
            log.warning("serial line %s is away: %s", self.settings, fault)


def _reason(error: Exception) -> str:
    number = getattr(error, "errno", None)
    return os.strerror(number) if isinstance(number, int) else str(error).splitlines()[0][:120]
