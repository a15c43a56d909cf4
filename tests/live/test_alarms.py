"""When an alarm begins and ends."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from appliance.live.alarms import D_CHANNEL_GRACE, Look, Watch, WatchedLine, looked, resumed, told
from appliance.model.alarms import AlarmKind, AlarmPlace, AlarmRecord
from appliance.model.span_state import ChannelState, SpanAlarm, SpanState

START = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
LINES = {
    2: WatchedLine("pri", "TE131-1", frozenset(range(32, 63)) - {47}, isdn=True),
    4: WatchedLine("fxo", "A8B", frozenset({67, 68}), isdn=False, analog=True),
}
RED = AlarmPlace(AlarmKind.RED, 2)
DOWN = AlarmPlace(AlarmKind.D_CHANNEL, 2)


def span(number: int, *alarms: SpanAlarm, channels: tuple[ChannelState, ...] = ()) -> SpanState:
    return SpanState(number, "", "", alarms=alarms, channels=channels)


def look(seconds: float, *spans: SpanState, up: bool | None = True, lines: Mapping[int, WatchedLine] = LINES) -> Look:
    """Both spans well, but for those given."""
    states = {2: span(2), 4: span(4)} | {state.span: state for state in spans}
    return Look(START + timedelta(seconds=seconds), lines, states, None if up is None else {2: up})


def run(*looks: Look, watch: Watch | None = None) -> list[AlarmRecord]:
    """Every record, as it was told: begun, and again when it ended."""
    watch, found = watch or Watch(), []
    for each in looks:
        watch, changed = looked(watch, each)
        found += changed
    return found


def test_an_alarm_begins_once_and_ends_once() -> None:
    red = span(2, SpanAlarm.RED)
    begun, ended = run(look(0), look(1, red), look(2, red), look(3), look(4))
    assert (begun.place, begun.name, begun.began, begun.ended) == (RED, "pri", START + timedelta(seconds=1), None)
    assert (ended.began, ended.ended, ended.unwatched) == (begun.began, START + timedelta(seconds=3), False)


def test_one_kind_may_follow_another() -> None:
    records = run(look(0, span(2, SpanAlarm.RED)), look(1, span(2, SpanAlarm.YELLOW)), look(2))
    assert [(record.place.kind.value, record.ended is None) for record in records] == [
        ("red", True), ("red", False), ("yellow", True), ("yellow", False)
    ]  # fmt: skip


def test_a_span_that_recovers_or_is_not_set_up_has_no_alarm() -> None:
    assert run(look(0, span(2, SpanAlarm.RECOVERING), span(4, SpanAlarm.NOT_OPEN))) == []


def test_a_line_without_voltage_is_an_alarm_of_its_channel_and_unused_ports_are_none() -> None:
    channels = tuple(ChannelState(number, "", alarms=(SpanAlarm.RED,)) for number in (67, 69))
    [record] = run(look(0, span(4, channels=channels)))
    assert record.place == AlarmPlace(AlarmKind.RED, 4, 67)


def test_an_alarm_of_the_whole_span_is_not_told_for_each_channel() -> None:
    channels = tuple(ChannelState(number, "", alarms=(SpanAlarm.RED,)) for number in (32, 33))
    assert [record.place for record in run(look(0, span(2, SpanAlarm.RED, channels=channels)))] == [RED]


def test_spans_that_the_site_does_not_use_are_not_watched() -> None:
    assert run(look(0, span(7, SpanAlarm.RED))) == []
    begun, ended = run(look(0, span(2, SpanAlarm.RED)), look(1, span(2, SpanAlarm.RED), lines={4: LINES[4]}))
    assert (begun.ended, ended.ended) == (None, START + timedelta(seconds=1))


def test_a_card_that_is_pulled_is_an_alarm() -> None:
    gone = Look(START, LINES, {4: span(4)}, {})
    assert [record.place.kind for record in run(gone)] == [AlarmKind.MISSING]


def test_a_d_channel_has_its_time_to_come_up_and_none_to_go_down() -> None:
    short = D_CHANNEL_GRACE.total_seconds() - 1
    assert run(look(0, up=False), look(short, up=False), look(short + 1, up=True)) == []
    [late] = run(look(0, up=False), look(short, up=False), look(short + 1, up=False))
    assert (late.place, late.began) == (DOWN, START + D_CHANNEL_GRACE)
    begun, ended = run(look(0), look(1, up=False), look(2, up=False), look(3))
    assert (begun.began, ended.ended) == (START + timedelta(seconds=1), START + timedelta(seconds=3))


def test_a_d_channel_that_is_down_says_why() -> None:
    records = run(look(0), look(1, span(2, SpanAlarm.RED), up=False))
    assert {record.place.kind.value: record.cause for record in records} == {"red": "", "d_channel": "red"}
    [alone] = run(look(0), look(1, up=False))
    assert alone.cause == ""


def test_while_asterisk_is_away_nothing_is_known_of_d_channels() -> None:
    assert run(look(0), look(1, up=None), look(2, up=False), look(3, up=True)) == []  # its restart is no alarm
    begun, ended = run(look(0), look(1, up=False), look(2, up=None), look(3, up=None), look(4, up=True))
    assert (begun.place, begun.ended) == (DOWN, None)
    assert (ended.ended, ended.unwatched) == (START + timedelta(seconds=4), False)


def test_what_lasted_when_the_daemon_ended_is_closed_as_unwatched_or_lasts_on() -> None:
    before = {place: AlarmRecord(place, "pri", "", START) for place in (RED, DOWN, AlarmPlace(AlarmKind.YELLOW, 4))}
    watch, first = looked(resumed(before), look(60, span(4, SpanAlarm.YELLOW), up=None))
    assert [(record.place, record.ended, record.unwatched) for record in first] == [
        (RED, START + timedelta(seconds=60), True)
    ]
    watch, second = looked(watch, look(63, up=True))
    found = {record.place.kind.value: record.unwatched for record in second}
    # The yellow alarm was seen again by this daemon; the D-channel could only be asked now.
    assert found == {"yellow": False, "d_channel": True}
    assert watch.active == {}


def event(**headers: str) -> dict[str, str | tuple[str, ...]]:
    return dict(headers)


def test_an_alarm_between_two_looks_is_not_missed() -> None:
    watch, _ = looked(Watch(), look(0))
    watch, begun = told(watch, event(Event="SpanAlarm", Span="2", Alarm="Red Alarm"), look(0.2).at, LINES)
    assert [record.place for record in begun] == [RED]
    _, ended = looked(watch, look(1))
    assert [(record.began, record.ended) for record in ended] == [(look(0.2).at, look(1).at)]


def test_an_alarm_that_asterisk_tells_for_every_channel_of_a_digital_span_is_one() -> None:
    """As seen: thirty events within two seconds, before the next look."""
    watch, _ = looked(Watch(), look(0))
    records: list[AlarmRecord] = []
    for channel in sorted(LINES[2].channels):
        watch, begun = told(
            watch, event(Event="Alarm", DAHDIChannel=str(channel), Alarm="Yellow Alarm"), look(0.5).at, LINES
        )
        records += begun
    assert [record.place for record in records] == [AlarmPlace(AlarmKind.YELLOW, 2)]
    watch, changed = looked(watch, look(1, span(2, SpanAlarm.YELLOW)))
    assert changed == ()
    _, begun = told(watch, event(Event="Alarm", DAHDIChannel="67", Alarm="Red Alarm"), look(1).at, LINES)
    assert [record.place for record in begun] == [AlarmPlace(AlarmKind.RED, 4, 67)]


def test_an_event_about_what_is_known_or_not_watched_says_nothing() -> None:
    watch, _ = looked(Watch(), look(0, span(2, SpanAlarm.RED)))
    for headers in (
        event(Event="SpanAlarm", Span="2", Alarm="Red Alarm"),
        event(Event="Alarm", DAHDIChannel="33", Alarm="Red Alarm"),
        event(Event="Alarm", DAHDIChannel="99", Alarm="Red Alarm"),
        event(Event="SpanAlarm", Span="9", Alarm="Red Alarm"),
        event(Event="SpanAlarm", Span="2", Alarm="No Alarm"),
        event(Event="SpanAlarmClear", Span="2"),
        event(Event="SpanAlarm", Span="x", Alarm="Red Alarm"),
    ):
        assert told(watch, headers, look(1).at, LINES) == (watch, ())


ALARMS = st.frozensets(st.sampled_from(list(SpanAlarm)), max_size=3)


@given(st.lists(st.tuples(ALARMS, ALARMS, st.sampled_from([True, False, None])), max_size=12))
def test_every_alarm_that_began_ends_once_and_none_overlaps_itself(
    seen: list[tuple[frozenset[SpanAlarm], frozenset[SpanAlarm], bool | None]],
) -> None:
    looks = [look(n, span(2, *sorted(a)), span(4, *sorted(b)), up=up) for n, (a, b, up) in enumerate(seen)]
    records = run(*looks, look(1000), look(1001))
    open_now: set[AlarmPlace] = set()
    for record in records:
        if record.ended is None:
            assert record.place not in open_now
            open_now.add(record.place)
        else:
            assert record.ended >= record.began
            open_now.remove(record.place)
    assert open_now == set()
