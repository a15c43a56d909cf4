"""How a span is just now: alarms, errors counted, clock, and what its channels do. Frozen; made by
:mod:`appliance.hardware.span_states`.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum


class SpanAlarm(StrEnum):
    """What DAHDI raises. On an FXO port ``red`` means that there is no line voltage.

    Source: dahdi-linux, include/dahdi/user.h, DAHDI_ALARM_*.
    """

    RED = "red"
    """No usable signal comes in."""
    YELLOW = "yellow"
    """The far end says that it hears nothing."""
    BLUE = "blue"
    """The far end is there and sends nothing but ones."""
    LOOPBACK = "loopback"
    RECOVERING = "recovering"
    NOT_OPEN = "not_open"
    LOSS_OF_SIGNAL = "loss_of_signal"
    LOSS_OF_FRAME = "loss_of_frame"
    LOSS_OF_MULTIFRAME = "loss_of_multiframe"


ALARM_BITS: tuple[tuple[int, SpanAlarm], ...] = (
    (1 << 3, SpanAlarm.RED),
    (1 << 2, SpanAlarm.YELLOW),
    (1 << 4, SpanAlarm.BLUE),
    (1 << 1, SpanAlarm.LOOPBACK),
    (1 << 0, SpanAlarm.RECOVERING),
    (1 << 5, SpanAlarm.NOT_OPEN),
    (1 << 8, SpanAlarm.LOSS_OF_SIGNAL),
    (1 << 9, SpanAlarm.LOSS_OF_FRAME),
    (1 << 10, SpanAlarm.LOSS_OF_MULTIFRAME),
)
"""DAHDI's bits, the gravest first."""


def alarms_of(mask: int) -> tuple[SpanAlarm, ...]:
    """The alarms of a mask, the gravest first. Bits that DAHDI does not name are passed over."""
    return tuple(alarm for bit, alarm in ALARM_BITS if mask & bit)


@dataclass(frozen=True, slots=True)
class SpanCounts:
    """Errors since the span was assigned. e_bit: blocks that the far end found faulty. framing: of E1 frame alignment.
    irq_misses: interrupts of the card that the box did not serve in time.
    """

    bipolar: int = 0
    crc4: int = 0
    e_bit: int = 0
    framing: int = 0
    slips: int = 0
    irq_misses: int = 0

    @property
    def clean(self) -> bool:
        """Whether nothing was counted."""
        return not any(getattr(self, one.name) for one in fields(self))


@dataclass(frozen=True, slots=True)
class ChannelState:
    """One channel. signalling: as DAHDI says it (``FXOKS``, ``Clear``), None while it is not configured.

    echo_canceller: its name in DAHDI's words, None when there is none.
    """

    number: int
    name: str
    signalling: str | None = None
    in_use: bool = False
    alarms: tuple[SpanAlarm, ...] = ()
    echo_canceller: str | None = None
    echo_active: bool = False


@dataclass(frozen=True, slots=True)
class SpanState:
    """One span. span: DAHDI's number. span_type: ``E1``, ``BRI_TE``, ``ANALOG_MIXED``, …

    line: framing, coding and the like as configured (``HDB3``, ``CCS``, ``CRC4``), empty before that.
    master: it gives the clock to DAHDI. clock_source: it takes its clock from the line.
    """

    span: int
    name: str
    description: str
    span_type: str = ""
    alarms: tuple[SpanAlarm, ...] = ()
    master: bool = False
    clock_source: bool = False
    line: tuple[str, ...] = ()
    counts: SpanCounts = SpanCounts()
    channels: tuple[ChannelState, ...] = ()

    @property
    def up(self) -> bool:
        """Whether calls can be made as far as the line is concerned."""
        return not set(self.alarms) - {SpanAlarm.RECOVERING}


def counted_between(before: SpanCounts, after: SpanCounts) -> SpanCounts:
    """What was counted from one look to the next. A count that went down was set back: all of it is new."""
    values = {one.name: (getattr(before, one.name), getattr(after, one.name)) for one in fields(SpanCounts)}
    return SpanCounts(**{name: now - was if now >= was else now for name, (was, now) in values.items()})
