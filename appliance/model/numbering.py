"""How numbers are written in a country, and what they are in E.164 (ITU-T E.164).

The table is ``data/numbering.json``, which names its source. Lines speak the country's own way (``0551234567``), the
site and the history E.164 (``+966551234567``).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

_TABLE: dict[str, dict[str, Any]] = json.loads(
    resources.files("appliance.model").joinpath("data", "numbering.json").read_text("utf-8")
)["countries"]

_SHORTEST = 7
"""Digits of the shortest number that is read as one of another country."""
_EVERYWHERE = ("112", "911")
"""ITU-T E.161.1."""
_LONGEST = 15
"""Digits of the longest number, country code included (ITU-T E.164, 6.1)."""


@dataclass(frozen=True, slots=True)
class Numbering:
    """How a country's numbers are dialled from within it.

    code: country calling code. international, trunk: what is dialled before a foreign and a domestic number; trunk is
    empty where there is no such thing.
    lengths: digits a domestic number may have, trunk prefix not counted. bare: those that cannot be a local number, so
    that a number of so many digits is complete without its trunk prefix. emergency: what people there dial for help;
    there may be more.
    """

    code: str
    international: str
    trunk: str
    lengths: tuple[int, ...]
    bare: tuple[int, ...]
    emergency: tuple[str, ...]


class Reading(NamedTuple):
    """Numbers that begin with ``prefix`` and have ``least`` to ``most`` digits behind it: ``put`` comes in its
    place."""

    prefix: str
    least: int
    most: int
    put: str


def numbering(country: str) -> Numbering | None:
    """Of a country (ISO 3166-1 alpha-2); None for one without telephones of its own."""
    row = _TABLE.get(country)
    if row is None:
        return None
    lengths, bare, emergency = (tuple(row[key]) for key in ("lengths", "bare", "emergency"))
    return Numbering(row["code"], row["international"], row["trunk"], lengths, bare, emergency)


def usual_emergency_numbers(country: str) -> tuple[str, ...]:
    """What people in a country dial for help; where nothing is known, what every mobile telephone takes for it."""
    plan = numbering(country)
    return (plan.emergency if plan is not None else ()) or _EVERYWHERE


@cache
def readings(country: str) -> tuple[Reading, ...]:
    """How digits that a line delivers become E.164, the first that fits; none fits a local or internal number."""
    plan = numbering(country)
    return () if plan is None else tuple(_readings(plan))


def _readings(plan: Numbering) -> Iterator[Reading]:
    yield Reading(plan.international, _SHORTEST, _LONGEST, "+")
    if plan.trunk:
        yield from (Reading(plan.trunk, length, length, f"+{plan.code}") for length in plan.lengths)
    for length in plan.bare:
        yield Reading("", length, length, f"+{plan.code}")
    # Written with the country code and nothing before it, as some exchanges do. Not where that many digits are a
    # complete domestic number.
    for length in plan.lengths:
        if length + len(plan.code) not in plan.lengths:
            yield Reading(plan.code, length, length, f"+{plan.code}")


def e164(digits: str, country: str) -> str | None:
    """What a line of that country delivered, in E.164; None when it is no complete number (withheld, local)."""
    if not digits.isascii():
        return None
    if digits.startswith("+"):
        return digits if digits[1:].isdigit() and _SHORTEST <= len(digits) - 1 <= _LONGEST else None
    if not digits.isdigit():
        return None
    for reading in readings(country):
        rest = digits.removeprefix(reading.prefix)
        if digits.startswith(reading.prefix) and reading.least <= len(rest) <= reading.most:
            return reading.put + rest
    return None


def national(number: str, country: str) -> str | None:
    """The domestic number without trunk prefix of an E.164 number of the country; None for a foreign one."""
    plan = numbering(country)
    if plan is None or not number.startswith(f"+{plan.code}"):
        return None
    rest = number.removeprefix(f"+{plan.code}")
    return rest if len(rest) in plan.lengths else None


def as_dialled(number: str, country: str) -> str:
    """An E.164 number as a telephone in the country dials it: ``+966551234567`` -> ``0551234567``."""
    plan = numbering(country)
    rest = national(number, country)
    if plan is None:
        return number.removeprefix("+")
    return plan.international + number.removeprefix("+") if rest is None else plan.trunk + rest
