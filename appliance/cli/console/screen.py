"""What may stand on a terminal, and how it is cut to its lines.

Nothing that comes from data can move a cursor, ring a bell or turn a line around: it passes :func:`clean` where it is
put into a line, and :func:`encoded` once more on its way out.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from appliance.cli.table import cells, cut

COLUMNS, ROWS = 78, 24
"""Two columns less than a terminal has: one that gives a cell to a mark which has none still does not wrap the line."""
BODY_ROWS = ROWS - 4

_JOINERS = frozenset("\u200c\u200d")
"""Persian is not written without them."""
_ISOLATES = frozenset("\u2068\u2069\u200f")
RIGHT_TO_LEFT_MARK = "\u200f"
_PLAIN = str.maketrans({"…": "~", "·": ".", "–": "-", "—": "-", "“": '"', "”": '"', "‘": "'", "’": "'", "─": "-"})
_REVERSE, _NORMAL = "\x1b[7m", "\x1b[m"


class Charset(Enum):
    """What a terminal can show."""

    ASCII = "ascii"
    VGA = "vga"
    """The Linux console with the kernel's own font, which is that of code page 437 (vt(4), Documentation of the kernel:
    lib/fonts/font_8x16.c)."""
    UTF8 = "utf8"


@dataclass(frozen=True, slots=True)
class Screen:
    """:data:`ROWS` lines of at most :data:`COLUMNS` cells. picture: a QR code, which wants light on dark."""

    lines: tuple[str, ...]
    picture: bool = False


def clean(value: object) -> str:
    """Data as text of one line: a control character, also one of direction, shows as ``·``."""
    return "".join(
        character if character in _JOINERS or not _moves(character) else "·"
        for character in ("" if value is None else str(value))
    )


def encoded(line: str, charset: Charset, *, picture: bool = False) -> bytes:
    """A line as the terminal takes it, without the sequence that puts it in its place."""
    line = "".join("·" if _moves(one) and one not in _JOINERS | _ISOLATES else one for one in line)
    if charset is Charset.UTF8:
        return line.encode()
    line = "".join(one for one in line if one not in _JOINERS | _ISOLATES)
    if charset is Charset.VGA:
        return "".join(one if _in_vga(one) else one.translate(_PLAIN) for one in line).encode("utf-8")
    if picture:
        return line.replace("█", f"{_REVERSE} {_NORMAL}").replace(f"{_NORMAL}{_REVERSE}", "").encode("ascii", "replace")
    return line.translate(_PLAIN).encode("ascii", "replace")


def fitted(line: str, size: int = COLUMNS) -> str:
    """Cut to so many cells, the cut marked."""
    if cells(line) <= size:
        return line
    line = cut(line, size - 1)
    return line + "…" + "\u2069" * (line.count("\u2068") - line.count("\u2069"))


def wrapped(text: str, size: int = COLUMNS) -> list[str]:
    """A sentence over as many lines as it needs; one word that is too long is broken."""
    lines, line = [], ""
    for word in _words(text, size):
        joined = f"{line} {word}" if line else word
        if cells(joined) <= size:
            line = joined
        else:
            lines.append(line)
            line = word
    return [*lines, line] if line else lines


def columns(rows: Iterable[tuple[str, ...]], size: int = COLUMNS) -> list[str]:
    """Cells under one another, the last column as wide as is left."""
    listed = list(rows)
    if not listed:
        return []
    widths = [min(max(cells(row[index]) for row in listed), size // 2) for index in range(len(listed[0]) - 1)]
    return [
        fitted("  ".join([*(_filled(cell, width) for cell, width in zip(row, widths, strict=False)), row[-1]]), size)
        for row in listed
    ]


def _filled(text: str, size: int) -> str:
    text = fitted(text, size)
    return text + " " * (size - cells(text))


def _words(text: str, size: int) -> Iterable[str]:
    for word in text.split():
        while cells(word) > size:
            part = word
            while cells(part) > size:
                part = part[: len(part) * size // cells(part)] or part[:1]
            yield part
            word = word[len(part) :]  # noqa: PLW2901  # what is left of it
        yield word


def _moves(character: str) -> bool:
    """Control, format, surrogate, private use, unassigned, separators of lines (Unicode, general categories)."""
    return unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def _in_vga(character: str) -> bool:
    try:
        character.encode("cp437")
    except UnicodeEncodeError:
        return False
    return True
