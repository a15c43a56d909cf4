"""What is kept of an update between the systems, and what updates see of the box."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import Field

from appliance.apply import durable
from appliance.model.changes import Shown
from appliance.model.texts import sentences
from appliance.model.update import Outcome, Reason, Restart

log = logging.getLogger(__name__)

VERSION_FILE = Path("/usr/share/loopstart/version")
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


def kept(path: Path) -> UpdateState:
    """As it was kept; a new one where there is none that can be read."""
    try:
        return UpdateState.model_validate_json(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return UpdateState()
    except ValueError:
        log.exception("%s cannot be read: it begins anew", path)
        return UpdateState()


def keep(path: Path, state: UpdateState) -> None:
    """Durably: the other system reads it too."""
    path.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
    durable.replace(path, state.model_dump_json().encode(), 0o640)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What updates see of the box. lines: names of spans and D-channels that are up; calls: channels, None if unknown.

    version: of the system that runs; restart: orders a restart; boot_id: of this running time.
    """

    clock: Callable[[], datetime]
    lines: Callable[[], tuple[str, ...]]
    calls: Callable[[], int | None]
    version: str
    restart: Callable[[], object]
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


def boot_id() -> str:
    """Of this running time; another after each start."""
    return BOOT_ID.read_text(encoding="ascii").strip()
