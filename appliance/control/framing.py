"""Lines on a socket: bounded in length and in time, whatever the other end sends."""

from __future__ import annotations

import json
import socket
import time
from typing import Any

from pydantic import ValidationError

from appliance.control.messages import MAX_LINE, PROTOCOL, Reply, Request

IDLE_S = 60.0
"""A connection that asks nothing for so long is closed."""
LINE_S = 30.0
"""A request that has begun must have arrived after so long."""
SEND_S = 30.0
"""A reply must have been taken after so long."""
_CHUNK = 64 * 1024


class BadLineError(ValueError):
    """Not a request. ``code``: ``bad_request``, ``line_too_long`` or ``version``; ``id``.

    Of the request, where known.
    """

    def __init__(self, code: str, detail: str = "", request_id: str = "") -> None:
        self.code = code
        self.detail = detail
        self.id = request_id
        super().__init__(f"{code} {detail}".strip())


class GoneError(Exception):
    """The other end is gone, or does not take what it asked for."""


class Lines:
    """The lines of one connection. One thread uses it."""

    def __init__(self, connection: socket.socket, max_line: int = MAX_LINE) -> None:
        self._connection = connection
        self._max = max_line
        self._buffer = bytearray()

    def next(self) -> bytes | None:
        """The next line without its end; None when the other end is done, idle or too slow.

        Raises :class:`BadLineError` for a line that is too long; the connection cannot be used after that.
        """
        deadline = time.monotonic() + (LINE_S if self._buffer else IDLE_S)
        scanned = 0
        while True:
            end = self._buffer.find(b"\n", scanned)
            if end > self._max or (end < 0 and len(self._buffer) > self._max):
                raise BadLineError("line_too_long")
            if end >= 0:
                line = bytes(self._buffer[:end])
                del self._buffer[: end + 1]
                return line
            scanned = len(self._buffer)
            chunk = self._receive(deadline)
            if not chunk:
                return None
            if not self._buffer:
                deadline = time.monotonic() + LINE_S
            self._buffer += chunk

    def send(self, reply: Reply) -> None:
        """Send a reply. Raises :class:`GoneError` when the other end does not take it in time."""
        line = reply.model_dump_json().encode() + b"\n"
        try:
            self._connection.settimeout(SEND_S)
            self._connection.sendall(line)
        except OSError as error:
            raise GoneError(str(error)) from error

    def hung_up(self) -> bool:
        """Whether the other end is gone. Bytes that have already come stay for :meth:`next`."""
        try:
            # Not MSG_DONTWAIT: Python waits for the socket's time-out before it even asks.
            self._connection.settimeout(0)
            return self._connection.recv(1, socket.MSG_PEEK) == b""
        except BlockingIOError:
            return False
        except OSError:
            return True

    def _receive(self, deadline: float) -> bytes:
        left = deadline - time.monotonic()
        if left <= 0:
            return b""
        self._connection.settimeout(left)
        try:
            return self._connection.recv(_CHUNK)
        except OSError:  # a time-out is one too
            return b""


def parse(line: bytes) -> Request:
    """A request from a line. Raises :class:`BadLineError`; never anything else, whatever the bytes."""
    try:
        document = json.loads(line.decode(), parse_constant=_refuse_constant)
        # A lone surrogate can be written in JSON and neither stored nor sent on (RFC 8259, 8.2).
        json.dumps(document, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise BadLineError("bad_request", type(error).__name__) from None
    if not isinstance(document, dict):
        raise BadLineError("bad_request", "not an object")
    request_id = _short(document.get("id"))
    if document.get("v", PROTOCOL) != PROTOCOL:
        raise BadLineError("version", str(PROTOCOL), request_id)
    try:
        return Request.model_validate(document)
    except (ValidationError, RecursionError):
        raise BadLineError("bad_request", "not a request", request_id) from None


def _short(value: Any) -> str:
    return value[:80] if isinstance(value, str) else ""


def _refuse_constant(name: str) -> None:
    raise ValueError(name)
