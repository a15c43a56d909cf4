"""A call-accounting system, as far as its port: it reads lines, and drops one that is not whole.

Written from what such systems document of themselves: lines end with CR LF, empty ones are skipped, a stream that
breaks leaves a last line that is thrown away. Of each line it takes the number that the layout carries.
"""

from __future__ import annotations

import csv
import socket
import time
from collections.abc import Callable


class Lines:
    """Bytes in, whole lines out."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._rest = b""

    def take(self, data: bytes) -> None:
        *whole, self._rest = (self._rest + data).split(b"\r\n")
        self.lines += [line.decode() for line in whole if line]

    def broken(self) -> None:
        """The connection ended: what came of the last line is no line."""
        self._rest = b""


def csv_call(line: str) -> str:
    """The call id of a CSV line of thirteen columns; fails for any other."""
    [fields] = csv.reader([line])
    assert len(fields) == 13, line
    return fields[12]


def fixed_call(line: str) -> tuple[str, str, str]:
    """Extension, number and duration of an eighty-column line; fails for any other."""
    assert len(line) == 80, line
    assert line[2] == line[5] == "/" and line[11] == ":" and line[14:16] in ("AM", "PM"), line
    return line[17:22].strip(), line[26:51].strip(), line[57:65]


def office_call(line: str) -> tuple[str, str, int]:
    """Caller, called number and call id of a line of thirty fields; fails for any other."""
    fields = line.split(",")
    assert len(fields) == 30, line
    time.strptime(fields[0], "%Y/%m/%d %H:%M:%S")
    assert fields[4] in ("I", "O") and fields[10] == "0", line
    return fields[3], fields[5], int(fields[9])


class TcpAccounting:
    """Connects to the box and reads."""

    def __init__(self, port: int, host: str = "127.0.0.1") -> None:
        self.lines = Lines()
        self._where = (host, port)
        self._socket: socket.socket | None = None

    def connect(self) -> None:
        self._socket = socket.create_connection(self._where, 10)
        self._socket.settimeout(0.2)

    def read_until(self, enough: Callable[[list[str]], bool], wait_s: float = 60.0) -> None:
        deadline = time.monotonic() + wait_s
        while not enough(self.lines.lines):
            assert time.monotonic() < deadline, f"{len(self.lines.lines)} lines, the last {self.lines.lines[-1:]}"
            self.read()

    def read(self) -> bool:
        """Whether the box is still there."""
        assert self._socket is not None
        try:
            data = self._socket.recv(65536)
        except TimeoutError:
            return True
        except ConnectionError:
            return False
        self.lines.take(data)
        return bool(data)

    def say(self, data: bytes) -> None:
        assert self._socket is not None
        self._socket.sendall(data)

    def leave(self) -> None:
        """Say so (a half-close), read what was still under way, close."""
        assert self._socket is not None
        self._socket.shutdown(socket.SHUT_WR)
        while self.read():
            pass
        self.vanish()

    def vanish(self) -> None:
        assert self._socket is not None
        self._socket.close()
        self._socket = None
        self.lines.broken()
