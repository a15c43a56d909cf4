"""How telephone lines behave in a country: tones, impedance, caller ID, what ends a call.

The table is ``data/line_standards.json``, one entry for each country that has a DAHDI tone zone; every value with its
source.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class CallerIdSignalling(StrEnum):
    """How a line sends the caller's number (chan_dahdi's ``cidsignalling``)."""

    BELL = "bell"
    V23 = "v23"
    V23_JP = "v23_jp"
    DTMF = "dtmf"


class CallerIdStart(StrEnum):
    """What announces the caller's number (chan_dahdi's ``cidstart``)."""

    RING = "ring"
    POLARITY = "polarity"
    POLARITY_IN = "polarity_IN"
    DTMF = "dtmf"


@dataclass(frozen=True, slots=True)
class LineStandard:
    """What a country's lines do.

    tone_zone: DAHDI's name (``uk``). opermode: of the drivers of FXO modules (``UK``).
    busy_pattern: tone and silence in milliseconds, empty when the tone is told by its cadence alone.
    digital: what a primary rate line is there: ``e1``, ``t1`` or ``j1``. law: ``alaw`` or ``mulaw``.
    """

    country: str
    tone_zone: str
    opermode: str
    caller_id_signalling: CallerIdSignalling
    caller_id_start: CallerIdStart
    answer_on_polarity: bool
    hang_up_on_polarity: bool
    busy_count: int
    busy_pattern: tuple[int, ...]
    digital: str
    law: str
