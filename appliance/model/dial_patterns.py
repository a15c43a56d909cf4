"""Patterns of dialled numbers: ``NXXXXXX``, ``00.``, ``0[1-5]XXXXXXX``."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Annotated, NamedTuple

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from appliance.model.fields import Rule

_DIGITS = "0123456789"
_LETTERS = {"X": frozenset(_DIGITS), "Z": frozenset(_DIGITS[1:]), "N": frozenset(_DIGITS[2:])}
_PLACE = re.compile(r"\[([0-9\-]+)\]|([0-9XZN])|(\.)")
_RANGE = re.compile(r"([0-9])-([0-9])|([0-9])")


class Parsed(NamedTuple):
    """A pattern, place by place: the digits each may be. open: one digit or more may follow."""

    places: tuple[frozenset[str], ...]
    open: bool


@lru_cache(maxsize=4096)
def parsed(pattern: str) -> Parsed:
    """Read a pattern that keeps the rule of the field."""
    places: list[frozenset[str]] = []
    is_open = False
    for inside, single, dot in _PLACE.findall(pattern):
        if dot:
            is_open = True
        elif inside:
            digits: set[str] = set()
            for first, last, alone in _RANGE.findall(inside):
                digits.update(alone or _DIGITS[int(first) : int(last) + 1])
            places.append(frozenset(digits))
        else:
            places.append(_LETTERS.get(single, frozenset(single)))
    return Parsed(tuple(places), is_open)


def fits(pattern: str, number: str) -> bool:
    """Whether a dialled number fits a pattern."""
    places, is_open = parsed(pattern)
    long_enough = len(number) > len(places) if is_open else len(number) == len(places)
    return (
        long_enough and number.isdecimal() and all(digit in place for digit, place in zip(number, places, strict=False))
    )


def covers(wide: str, narrow: str) -> bool:
    """Whether every number that fits ``narrow`` fits ``wide`` too."""
    outer, inner = parsed(wide), parsed(narrow)
    if outer.open:
        # What stands for the dot takes any digit, and at least one.
        if len(inner.places) + inner.open <= len(outer.places):
            return False
    elif inner.open or len(inner.places) != len(outer.places):
        return False
    return all(theirs <= ours for ours, theirs in zip(outer.places, inner.places, strict=False)) and (
        len(inner.places) >= len(outer.places)
    )


def shortest(pattern: str) -> int:
    """Digits of the shortest number that fits."""
    places, is_open = parsed(pattern)
    return len(places) + is_open


def _ranges(pattern: str) -> str:
    """A set must hold something: no range runs backwards."""
    if any(not place for place in parsed(pattern).places):
        raise PydanticCustomError("dial_pattern_range", "a range runs backwards", {})
    return pattern


_SET = r"\[([0-9](\-[0-9])?){1,10}\]"
DialPattern = Annotated[str, Rule("dial_pattern", rf"^([0-9XZN]|{_SET}){{1,20}}\.?$", 1, 60), AfterValidator(_ranges)]
