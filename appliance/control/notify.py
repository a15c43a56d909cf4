"""Telling systemd how the daemon is (sd_notify(3)): one datagram of ``NAME=value`` lines."""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping
from contextlib import suppress


class Notifier:
    """Speaks to the service manager; says nothing where there is none.

    watchdog_s: how long systemd waits for :meth:`alive` before it restarts the daemon; None for ever.
    """

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        path = environment.get("NOTIFY_SOCKET", "")
        self._address = f"\0{path[1:]}" if path.startswith("@") else path  # an abstract one, unix(7)
        microseconds = environment.get("WATCHDOG_USEC", "")
        ours = environment.get("WATCHDOG_PID", str(os.getpid())) == str(os.getpid())
        self.watchdog_s = int(microseconds) / 1e6 if microseconds.isdecimal() and ours else None

    def ready(self) -> None:
        """Start-up is finished."""
        self._send("READY=1")

    def alive(self) -> None:
        """All is well."""
        self._send("WATCHDOG=1")

    def status(self, text: str) -> None:
        """What ``systemctl status`` shows. One line."""
        self._send(f"STATUS={text}")

    def stopping(self) -> None:
        """The daemon is about to end."""
        self._send("STOPPING=1")

    def _send(self, message: str) -> None:
        if not self._address:
            return
        # A manager that is being replaced does not read for a moment; the next message will find it.
        with (
            suppress(OSError),
            socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as manager,
        ):
            manager.settimeout(1.0)
            manager.sendto(message.encode(), self._address)
