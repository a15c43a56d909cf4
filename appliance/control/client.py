"""Asking the daemon: what the web, the API and the command line use.

::

    client = ControlClient(auth=Auth(session=token, address="192.0.2.7"))
    client.ask("extension.get", number="101")
    for view in client.watch("live.watch"): ...

Each call opens a connection of its own, which costs some tens of microseconds on a Unix socket and leaves
nothing to be repaired after a restart of the daemon. A client is therefore safe to share between threads.
"""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from appliance.control.messages import MAX_LINE, SOCKET_PATH, Auth, ErrorBody, Reply, Request
from appliance.model.changes import ProblemShown
from appliance.model.texts import sentences

TIMEOUT_S = 60.0
"""An apply at 5,000 extensions with a slow probe fits well inside."""


class ControlError(Exception):
    """The daemon said no, or could not be asked (``unavailable``, ``timeout``, ``protocol``).

    text: the sentence in each language, possibly empty; problems: with the code ``problems``.
    """

    def __init__(
        self,
        code: str,
        params: dict[str, str | int] | None = None,
        problems: tuple[ProblemShown, ...] = (),
        text: dict[str, str] | None = None,
    ) -> None:
        self.code = code
        self.params = params or {}
        self.problems = problems
        self.text = text or {}
        super().__init__(self.text.get("en") or code)

    @classmethod
    def of(cls, body: ErrorBody) -> ControlError:
        """From what the daemon sent."""
        return cls(body.code, body.params, body.problems, body.text)


class ControlClient:
    """A way to ask the daemon as one asker.

    socket_path: of the daemon; auth: None at the local console; timeout: seconds for one answer.
    """

    def __init__(
        self, socket_path: str | Path = SOCKET_PATH, auth: Auth | None = None, timeout: float = TIMEOUT_S
    ) -> None:
        self._path = str(socket_path)
        self._auth = auth
        self._timeout = timeout

    def with_auth(self, auth: Auth | None) -> ControlClient:
        """The same daemon asked by another."""
        return ControlClient(self._path, auth, self._timeout)

    def ask(self, verb: str, /, **args: Any) -> Any:
        """Ask once; the result as plain JSON types. Raises :class:`ControlError`."""
        with closing(self._connected()) as connection:
            _send(connection, self._request(verb, args))
            return _result(next(_replies(connection)))

    def watch(self, verb: str, /, **args: Any) -> Watch:
        """Ask a verb that streams; each result as it comes."""
        return Watch(self._connected, self._request(verb, args))

    def _request(self, verb: str, args: dict[str, Any]) -> Request:
        return Request(id="1", verb=verb, args=args, auth=self._auth)

    def _connected(self) -> socket.socket:
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(self._timeout)
        try:
            connection.connect(self._path)
        except OSError as error:
            connection.close()
            raise _failed("unavailable", detail=error.strerror or str(error)) from error
        return connection


class Watch(Iterator[Any]):
    """The results of a verb that streams, until the daemon ends them or :meth:`end` does.

    Asked with the first ``next``, which as every later one may raise :class:`ControlError`. Between two results there
    may pass any time; the daemon sends at least one every 15 seconds. ``ended``: :meth:`end` was called.
    """

    def __init__(self, connect: Callable[[], socket.socket], request: Request) -> None:
        self._connect = connect
        self._request = request
        self._connection: socket.socket | None = None
        self.ended = False
        self._results = self._each()

    def __next__(self) -> Any:
        return next(self._results)

    def end(self) -> None:
        """End it, from any thread: one that waits for the next result waits no longer and finds no more."""
        self.ended = True
        if (connection := self._connection) is not None:
            # Closing would not wake who waits for it, and its number could be another file's by then.
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Give the connection back, in the thread that reads it."""
        self._results.close()

    def _each(self) -> Generator[Any]:
        with closing(self._connect()) as connection:
            self._connection = connection
            try:
                _send(connection, self._request)
                for reply in _replies(connection):
                    if not reply.ok or not reply.end:
                        yield _result(reply)
                    if reply.end or self.ended:
                        return
            except ControlError:
                if not self.ended:
                    raise


def _send(connection: socket.socket, request: Request) -> None:
    line = request.model_dump_json().encode() + b"\n"
    if len(line) > MAX_LINE:
        raise _failed("line_too_long", max=MAX_LINE)
    try:
        connection.sendall(line)
    except OSError as error:
        raise _lost(error) from error


def _replies(connection: socket.socket) -> Iterator[Reply]:
    with connection.makefile("rb") as stream:
        while True:
            try:
                line = stream.readline(MAX_LINE + 1)
            except OSError as error:
                raise _lost(error) from error
            if not line.endswith(b"\n"):
                raise _failed("unavailable", detail="the connection ended")
            try:
                yield Reply.model_validate(json.loads(line))
            except (ValueError, ValidationError) as error:
                raise _failed("protocol") from error


def _result(reply: Reply) -> Any:
    if not reply.ok:
        raise ControlError.of(reply.error or ErrorBody(code="internal"))
    return reply.result


def _lost(error: OSError) -> ControlError:
    if isinstance(error, TimeoutError):
        return _failed("timeout")
    return _failed("unavailable", detail=error.strerror or str(error))


def _failed(code: str, **params: str | int) -> ControlError:
    """An error that did not come from the daemon, with the same words as one that did."""
    return ControlError(code, params, text=sentences(code, params))
