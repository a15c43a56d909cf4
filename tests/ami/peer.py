"""The far end of the wire, scripted: sends bytes as Asterisk 22 was recorded to send them, with the ActionID
put in.

It knows nothing of calls: what Asterisk does is tested against Asterisk.
"""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

GREETING = b"Asterisk Call Manager/11.0.0\r\n"
PATIENCE_S = 10.0


class Talk:
    """One accepted connection."""

    def __init__(self, connection: socket.socket) -> None:
        connection.settimeout(PATIENCE_S)
        self.connection = connection
        self._reader = connection.makefile("rb")

    def send(self, text: str) -> None:
        """Messages as written in the test, with the line ends of the wire."""
        self.raw(text.replace("\n", "\r\n").encode())

    def raw(self, data: bytes) -> None:
        """Exactly these bytes."""
        with contextlib.suppress(OSError):
            self.connection.sendall(data)

    def action(self) -> dict[str, str]:
        """The next action; empty when the other side is gone."""
        headers: dict[str, str] = {}
        while True:
            try:
                line = self._reader.readline()
            except OSError:
                return {}
            if not line:
                return {}
            if line == b"\r\n":
                if headers:
                    return headers
                continue
            name, _, value = line.decode().rstrip("\r\n").partition(": ")
            headers[name] = value

    def sign_in(self) -> dict[str, str]:
        """Greet, and accept whoever comes."""
        self.raw(GREETING)
        action = self.action()
        self.send(
            f"Response: Success\nActionID: {action.get('ActionID')}\nMessage: Authentication accepted\n\n"
            "Event: FullyBooted\nPrivilege: system,all\nStatus: Fully Booted\n\n"
        )
        return action

    def pongs(self) -> None:
        """Answer pings, and nothing else, until the other side is gone."""
        while action := self.action():
            if action["Action"] == "Ping":
                self.send(f"Response: Success\nActionID: {action['ActionID']}\nPing: Pong\n\n")

    def end(self) -> None:
        """Close, as a killed Asterisk does."""
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)
        self._reader.close()
        self.connection.close()


class Peer:
    """Listens on loopback; the n-th connection is talked to by the n-th script, the last one again and
    again.
    """

    def __init__(self, *scripts: Callable[[Talk], None]) -> None:
        self._scripts = scripts
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._talks: list[Talk] = []
        self._closing = False
        self.connections = 0
        self.errors: list[BaseException] = []
        self._thread = threading.Thread(target=self._accept, daemon=True)

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._listener.getsockname()[1])

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing = True
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for talk in self._talks:
            talk.end()
        self._thread.join(PATIENCE_S)
        if kind is None and self.errors:
            raise self.errors[0]

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            talk = Talk(connection)
            self._talks.append(talk)
            script = self._scripts[min(self.connections, len(self._scripts) - 1)]
            self.connections += 1
            threading.Thread(target=self._run, args=(script, talk), daemon=True).start()

    def _run(self, script: Callable[[Talk], None], talk: Talk) -> None:
        try:
            script(talk)
        except OSError:
            return
        except BaseException as error:
            if not self._closing:
                self.errors.append(error)


def eventually(what: Callable[[], object], patience_s: float = PATIENCE_S) -> None:
    """Wait until it is so; the limit is reached only by what is broken."""
    deadline = time.monotonic() + patience_s
    while not what():
        assert time.monotonic() < deadline, "it never came to be"
        time.sleep(0.005)
