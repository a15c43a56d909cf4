"""Exit codes, as ``docs/cli.md`` lists them."""

from __future__ import annotations

from collections.abc import Mapping

OK = 0
REFUSED = 1
"""Refused, with the reason: problems of the site, or the box is not in a state for it."""
USAGE = 2
UNREACHABLE = 3
"""The daemon does not answer."""
NOT_PERMITTED = 4
NOT_FOUND = 5
OVERTAKEN = 6
"""Somebody changed the draft meanwhile."""
NOT_TAKEN = 7
"""Asterisk did not take the change; what ran before runs again."""
INTERNAL = 8
INTERRUPTED = 130

_CODES = {
    "unavailable": UNREACHABLE,
    "timeout": UNREACHABLE,
    "forbidden": NOT_PERMITTED,
    "not_signed_in": NOT_PERMITTED,
    "password_change_needed": NOT_PERMITTED,
    "not_found": NOT_FOUND,
    "overtaken": OVERTAKEN,
    "internal": INTERNAL,
    "protocol": INTERNAL,
    "version": INTERNAL,
    "unknown_verb": INTERNAL,
    "bad_request": INTERNAL,
}


class UsageError(Exception):
    """The command line says something that cannot be meant."""


def code_of(error: str, params: Mapping[str, str | int]) -> int:
    """The exit code of an error of the daemon."""
    if error == "unavailable" and params.get("detail") == "Permission denied":
        return NOT_PERMITTED
    return _CODES.get(error, REFUSED)
