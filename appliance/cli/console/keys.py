"""From the bytes of a terminal to keys. A key is a character, or one of the names in :data:`NAMES`.

Cursor keys as VT100 sends them in either mode (``ESC [ A``, ``ESC O A``) and the page keys of VT220; xterm's forms with
modifiers are the same keys. Every other sequence is swallowed whole, so that noise on a line types nothing.
"""

from __future__ import annotations

import codecs
import unicodedata

NAMES = frozenset({"up", "down", "pageup", "pagedown", "home", "end", "enter", "escape", "backspace", "redraw", "quit"})
_FINALS = {"A": "up", "B": "down", "H": "home", "F": "end"}
_TILDES = {"1": "home", "4": "end", "5": "pageup", "6": "pagedown", "7": "home", "8": "end"}
_CONTROLS = {"\r": "enter", "\n": "enter", "\x7f": "backspace", "\b": "backspace", "\x0c": "redraw",
             "\x04": "quit"}  # fmt: skip
_LONGEST = 32
"""Characters of one sequence; a longer one is noise."""


class Keys:
    """Takes bytes as they come, in whatever pieces."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._begun = ""

    @property
    def waits(self) -> bool:
        """Whether an escape sequence has begun: if nothing follows soon, it was the Escape key."""
        return bool(self._begun)

    def feed(self, data: bytes) -> list[str]:
        """The keys that are complete now."""
        return [key for character in self._decoder.decode(data) if (key := self._taken(character))]

    def pause(self) -> list[str]:
        """Nothing came for a moment."""
        begun, self._begun = self._begun, ""
        return ["escape"] if begun == "\x1b" else []

    def _taken(self, character: str) -> str | None:
        if not self._begun:
            if character == "\x1b":
                self._begun = character
                return None
            return _CONTROLS.get(character) or (character if _types(character) else None)
        if character == "\x1b":
            first, self._begun = self._begun == "\x1b", character
            return "escape" if first else None
        self._begun += character
        if len(self._begun) == 2:
            if character in "[O":
                return None
            self._begun = ""  # Alt with a key: no key of ours
            return None
        if "@" <= character <= "~" or len(self._begun) > _LONGEST:
            sequence, self._begun = self._begun, ""
            return _named(sequence)
        return None


def _named(sequence: str) -> str | None:
    if sequence[-1] == "~":
        return _TILDES.get(sequence[2:-1].partition(";")[0])
    return _FINALS.get(sequence[-1])


def _types(character: str) -> bool:
    """Whether it is something one types; what could not be decoded is not."""
    return unicodedata.category(character)[0] != "C" and character != "\ufffd"


def letter(key: str) -> str:
    """A key as menus compare it: digits of every script as 0-9, letters small."""
    if len(key) == 1 and (digit := unicodedata.digit(key, None)) is not None:
        return str(digit)
    return key.lower()
