"""The Solar Hijri calendar, in which people write dates in Persian.

Babel formats only Gregorian dates. The arithmetic is the 33-year cycle, which agrees with the astronomical calendar of
Iran for the years 1178 to 1633 (1799 to 2255): K. M. Borkowski, "The Persian calendar for 3000 years", Earth, Moon and
Planets 74 (1996), 223-230. A box lives well inside them.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

MONTHS = (
    "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند",
)  # fmt: skip

_FIRST_OF_1178 = date(1799, 3, 21).toordinal()
_FIRST_YEAR = 1178


class SolarHijri(NamedTuple):
    """A day: year, month from 1, day from 1."""

    year: int
    month: int
    day: int

    @property
    def month_name(self) -> str:
        """The name of the month in Persian."""
        return MONTHS[self.month - 1]


def is_leap(year: int) -> bool:
    """Whether Esfand of that year has thirty days."""
    return (25 * year + 11) % 33 < 8


def of(day: date) -> SolarHijri:
    """The Solar Hijri day of a Gregorian one, from 21 March 1799 on. Raises ``ValueError`` for days before."""
    left = day.toordinal() - _FIRST_OF_1178
    if left < 0:
        raise ValueError(f"{day} is before 1178 of the Solar Hijri calendar")
    year = _FIRST_YEAR
    while left >= (length := 366 if is_leap(year) else 365):
        left -= length
        year += 1
    # Six months of 31 days, then months of 30; Esfand has 29 or 30.
    month, before = (left // 31, left % 31) if left < 186 else (6 + (left - 186) // 30, (left - 186) % 30)
    return SolarHijri(year, month + 1, before + 1)
