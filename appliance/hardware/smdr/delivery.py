"""One connection of a reader: lines go out, and count as delivered when its system has acknowledged their last byte.

``SIOCOUTQ`` (tcp(7)) is what has not been acknowledged. What a broken connection leaves so is sent again, whole, on
the next; a reader drops a last line without its end, as with any stream. What a reader's program does with what its
system acknowledged, TCP cannot tell. A reader that wants to leave without losing a line says so by shutting down its
sending side, reads to the end, and closes.
"""

from __future__ import annotations

import fcntl
import os
import select
import socket
import struct
import termios
import threading
import time
from collections import deque
from collections.abc import Callable

from appliance.hardware.smdr.queue import LINE_END, Queue

IN_FLIGHT = 4
"""Records sent and not acknowledged. Few, as a crash of the box may send these again; two or more, since a receiver
acknowledges every second segment at once, but a single one only after up to 0.5 s (RFC 9293, 3.8.6.3)."""
_IDLE_S = 0.25
_LEAVE_S = 5.0
_FIRST_LOOK_S, _LONGEST_LOOK_S = 0.001, 0.05
_SEND_S = 5.0


class _LeftError(Exception):
    """The reader wants no more."""


def deliver(connection: socket.socket, queue: Queue, stopping: threading.Event, meanwhile: Callable[[], object]) -> str:
    """Send what waits, until the reader goes or ``stopping``; why it ended. meanwhile: is called again and again."""
    connection.settimeout(_SEND_S)
    flight = _Flight(connection, queue)
    try:
        while not stopping.is_set():
            meanwhile()
            _throw_away(connection)
            flight.fill()
            if flight.empty:
                queue.wait(_IDLE_S)
            else:
                flight.look()
    except _LeftError:
        return "it left" if flight.land(_LEAVE_S) else "it left without acknowledging everything"
    except OSError as error:
        return error.strerror or str(error)
    flight.land(_LEAVE_S)
    return "the box ended it"


def _throw_away(connection: socket.socket) -> None:
    """What the reader sent. Raises _LeftError at its end, OSError for a broken connection."""
    while select.select([connection], [], [], 0)[0]:
        if not connection.recv(4096):
            raise _LeftError


class _Flight:
    """Records that are under way."""

    def __init__(self, connection: socket.socket, queue: Queue) -> None:
        self._connection = connection
        self._queue = queue
        self._given = 0
        self._last = 0
        self._under_way: deque[tuple[int, int]] = deque()  # number, bytes given up to its end
        self._look_s = _FIRST_LOOK_S

    @property
    def empty(self) -> bool:
        """Nothing is under way."""
        return not self._under_way

    def fill(self) -> None:
        """Send as many as may be under way. Raises OSError."""
        room = IN_FLIGHT - len(self._under_way)
        for record in self._queue.next(self._last, room) if room else ():
            data = f"{record.text}{LINE_END}".encode()
            self._connection.sendall(data)
            self._given += len(data)
            self._last = record.number
            self._under_way.append((record.number, self._given))

    def look(self) -> None:
        """Wait a moment, and note what was acknowledged. Raises OSError."""
        time.sleep(self._look_s)
        acknowledged = self._given - _unacknowledged(self._connection)
        landed = 0
        while self._under_way and self._under_way[0][1] <= acknowledged:
            landed, _ = self._under_way.popleft()
        if landed:
            self._look_s = _FIRST_LOOK_S
            self._queue.done(landed)
        else:
            self._look_s = min(2 * self._look_s, _LONGEST_LOOK_S)

    def land(self, timeout_s: float) -> bool:
        """Wait so long until everything is acknowledged; whether it is."""
        deadline = time.monotonic() + timeout_s
        try:
            while self._under_way and time.monotonic() < deadline:
                self.look()
        except OSError:
            return False
        return self.empty


def _unacknowledged(connection: socket.socket) -> int:
    """Bytes. Of a connection that was reset, what never arrived stays counted. Raises OSError for a broken one."""
    left = int(struct.unpack("i", fcntl.ioctl(connection.fileno(), termios.TIOCOUTQ, b"\0" * 4))[0])
    error = connection.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
    if error and left:
        raise OSError(error, os.strerror(error))
    return left
