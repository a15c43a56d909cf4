"""HD44780 displays behind a serial board that passes on text, and instructions of the controller behind 0xFE.

Hitachi HD44780U data sheet, table 6 (instructions) and "20-character x 4-line" (addresses of the rows: the third goes
on where the first ends). Boards: lcdproc's hd44780-serial.h, ``lcdserializer``, ``pertelian`` and the like. No keys
and no lamps, so that the pages turn by themselves.
"""

from __future__ import annotations

from appliance.model.serial_line import Speed
from appliance.render.display.picture import Key, Picture

_INSTRUCTION = 0xFE
_CLEAR, _LEFT_TO_RIGHT, _ON_WITHOUT_CURSOR, _TWO_LINES, _ADDRESS = 0x01, 0x06, 0x0C, 0x38, 0x80
ROW_ADDRESSES = (0x00, 0x40, 0x14, 0x54)


def instruction(value: int) -> bytes:
    """One instruction of the controller."""
    return bytes([_INSTRUCTION, value])


class Hd44780Serial:
    """See :class:`appliance.hardware.display.driver.Driver`."""

    speed = Speed.B9600
    answers = False
    has_keys = False
    acknowledged = 0

    def __init__(self) -> None:
        self._shown: Picture | None = None

    def start(self) -> list[bytes]:
        """Two lines (which are four), cursor off, clear."""
        self._shown = None
        return [instruction(one) for one in (_TWO_LINES, _ON_WITHOUT_CURSOR, _LEFT_TO_RIGHT, _CLEAR)]

    def draw(self, picture: Picture) -> list[bytes]:
        """Rows that changed."""
        before, self._shown = self._shown, picture
        return [
            instruction(_ADDRESS | ROW_ADDRESSES[number]) + row.encode("ascii")
            for number, row in enumerate(picture.rows)
            if before is None or before.rows[number] != row
        ]

    def take(self, data: bytes) -> list[Key]:
        """It has no keys: whatever comes is noise."""
        return []
