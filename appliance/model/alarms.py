"""An alarm of a line, from its beginning to its end, as the history keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from appliance.model.changes import Shown
from appliance.model.span_state import SpanAlarm


class AlarmKind(StrEnum):
    """What is wrong. All but the last two are DAHDI's: see :class:`appliance.model.span_state.SpanAlarm`."""

    RED = "red"
    YELLOW = "yellow"
    BLUE = "blue"
    LOOPBACK = "loopback"
    LOSS_OF_SIGNAL = "loss_of_signal"
    LOSS_OF_FRAME = "loss_of_frame"
    LOSS_OF_MULTIFRAME = "loss_of_multiframe"
    D_CHANNEL = "d_channel"
    """The D-channel is down: nobody signals at the other end."""
    MISSING = "missing"
    """The span is not there: its card is away, or its driver has not got it."""


KIND_OF: dict[SpanAlarm, AlarmKind] = {
    SpanAlarm(kind.value): kind for kind in AlarmKind if kind not in (AlarmKind.D_CHANNEL, AlarmKind.MISSING)
}
"""The alarms of DAHDI that the history keeps: a span that recovers works, one that is not open is not set up."""


@dataclass(frozen=True, slots=True)
class AlarmPlace:
    """What an alarm is of. span, channel: DAHDI's numbers; channel is None for the whole span."""

    kind: AlarmKind
    span: int
    channel: int | None = None


@dataclass(frozen=True, slots=True)
class AlarmRecord:
    """One alarm. name: of the span in the site. card: the identity of its card, empty where that is not known.

    ended: None while it lasts. unwatched: it ended while nobody watched, at ``ended`` at the latest.
    cause: of a D-channel that is down, the alarm of its span; empty where the span is well and nobody answers.
    """

    place: AlarmPlace
    name: str
    card: str
    began: datetime
    ended: datetime | None = None
    unwatched: bool = False
    cause: str = ""


class AlarmShown(Shown):
    """See :class:`AlarmRecord`. id: its number in the history."""

    id: int
    kind: AlarmKind
    span: int
    channel: int | None = None
    name: str = ""
    card: str = ""
    began: datetime
    ended: datetime | None = None
    unwatched: bool = False
    cause: str = ""
