"""Matrix Orbital LK204 and relatives: text as it is, commands behind 0xFE.

LK202-25 and LK204-7T-1U manuals, command summary; lcdproc's MtxOrb driver does the same. Keys come as single letters,
by row and column of the keypad. Lamps are left alone: which of the general purpose outputs lights what, and whether
on or off lights it, differs between models.
"""

from __future__ import annotations

from appliance.model.serial_line import Speed
from appliance.render.display.picture import Key, Picture

_COMMAND = 0xFE
_CLEAR, _PLACE, _WRAP_OFF, _SCROLL_OFF = 0x58, 0x47, 0x44, 0x52
_UNDERLINE_OFF, _BLINK_OFF, _LIGHT_ON, _KEYS_ON = 0x4B, 0x54, 0x42, 0x41
KEYS = {
    ord("B"): Key.UP, ord("H"): Key.DOWN, ord("D"): Key.LEFT, ord("C"): Key.RIGHT, ord("E"): Key.ENTER,
    ord("A"): Key.EXIT, ord("G"): Key.EXIT,
}  # fmt: skip
"""Of the seven keys of the LK204-7T-1U, the two at the left both the way back. Assumed: not seen on a display."""


def command(*values: int) -> bytes:
    """One command."""
    return bytes([_COMMAND, *values])


class MatrixOrbital:
    """See :class:`appliance.hardware.display.driver.Driver`."""

    speed = Speed.B19200
    answers = False
    has_keys = True
    acknowledged = 0

    def __init__(self) -> None:
        self._shown: Picture | None = None

    def start(self) -> list[bytes]:
        """Clear, no wrapping, no cursor, light, and keys sent as they are pressed."""
        self._shown = None
        simple = (_CLEAR, _WRAP_OFF, _SCROLL_OFF, _UNDERLINE_OFF, _BLINK_OFF, _KEYS_ON)
        return [*(command(one) for one in simple), command(_LIGHT_ON, 0)]

    def draw(self, picture: Picture) -> list[bytes]:
        """Rows that changed; columns and rows count from 1."""
        before, self._shown = self._shown, picture
        return [
            command(_PLACE, 1, number + 1) + row.encode("ascii")
            for number, row in enumerate(picture.rows)
            if before is None or before.rows[number] != row
        ]

    def take(self, data: bytes) -> list[Key]:
        """Letters of keys; anything else is noise."""
        return [KEYS[byte] for byte in data if byte in KEYS]
