"""What is kept of an update between the systems, and what updates see of the box."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import Field

from appliance.model.changes import Shown
from appliance.model.texts import sentences
from appliance.model.update import Outcome, Reason, Restart

VERSION_FILE = Path("/usr/share/loopstart/version")
RESTART_FILE = Path("/run/loopstart/restart")
"""Written to ask for a restart: systemd watches it (``loopstart-restart.path``)."""
BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
_SIGNATURE = ("signature", "certificate", "verify", "cms")


class UpdateState(Shown):
    """What is kept. boot_id: of the running time in which the restart was ordered. lines: that were up then.

    versions: of the systems, by slot: what a flashed slot holds RAUC does not know."""

    last: Outcome | None = None
    restart: Restart | None = None
    versions: dict[str, str] = Field(default_factory=dict)
    boot_id: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What updates see of the box. lines: names of spans and D-channels that are up; calls: channels, None if unknown.

    version: of the system that runs; restart: orders a restart; boot_id: of this running time.
    """

    clock: Callable[[], datetime]
    lines: Callable[[], tuple[str, ...]]
    calls: Callable[[], int | None]
    version: str
    restart: Callable[[], None]
    boot_id: Callable[[], str]


class Proof(Shown):
    """What a system wrote of itself (``ansible/roles/disk/files/prove.py``). update: the id it was told; stays: it did
    not prove itself and there is no other.
    """

    update: str
    good: bool
    stays: bool = False
    reasons: tuple[Reason, ...] = ()


def texts(reason: Reason) -> dict[str, str]:
    """The sentence of a reason; what the other system said, where this one has no words for it."""
    found = sentences(reason.code, reason.params)
    return {language: reason.said or text for language, text in found.items()} if found["en"] == reason.code else found


def reason(code: str, **params: str | int) -> Reason:
    return Reason(code=code, params=params)


def refusal(said: str) -> str:
    """Which of RAUC's refusals this is, by its words (rauc 1.13, src/bundle.c, src/signature.c, src/install.c)."""
    low = said.lower()
    if any(word in low for word in _SIGNATURE):
        return "update_signature"
    return "update_hardware_said" if "compatible" in low else "update_failed"


def system_version() -> str:
    """Of the system that runs, with the key of its content; ``0+source`` where there is no image."""
    try:
        return VERSION_FILE.read_text(encoding="utf-8").strip() or "0+source"
    except OSError:
        return "0+source"


def order_restart() -> None:
    """Ask systemd for it."""
    RESTART_FILE.touch(mode=0o640)


def boot_id() -> str:
    """Of this running time; another after each start."""
    return BOOT_ID.read_text(encoding="ascii").strip()
