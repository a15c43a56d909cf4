"""How a serial line can be set. ``9600 8N1``, ``1200 7E1`` and ``1200 8N2`` are all in the field."""

from __future__ import annotations

from enum import IntEnum, StrEnum


class Speed(IntEnum):
    """Bits a second."""

    B300 = 300
    B600 = 600
    B1200 = 1200
    B2400 = 2400
    B4800 = 4800
    B9600 = 9600
    B19200 = 19200
    B38400 = 38400
    B57600 = 57600
    B115200 = 115200


class CharacterFrame(StrEnum):
    """Data bits, parity (none, even, odd) and stop bits of a character."""

    F7N1 = "7N1"
    F7N2 = "7N2"
    F7E1 = "7E1"
    F7E2 = "7E2"
    F7O1 = "7O1"
    F7O2 = "7O2"
    F8N1 = "8N1"
    F8N2 = "8N2"
    F8E1 = "8E1"
    F8E2 = "8E2"
    F8O1 = "8O1"
    F8O2 = "8O2"


class FlowControl(StrEnum):
    """How the far end holds the box back: not at all, by a wire (RTS/CTS), or by characters (XON/XOFF)."""

    NONE = "none"
    RTSCTS = "rtscts"
    XONXOFF = "xonxoff"
