"""What must be known after a crash and is in no database row: two small notes beside the generations.

:class:`Doubt` is written before ``current`` moves and removed when Asterisk is known to run what it points
at. While it is there, Asterisk may hold parts of another generation in memory.

:class:`Waiting` says which generation's files Asterisk read at its last start, as long as files differ that
it reads only then.

Each note is one JSON file, replaced whole (written beside, fsync, rename, fsync of the directory). Its removal
is not waited for: a note that a power cut brings back costs a reload, or a look at Asterisk, and no more.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from appliance.apply.durable import remove, replace


@dataclass(frozen=True, slots=True)
class Doubt:
    """Asterisk may not run what ``current`` points at.

    other: the generation parts of which it may have in memory; None when that is not known.
    modules: to be reloaded to be sure, in any order.
    unproven: the current generation was never probed; when Asterisk does not take it, the one before is
    tried.
    """

    other: int | None
    modules: tuple[str, ...]
    unproven: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """Files differ that Asterisk has not read again yet.

    base: the generation it has read those files of; since: seconds on the clock of the box's uptime
    (CLOCK_BOOTTIME)
    when they last changed: an Asterisk started later than that has read them.
    """

    base: int
    since: float


class Journal:
    """The notes of one generations directory."""

    def __init__(self, root: Path) -> None:
        self._doubt = root / ".doubt.json"
        self._waiting = root / ".waiting.json"

    def doubt(self) -> Doubt | None:
        """The doubt, if any. A note that cannot be read is a doubt about everything."""
        try:
            note = _read(self._doubt)
            return note and Doubt(note["other"], tuple(note["modules"]), note["unproven"])
        except (ValueError, KeyError):
            return Doubt(None, ())

    def set_doubt(self, doubt: Doubt | None) -> None:
        """Write the doubt durably, and with it every name in the generations directory; or remove it."""
        _replace(self._doubt, None if doubt is None else asdict(doubt))

    def waiting(self) -> Waiting | None:
        """What waits for a restart, if anything."""
        try:
            note = _read(self._waiting)
            return note and Waiting(note["base"], note["since"])
        except (ValueError, KeyError):
            return None

    def set_waiting(self, waiting: Waiting | None) -> None:
        """Write the note durably, or remove it."""
        _replace(self._waiting, None if waiting is None else asdict(waiting))


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None


def _replace(path: Path, note: dict[str, Any] | None) -> None:
    if note is None:
        remove(path)
    else:
        replace(path, json.dumps(note).encode(), 0o640)
