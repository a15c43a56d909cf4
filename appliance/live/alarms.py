"""Alarms begin and end: from looks at the spans, one after another, to records for the history. Pure.

A look says what is the case now; DAHDI is asked, so a look is complete. D-channels are Asterisk's: while it is away
nothing is known of them, and what was the case is held to be so still. What began and ended between two looks is told
by Asterisk's events (:func:`told`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from appliance.live.headers import Headers, text
from appliance.model.alarms import KIND_OF, AlarmKind, AlarmPlace, AlarmRecord
from appliance.model.span_state import SpanAlarm, SpanState

D_CHANNEL_GRACE = timedelta(seconds=30)
"""A D-channel that has just been started is down until both ends have spoken (Q.921: a few seconds)."""
_WORDS = {
    "Red Alarm": SpanAlarm.RED,
    "Yellow Alarm": SpanAlarm.YELLOW,
    "Blue Alarm": SpanAlarm.BLUE,
    "Loopback": SpanAlarm.LOOPBACK,
}
"""As chan_dahdi says them (``alarms`` in chan_dahdi.c)."""


@dataclass(frozen=True, slots=True)
class WatchedLine:
    """A span that the site uses. name: in the site. channels: those it uses of it. isdn: it has a D-channel.

    analog: each channel is a port with a line of its own; else Asterisk tells an alarm of the span for every channel.
    """

    name: str
    card: str
    channels: frozenset[int]
    isdn: bool
    analog: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """What is the case. lines, states: by DAHDI's number of the span. d_channels: whether each is up, None where
    Asterisk cannot be asked.
    """

    at: datetime
    lines: Mapping[int, WatchedLine]
    states: Mapping[int, SpanState]
    d_channels: Mapping[int, bool] | None


@dataclass(frozen=True, slots=True)
class Watch:
    """active: alarms that last. restored: those of them that an earlier run of the daemon saw and no look of this one.

    up: D-channels that were up at the last look; down: since when the others are down, as far as it was seen.
    """

    active: Mapping[AlarmPlace, AlarmRecord] = field(default_factory=dict)
    restored: frozenset[AlarmPlace] = frozenset()
    up: frozenset[int] = frozenset()
    down: Mapping[int, datetime] = field(default_factory=dict)


def resumed(open_records: Mapping[AlarmPlace, AlarmRecord]) -> Watch:
    """The watch of a daemon that starts: alarms that were open when the one before it ended."""
    return Watch(active=dict(open_records), restored=frozenset(open_records))


def looked(watch: Watch, look: Look) -> tuple[Watch, tuple[AlarmRecord, ...]]:
    """The watch after a look, and the records that began or ended."""
    watch = _with_d_channels(watch, look)
    now = dict.fromkeys(_present(watch, look))
    changed: list[AlarmRecord] = []
    active: dict[AlarmPlace, AlarmRecord] = {}
    for place, record in watch.active.items():
        if place in now:
            active[place] = record
        else:
            changed.append(replace(record, ended=look.at, unwatched=place in watch.restored))
    for place in now:
        if place not in active:
            active[place] = _begun(place, look.lines[place.span], look.at, look)
            changed.append(active[place])
    known = {place for place in active if place.kind is not AlarmKind.D_CHANNEL or look.d_channels is not None}
    return replace(watch, active=active, restored=watch.restored & active.keys() - known), tuple(changed)


def told(
    watch: Watch, headers: Headers, at: datetime, lines: Mapping[int, WatchedLine]
) -> tuple[Watch, tuple[AlarmRecord, ...]]:
    """The watch after an event ``SpanAlarm`` or ``Alarm`` of Asterisk's; the next look says whether it lasts."""
    place = _place_told(headers, lines)
    if place is None or place in watch.active:
        return watch, ()
    if place.channel is not None and replace(place, channel=None) in watch.active:
        return watch, ()  # of the whole span, whose every channel is told
    record = _begun(place, lines[place.span], at, None)
    return replace(watch, active={**watch.active, place: record}), (record,)


def _place_told(headers: Headers, lines: Mapping[int, WatchedLine]) -> AlarmPlace | None:
    alarm = _WORDS.get(text(headers, "Alarm"))
    number = text(headers, "Span") or text(headers, "DAHDIChannel")
    if alarm is None or not number.isdecimal():
        return None
    if text(headers, "Event") == "SpanAlarm":
        return AlarmPlace(KIND_OF[alarm], int(number)) if int(number) in lines else None
    span = next((span for span, line in lines.items() if int(number) in line.channels), None)
    if span is None:
        return None
    return AlarmPlace(KIND_OF[alarm], span, int(number) if lines[span].analog else None)


def _begun(place: AlarmPlace, line: WatchedLine, at: datetime, look: Look | None) -> AlarmRecord:
    cause = ""
    if place.kind is AlarmKind.D_CHANNEL and look is not None:
        state = look.states.get(place.span)
        kinds = [KIND_OF[alarm] for alarm in state.alarms if alarm in KIND_OF] if state else [AlarmKind.MISSING]
        cause = kinds[0].value if kinds else ""
    return AlarmRecord(place, line.name, line.card, at, cause=cause)


def _present(watch: Watch, look: Look) -> Iterator[AlarmPlace]:
    """Everything that is wrong; of a span first, then of its channels."""
    for span, line in look.lines.items():
        state = look.states.get(span)
        if state is None:
            yield AlarmPlace(AlarmKind.MISSING, span)
        else:
            yield from _of_span(span, line, state)
        if line.isdn and _is_down(watch, look, span):
            yield AlarmPlace(AlarmKind.D_CHANNEL, span)


def _of_span(span: int, line: WatchedLine, state: SpanState) -> Iterator[AlarmPlace]:
    whole = {KIND_OF[alarm] for alarm in state.alarms if alarm in KIND_OF}
    for kind in sorted(whole, key=list(AlarmKind).index):
        yield AlarmPlace(kind, span)
    for channel in state.channels:
        if channel.number in line.channels:
            for alarm in channel.alarms:
                if alarm in KIND_OF and KIND_OF[alarm] not in whole:
                    yield AlarmPlace(KIND_OF[alarm], span, channel.number)


def _with_d_channels(watch: Watch, look: Look) -> Watch:
    if look.d_channels is None:  # Asterisk is away; when it is back, its D-channels start anew
        return replace(watch, up=frozenset(), down={})
    isdn = {span for span, line in look.lines.items() if line.isdn}
    up = {span for span in isdn if look.d_channels.get(span, False)}
    before = watch.down
    # One that was up has fallen: that is known at once.
    fallen = dict.fromkeys(watch.up, look.at - D_CHANNEL_GRACE)
    down = {span: before.get(span, fallen.get(span, look.at)) for span in isdn - up}
    return replace(watch, up=frozenset(up), down=down)


def _is_down(watch: Watch, look: Look, span: int) -> bool:
    if look.d_channels is None or span not in watch.down:
        return look.d_channels is None and AlarmPlace(AlarmKind.D_CHANNEL, span) in watch.active
    lasting = AlarmPlace(AlarmKind.D_CHANNEL, span) in watch.active
    return lasting or look.at - watch.down[span] >= D_CHANNEL_GRACE
