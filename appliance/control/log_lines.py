"""The box's log: lines of journald, read with ``journalctl`` and fixed arguments.

The daemon's unit is in the group ``systemd-journal``, which may read it (systemd-journald.service(8), ACCESS CONTROL).
"""

from __future__ import annotations

import json
from datetime import UTC, datetime

from appliance.control.messages import LogLine
from appliance.control.programs import output_of

_JOURNALCTL = ("/usr/bin/journalctl", "--quiet", "--no-pager", "--system", "--output=json")
_PRIORITIES = ("emerg", "alert", "crit", "err", "warning", "notice", "info", "debug")
"""syslog(3), by number."""
WARNING = 4
EVERYTHING = 7
LONGEST = 2000
"""Characters of one message that are kept."""


def log_lines(limit: int, priority: int = WARNING) -> tuple[LogLine, ...]:
    """The last lines of a priority and graver ones, newest first; none where journald cannot be read."""
    shown = output_of(*_JOURNALCTL, f"--lines={limit}", f"--priority={priority}")
    return tuple(reversed(parse_lines(shown or "")))


def parse_lines(shown: str) -> list[LogLine]:
    """From ``journalctl --output=json``, one object a line; what is not understood is passed over."""
    found = []
    for text in shown.splitlines():
        try:
            entry = json.loads(text)
            found.append(
                LogLine(
                    at=datetime.fromtimestamp(int(entry["__REALTIME_TIMESTAMP"]) / 1e6, UTC),
                    unit=str(entry.get("_SYSTEMD_UNIT") or entry.get("SYSLOG_IDENTIFIER") or "").removesuffix(
                        ".service"
                    ),
                    priority=_PRIORITIES[int(entry.get("PRIORITY", 6))],
                    message=_message(entry.get("MESSAGE")),
                )
            )
        except (ValueError, TypeError, LookupError, OverflowError, AttributeError, OSError):
            continue
    return found


def _message(value: object) -> str:
    """A message with bytes that are no text comes as a list of numbers (systemd.journal-fields(7))."""
    if isinstance(value, list):
        value = bytes(value).decode("utf-8", "replace")
    return str(value or "")[:LONGEST]
