"""The box as its people use it: the `loopstart` command, nothing behind its back."""

from __future__ import annotations

import json
import re
import ssl
import subprocess
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Protocol, TypeVar

from appliance.control.messages import ContactView, LiveView
from appliance.model.changes import GenerationState, Outcome
from appliance.model.sip import TLS_PORT
from tests.boxes import wait_until

T = TypeVar("T")
PATIENCE = 6.0
RESTART_S = 300.0
"""Of Asterisk, and of the box's cards with it, in an emulator."""


class Box(Protocol):
    """What a scenario needs of a box; `tests.boxes.Box` is one."""

    @property
    def address(self) -> str: ...

    def exec(
        self, command: Sequence[str], *, input: str | None = None, check: bool = True
    ) -> subprocess.CompletedProcess[str]: ...

    def phone(self, name: str) -> tuple[str, str]: ...


def apply_site(box: Box, text: str) -> None:
    """Make the box what the site file says, and see it confirmed.

    What waits until no call is up for a restart of Asterisk gets it now, and not in the middle of the call to come;
    and it shows then whether Asterisk can run it.
    """
    both = "loopstart site import - >/dev/null && loopstart apply --note 'call scenario' --json"
    outcome = Outcome.model_validate_json(box.exec(["sh", "-c", both], input=text).stdout)
    assert outcome.state == GenerationState.CONFIRMED, f"the site was not taken: {outcome!r}"
    if outcome.pending is not None:
        wait_until(lambda: _json(box, "status")["pending"] is None, f"{outcome.pending} is over", RESTART_S)
        running = _json(box, "status")["generation"]
        assert running == outcome.generation, f"generation {outcome.generation} was taken back, {running} runs"


def certificate(box: Box) -> str:
    """The certificate (PEM) that Asterisk is to show to phones."""
    return box.exec(["cat", "/data/asterisk/keys/box.pem"]).stdout


def shown_certificate(box: Box) -> str | None:
    """The one that a phone is shown over TLS; None when nobody answers there."""
    try:
        return ssl.get_server_certificate((box.address, TLS_PORT), timeout=5)
    except OSError:
        return None


def wait_for_certificate(box: Box) -> None:
    """Wait until the restart that a renewed certificate asks for is over."""
    wait_until(lambda: shown_certificate(box) == certificate(box), "phones are shown the newest certificate", 60)


def authority(box: Box) -> str:
    """The certificate (PEM) of the box's own authority, which people give to their phones."""
    return box.exec(["cat", "/data/asterisk/keys/ca.pem"]).stdout


def live(box: Box) -> LiveView:
    """What is live now."""
    return LiveView.model_validate(_json(box, "calls"))


def history(box: Box, since: datetime) -> list[ContactView]:
    """The contacts that began since then, oldest first."""
    rows = _json(box, "history", "--limit", "1000", "--since", since.isoformat())["contacts"]
    return sorted((ContactView.model_validate(row) for row in rows), key=lambda row: (row.started, row.id))


def wait_for(look: Callable[[], T], right: Callable[[T], bool], otherwise: str) -> T:
    """Look until it is right; raises AssertionError with what was seen last."""
    deadline = time.monotonic() + PATIENCE
    while True:
        seen = look()
        if right(seen):
            return seen
        assert time.monotonic() < deadline, f"{otherwise}; it shows {seen!r}"
        time.sleep(0.1)


def journal(box: Box, since: datetime) -> str:
    """What the box's Asterisk and daemon logged, for a failure message."""
    asked = ["journalctl", "--no-pager", "-o", "short-precise", "-u", "asterisk", "-u", "loopstartd"]
    shown = box.exec([*asked, "--since", f"@{int(since.timestamp())}"], check=False)
    return f"--- journal of the box\n{shown.stdout[-8000:]}{shown.stderr[-500:]}"


def screen_text(header: str) -> str:
    """A From header as a phone's screen shows it: `Name <number>` (RFC 3261, 20.10 and 25.1: quoted
    pairs).
    """
    found = re.match(r'\s*(?:"((?:[^"\\]|\\.)*)"|([^<"]*?))\s*<sips?:([^@>;]+)', header)
    if found is None:
        return header
    name = re.sub(r"\\(.)", r"\1", found[1]) if found[1] is not None else found[2]
    return f"{name} <{found[3]}>" if name else f"<{found[3]}>"


def _json(box: Box, *words: str) -> Any:
    return json.loads(box.exec(["loopstart", *words, "--json"]).stdout)
