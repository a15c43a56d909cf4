"""A renewed certificate: Asterisk shows the one that it read at its start until it starts again.

Whether it does is seen where it matters, in the TLS handshake that a phone would make. Nothing else tells: the file
does not say which of its contents Asterisk holds, and clocks are set while a box boots.
"""

from __future__ import annotations

import logging
import ssl
from collections.abc import Callable
from pathlib import Path

from appliance.apply.applier import Applier
from appliance.apply.switching import seconds_since_boot
from appliance.model.sip import TLS_PORT

log = logging.getLogger(__name__)

LOOK_EVERY_S = 5.0
HANDSHAKE_S = 5.0


def shown_certificate(host: str = "127.0.0.1", port: int = TLS_PORT) -> str | None:
    """The certificate, in PEM, of whoever listens there; None when nobody answers in TLS."""
    try:
        return ssl.get_server_certificate((host, port), timeout=HANDSHAKE_S)
    except OSError:  # ssl.SSLError and time-outs too
        return None


class Certificate:
    """Asks for a restart when no call is up, once for each certificate. :meth:`tick` is for one thread.

    path: the certificate as Asterisk's TLS transport is told of it. shown: what it shows to phones.
    """

    def __init__(
        self,
        applier: Applier,
        path: Path,
        shown: Callable[[], str | None] = shown_certificate,
        uptime: Callable[[], float] = seconds_since_boot,
    ) -> None:
        self._applier = applier
        self._path = path
        self._shown = shown
        self._uptime = uptime
        self._waits = False
        self._held: str | None = None
        self._asked_for: str | None = None
        self._next_look = 0.0

    @property
    def waits(self) -> bool:
        """Whether Asterisk still shows another certificate than the newest."""
        return self._waits

    def tick(self) -> None:
        """Look, at times, and ask for the restart that is due."""
        now = self._uptime()
        if now < self._next_look or not self._applier.asterisk.answers():
            return
        self._next_look = now + LOOK_EVERY_S
        newest = self._newest()
        if newest is None or newest == self._held or not self._wanted():
            self._waits = False
            return
        held = self._shown()
        if held is None:
            return  # it starts, or its transport is not up: another part of the house sees to that
        self._held = held
        self._waits = held != newest
        if self._waits and self._asked_for != newest and self._applier.restart_asterisk():
            log.info("no call is up: Asterisk restarts for its renewed certificate")
            self._asked_for = newest

    def _newest(self) -> str | None:
        """The certificate in the file; None where there is none that could be shown."""
        try:
            text = self._path.read_text(encoding="ascii")
            return ssl.DER_cert_to_PEM_cert(ssl.PEM_cert_to_DER_cert(text[: _end(text)]))
        except (OSError, ValueError):
            return None

    def _wanted(self) -> bool:
        """Whether the box listens for TLS at all."""
        row = self._applier.store.running()
        return row is not None and self._applier.store.revision_site(row.revision).sip.tls


def _end(text: str) -> int:
    """Where the first certificate of a file ends: the box's own, before those that vouch for it."""
    return text.index(ssl.PEM_FOOTER) + len(ssl.PEM_FOOTER)
