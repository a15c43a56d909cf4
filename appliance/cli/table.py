"""Tables that fit a terminal of 80 columns."""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

NARROWEST = 6
"""Cells; a column is never cut below this."""
GAP = "  "


def table(headings: Sequence[str], rows: Iterable[Sequence[object]], width: int | None = None) -> str:
    """Rows under their headings. The widest columns are cut until the table fits ``width`` (the terminal's).

    The last column is not filled up with spaces. Line breaks and control characters in a cell are shown as
    ``·``.
    """
    width = width or shutil.get_terminal_size((80, 24)).columns
    lines = [[_plain(heading) for heading in headings], *([_plain(cell) for cell in row] for row in rows)]
    widths = [max(cells(line[column]) for line in lines) for column in range(len(headings))]
    while sum(widths) + len(GAP) * (len(widths) - 1) > width and max(widths) > NARROWEST:
        widths[widths.index(max(widths))] -= 1
    return "\n".join(
        GAP.join(_fitted(cell, size) for cell, size in zip(line, widths, strict=True)).rstrip() for line in lines
    )


def pairs(rows: Iterable[tuple[str, object]]) -> str:
    """Names and values, the values under one another."""
    shown = [(name, _plain(value)) for name, value in rows]
    size = max((cells(name) for name, _ in shown), default=0)
    return "\n".join(f"{_fitted(name, size)}{GAP}{value}".rstrip() for name, value in shown)


def cells(text: str) -> int:
    """How many cells of a terminal a text takes: two for wide characters, none for marks (Unicode UAX 11)."""
    return sum(map(_cells_of, text))


def cut(text: str, size: int) -> str:
    """The longest beginning of a text that takes no more than so many cells."""
    taken = 0
    for place, character in enumerate(text):
        taken += _cells_of(character)
        if taken > size:
            return text[:place]
    return text


@lru_cache(maxsize=4096)
def _cells_of(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Mn"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def _plain(value: object) -> str:
    if value is None:
        return ""
    return "".join(
        "·" if unicodedata.category(character) in ("Cc", "Zl", "Zp") else character for character in str(value)
    )


def _fitted(text: str, size: int) -> str:
    """Cut to so many cells, the cut marked, or filled up with spaces."""
    if cells(text) > size:
        text = cut(text, size - 1) + "…"
    return text + " " * (size - cells(text))
