"""Crystalfontz CFA635: packets with a CRC, six keys, four lamps.

CFA635 data sheet, "Host Communications": a packet is type, length of the data (at most 22 bytes), data, and a CRC-16,
low byte first. The two upper bits of the type tell: 00 command, 01 its acknowledgement, 10 a report, 11 an error. The
CRC is that of IrLAP (polynomial x16+x12+x5+1 reflected, from 0xFFFF, inverted), as ITU-T V.42, 8.1.1.6.1.
lcdproc's CFontzPacket driver does the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from appliance.model.serial_line import Speed
from appliance.render.display.picture import COLUMNS, Key, Lamp, Picture

CLEAR, CURSOR_STYLE, KEY_REPORTING, SEND_DATA, SET_LAMP = 6, 12, 23, 31, 34
BACKLIGHT = 14
KEY_REPORT = 0x80
_ACKNOWLEDGED, _KIND = 0x40, 0xC0
_MOST_DATA = 22
_ALL_KEYS = 0x3F
KEYS = {1: Key.UP, 2: Key.DOWN, 3: Key.LEFT, 4: Key.RIGHT, 5: Key.ENTER, 6: Key.EXIT}
"""Presses; 7 to 12 are the releases, in the same order."""
_RED_OF_TOP, _GREEN_OF_TOP = 12, 11
_LIT = {Lamp.OFF: (0, 0), Lamp.GREEN: (100, 0), Lamp.RED: (0, 100), Lamp.AMBER: (50, 100)}
"""Green and red in percent."""


def crc(data: bytes) -> int:
    """CRC-16 of a packet without its CRC."""
    value = 0xFFFF
    for byte in data:
        value ^= byte
        for _ in range(8):
            value = (value >> 1) ^ (0x8408 if value & 1 else 0)
    return value ^ 0xFFFF


def packet(kind: int, data: bytes = b"") -> bytes:
    """A whole packet."""
    body = bytes([kind, len(data)]) + data
    return body + crc(body).to_bytes(2, "little")


class Crystalfontz635:
    """See :class:`appliance.hardware.display.driver.Driver`."""

    speed = Speed.B115200
    answers = True
    has_keys = True

    def __init__(self) -> None:
        self._shown: Picture | None = None
        self._came = b""
        self.acknowledged = 0

    def start(self) -> list[bytes]:
        """Clear, no cursor, light, and every press reported."""
        self._shown, self._came, self.acknowledged = None, b"", 0
        return [
            packet(CLEAR),
            packet(CURSOR_STYLE, b"\0"),
            packet(BACKLIGHT, bytes([100])),
            packet(KEY_REPORTING, bytes([_ALL_KEYS, 0])),
        ]

    def draw(self, picture: Picture) -> list[bytes]:
        """Only the rows and lamps that changed."""
        before, self._shown = self._shown, picture
        messages = [
            packet(SEND_DATA, bytes([0, number]) + row.encode("ascii")[:COLUMNS])
            for number, row in enumerate(picture.rows)
            if before is None or before.rows[number] != row
        ]
        for number, lamp in enumerate(picture.lamps):
            if before is None or before.lamps[number] != lamp:
                green, red = _LIT[lamp]
                messages.append(packet(SET_LAMP, bytes([_GREEN_OF_TOP - 2 * number, green])))
                messages.append(packet(SET_LAMP, bytes([_RED_OF_TOP - 2 * number, red])))
        return messages

    def take(self, data: bytes) -> list[Key]:
        """Keys; other packets are counted or passed over, and what is no packet is skipped byte by byte."""
        self._came += data
        keys = []
        for kind, body in self._packets():
            if kind == KEY_REPORT and len(body) == 1 and body[0] in KEYS:
                keys.append(KEYS[body[0]])
            elif kind & _KIND == _ACKNOWLEDGED:
                self.acknowledged += 1
        return keys

    def _packets(self) -> Iterator[tuple[int, bytes]]:
        while len(self._came) >= 4:
            length = self._came[1]
            if length > _MOST_DATA:
                self._came = self._came[1:]
                continue
            end = 2 + length
            if len(self._came) < end + 2:
                if not self._could_be_whole_later():
                    self._came = self._came[1:]
                    continue
                return
            if crc(self._came[:end]) != int.from_bytes(self._came[end : end + 2], "little"):
                self._came = self._came[1:]
                continue
            kind, body = self._came[0], self._came[2:end]
            self._came = self._came[end + 2 :]
            yield kind, body

    def _could_be_whole_later(self) -> bool:
        """A display sends acknowledgements, errors and three kinds of reports; a command it never sends.

        So noise that looks like the beginning of a long packet does not hold back the keys behind it.
        """
        kind = self._came[0]
        return kind & _KIND in (_ACKNOWLEDGED, 0xC0) or kind in (0x80, 0x81, 0x82)
