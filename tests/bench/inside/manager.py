"""Asterisk's manager interface, asked from inside the box with the daemon's own account.

A reader of its own, because what is timed here is Asterisk, not the daemon's connection to it.
"""

from __future__ import annotations

import re
import socket
import time
from pathlib import Path
from types import TracebackType
from typing import Self

CURRENT = Path("/data/generations/current")
TIMEOUT_S = 30.0


class Manager:
    """A signed-in connection. Use as a context manager. events: whether Asterisk shall send them."""

    def __init__(self, *, events: bool = False) -> None:
        secret = re.search(r"^secret = (\S+)", (CURRENT / "asterisk/manager.conf").read_text(), re.MULTILINE)
        assert secret is not None
        self._socket = socket.create_connection(("127.0.0.1", 5038), TIMEOUT_S)
        self._stream = self._socket.makefile("rb")
        self._stream.readline()
        self.ask(Action="Login", Username="loopstart", Secret=secret[1], Events="on" if events else "off")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stream.close()
        self._socket.close()

    def ask(self, **action: str) -> dict[str, str]:
        """Send an action and give back its answer. Raises RuntimeError when it is refused."""
        text = "".join(f"{name}: {value}\r\n" for name, value in action.items())
        self._socket.sendall(f"{text}\r\n".encode())
        while True:
            answer = self._message()
            if "Response" in answer:
                if answer["Response"] != "Success":
                    raise RuntimeError(f"{action['Action']} was refused: {answer}")
                return answer

    def count_events(self, seconds: float) -> int:
        """How many events come within so many seconds."""
        deadline = time.monotonic() + seconds
        counted = 0
        while (left := deadline - time.monotonic()) > 0:
            self._socket.settimeout(left)
            try:
                counted += "Event" in self._message()
            except TimeoutError:
                break
        return counted

    def _message(self) -> dict[str, str]:
        message: dict[str, str] = {}
        while (line := self._stream.readline()) not in (b"\r\n", b""):
            name, _, value = line.decode("utf-8", "replace").partition(":")
            message[name.strip()] = value.strip()
        if not line:
            raise RuntimeError("the manager connection ended")
        return message
