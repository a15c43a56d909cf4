"""Which Asterisk is connected: asked once per connection."""

from __future__ import annotations

import threading

from appliance.ami.actions import CoreSettings
from appliance.ami.connection import AmiError, Connected, Connection, Lost, Notice


class AsteriskVersion:
    """Remembers the version until the connection is lost. Safe to use from any thread."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._lock = threading.Lock()
        self._version: str | None = None
        connection.subscribe(self._on_notice)

    def __call__(self) -> str | None:
        """The version, e.g. ``22.10.1``; None while Asterisk does not answer."""
        with self._lock:
            if self._version is None:
                try:
                    answer = self._connection.send(CoreSettings())
                except AmiError:
                    return None
                self._version = answer.header("AsteriskVersion") or None
            return self._version

    def _on_notice(self, notice: Notice) -> None:
        if isinstance(notice, Connected | Lost):
            with self._lock:
                self._version = None
