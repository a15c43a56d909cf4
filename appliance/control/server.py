"""The daemon's door: a Unix socket, one thread a connection, JSON lines.

Nothing that comes over it ends the server: a line that is no request is answered with ``bad_request``, a
verb that fails unexpectedly with ``internal`` (the trace goes to the log, not to the asker).
"""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from appliance.control.authentication import asker_of
from appliance.control.errors import RefusedError, error_body
from appliance.control.framing import BadLineError, GoneError, Lines, parse
from appliance.control.messages import Reply, Request
from appliance.control.peers import Doors, Peer
from appliance.control.registry import Verb, answer, plain
from appliance.control.rooms import Rooms

log = logging.getLogger(__name__)

MAX_CONNECTIONS = 160
"""At once: every web worker's requests, and one for each open wallboard."""
STOP_S = 10.0
"""How long running requests are waited for when the daemon stops."""
_FULL_S = 0.5
"""Between two tries to take a connection while there is no descriptor for it."""


class AlreadyRunningError(RuntimeError):
    """Another daemon answers on the socket."""


class ControlServer:
    """Answers on a Unix socket from :meth:`start` until :meth:`stop`."""

    def __init__(self, path: Path, rooms: Rooms, verbs: Mapping[str, Verb], doors: Doors) -> None:
        self._path = path
        self._rooms = rooms
        self._verbs = verbs
        self._doors = doors
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._open: dict[socket.socket, threading.Thread] = {}
        self._listener: socket.socket | None = None
        self._acceptor = threading.Thread(target=self._accept, name="control", daemon=True)

    def start(self) -> None:
        """Listen. Raises :class:`AlreadyRunningError`, or OSError when the socket cannot be made."""
        _clear(self._path)
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        # Made closed and opened to the group afterwards: at no moment may others connect.
        before = os.umask(0o177)
        try:
            listener.bind(str(self._path))
        finally:
            os.umask(before)
        self._path.chmod(0o660)
        listener.listen(64)
        self._listener = listener
        self._acceptor.start()

    @property
    def alive(self) -> bool:
        """Whether connections are being accepted."""
        return self._acceptor.is_alive() and not self._stopping.is_set()

    def stop(self) -> None:
        """Take no more connections, let running requests end for :data:`STOP_S` seconds, and close."""
        self._stopping.set()
        if self._acceptor.is_alive():
            assert self._listener is not None
            with suppress(OSError):
                # Wakes accept() with EINVAL; one with a timeout would be told to try again (net/unix/af_unix.c,
                # unix_accept: a non-blocking accept does not look whether the socket was shut down).
                self._listener.shutdown(socket.SHUT_RDWR)
            self._acceptor.join()
        with suppress(OSError):
            self._path.unlink()
        with self._lock:
            running = dict(self._open)
        for connection in running:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RD)  # whoever waits for a request wakes; replies still go out
        deadline = time.monotonic() + STOP_S
        for connection, thread in running.items():
            thread.join(max(0.0, deadline - time.monotonic()))
            with suppress(OSError):
                connection.close()

    def _accept(self) -> None:
        assert self._listener is not None
        with closing(self._listener) as listener:
            while not self._stopping.is_set():
                try:
                    connection, _ = listener.accept()
                except OSError:
                    if self._stopping.is_set():
                        return
                    log.exception("control socket: accept failed")
                    self._stopping.wait(_FULL_S)  # out of descriptors: wait for some to be closed
                    continue
                self._admit(connection)

    def _admit(self, connection: socket.socket) -> None:
        peer = self._doors.admit(connection)
        with self._lock:
            full = len(self._open) >= MAX_CONNECTIONS
            if peer is not None and not full:
                thread = threading.Thread(
                    target=self._serve, args=(connection, peer), name="control connection", daemon=True
                )
                self._open[connection] = thread
                thread.start()
                return
        error = RefusedError("unavailable" if peer is not None else "forbidden", verb="")
        with closing(connection), suppress(GoneError):
            Lines(connection).send(Reply(id="", ok=False, error=error_body(error)))

    def _serve(self, connection: socket.socket, peer: Peer) -> None:
        lines = Lines(connection)
        try:
            while not self._stopping.is_set():
                try:
                    line = lines.next()
                except BadLineError as error:
                    lines.send(_refusal(error))
                    return
                if line is None:
                    return
                lines.send(self._reply(lines, peer, line))
        except GoneError:
            return
        finally:
            with self._lock:
                self._open.pop(connection, None)
            connection.close()

    def _reply(self, lines: Lines, peer: Peer, line: bytes) -> Reply:
        """The (last) reply to a line. Raises :class:`GoneError` alone."""
        try:
            request = parse(line)
        except BadLineError as error:
            return _refusal(error)
        try:
            asker = asker_of(self._rooms, peer, request.auth)
            result = answer(self._verbs, self._rooms, asker, request.verb, request.args)
            if self._verbs[request.verb].streams:
                self._stream(lines, request, result)
                result = None
            return Reply(id=request.id, ok=True, result=plain(result))
        except GoneError:
            raise
        except Exception as error:
            body = error_body(error)
            if body.code == "internal":
                log.error("verb %s failed", request.verb, exc_info=error)
            return Reply(id=request.id, ok=False, error=body)

    def _stream(self, lines: Lines, request: Request, results: Iterator[Any]) -> None:
        """Send each result. A verb yields None when it has nothing new, so that a gone asker is noticed."""
        for result in results:
            if self._stopping.is_set() or lines.hung_up():
                return
            if result is not None:
                lines.send(Reply(id=request.id, ok=True, result=plain(result), end=False))


def _refusal(error: BadLineError) -> Reply:
    return Reply(id=error.id, ok=False, error=error_body(RefusedError(error.code, detail=error.detail)))


def _clear(path: Path) -> None:
    """Remove the socket a killed daemon left behind; refuse when somebody answers on it."""
    with closing(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)) as probe:
        try:
            probe.connect(str(path))
        except FileNotFoundError:
            return
        except OSError:
            path.unlink(missing_ok=True)
            return
    raise AlreadyRunningError(str(path))
