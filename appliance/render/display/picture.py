"""What a display shows at one moment, in characters that every one of them has.

Character displays carry one alphabet in their ROM: the HD44780's (code A00) is ASCII with kana, the CFA635's is Latin
with Greek. None has Arabic or Chinese, and eight characters of one's own are too few to draw them. So the panel speaks
English, and what is not ASCII is spelled in it. Of ASCII only what both ROMs draw alike is used: the HD44780 has a yen
sign and arrows for ``\\ ~``, the CFA635 other signs for ``$ @ [ \\ ] ^ _ ` { | } ~``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

ROWS, COLUMNS = 4, 20
_INSTEAD = str.maketrans({"_": "-", "[": "(", "]": ")", "{": "(", "}": ")", "|": "/", "\\": "/", "`": "'", "^": "'"})
_NOT_DRAWN = re.compile(r"[^ -#%-?A-Z'a-z]")


class Lamp(StrEnum):
    """One light."""

    OFF = "off"
    GREEN = "green"
    RED = "red"
    AMBER = "amber"


class Key(StrEnum):
    """The keys of a panel."""

    UP = "up"
    DOWN = "down"
    LEFT = "left"
    RIGHT = "right"
    ENTER = "enter"
    EXIT = "exit"


@dataclass(frozen=True, slots=True)
class Picture:
    """rows: four strings of exactly twenty drawable characters. lamps: four, from the top."""

    rows: tuple[str, ...] = (" " * COLUMNS,) * ROWS
    lamps: tuple[Lamp, ...] = (Lamp.OFF,) * 4


def picture(rows: Sequence[str], lamps: tuple[Lamp, ...] = (Lamp.OFF,) * 4) -> Picture:
    """Rows cut or filled to their width; rows that are missing are empty, further ones are left out."""
    shown = [fit(row) for row in rows[:ROWS]]
    return Picture((*shown, *[" " * COLUMNS] * (ROWS - len(shown))), lamps)


def fit(text: str, width: int = COLUMNS) -> str:
    """Exactly so many characters that every display can draw."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return _NOT_DRAWN.sub("?", plain.translate(_INSTEAD))[:width].ljust(width)


def columns(left: str, right: str) -> str:
    """A row with a text at either end; what is too long is cut on the left."""
    room = max(0, COLUMNS - len(right))
    return f"{left[: max(0, room - 1)].ljust(room)}{right}"[:COLUMNS]
