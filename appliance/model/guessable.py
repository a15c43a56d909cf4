"""Secrets that somebody would try first. A telephone system is broken into for the calls it can make."""

from __future__ import annotations

import re

from appliance.model.extensions import Extension
from appliance.model.problems import Path, Problem

GOOD_SECRET_LENGTH = 10
_LEFT_OVER = 6
"""Characters a secret must have beside the extension's own number and name."""
_DISTINCT = 5
_NAMED = 3
"""From this length on, a number or name found inside a secret is hardly there by chance. Beside enough else
it does no harm: who knows it still has to guess the rest.
"""
_TRIED_FIRST = re.compile("password|passw0rd|asterisk|change-?me|qwerty|letmein|welcome|secret")
_RUNS = frozenset(
    "".join(str((first + step * place) % 10) for place in range(length))
    for first in range(10)
    for step in (0, 1, -1)
    for length in range(4, 11)
)
"""PINs of one digit, and straight ones, up and down and over the nought (7890)."""


def secret_problem(extension: Extension, at: Path) -> Problem | None:
    """The gravest weakness of an extension's SIP password, if it has any.

    What an attacker's list holds is an error: the box would be found within hours of being reachable. What
    is only poor is a warning, because phones that are already on the wall may carry it.
    """
    secret = extension.secret
    if secret is None:
        return None
    path = (*at, "secret")
    if secret.isdigit():
        return Problem(path, "secret_digits_only")
    folded = secret.casefold()
    left_over = folded
    named = False
    for word in (extension.number, *extension.name.casefold().split()):
        if word in left_over:
            left_over = left_over.replace(word, "")
            named = named or len(word) >= _NAMED
    left_over = _TRIED_FIRST.sub("", left_over)
    if len(left_over) < _LEFT_OVER or len(set(folded)) < _DISTINCT:
        return Problem(path, "secret_guessable")
    if len(secret) < GOOD_SECRET_LENGTH:
        return Problem(path, "secret_short", {"min": GOOD_SECRET_LENGTH}, "warning")
    if named and len(left_over) < GOOD_SECRET_LENGTH:
        return Problem(path, "secret_names_extension", {"number": extension.number}, "warning")
    return None


def pin_problem(extension: Extension, at: Path) -> Problem | None:
    """The gravest weakness of a mailbox's PIN, if it has any: the ones every thief tries first are errors."""
    pin = extension.voicemail.pin
    if pin is None:
        return None
    path = (*at, "voicemail", "pin")
    if pin.strip("0") == extension.number.strip("0") or pin == extension.number[::-1]:
        return Problem(path, "pin_is_number", {"number": extension.number})
    if pin in _RUNS:
        return Problem(path, "pin_one_digit" if pin[0] == pin[1] else "pin_sequence")
    if len(extension.number) >= _NAMED and extension.number in pin:
        return Problem(path, "pin_contains_number", {"number": extension.number}, "warning")
    return None
