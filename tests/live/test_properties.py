"""Whatever becomes of the wire — events lost, doubled, late, cut off — the reducer stands, and its rows add
up.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from appliance.ami.captures import read_capture
from appliance.ami.connection import Arrived
from appliance.live.events import Event, Hangup, NewChannel, Shutdown, Snapshot
from appliance.live.facts import ContactRecord
from appliance.live.headers import Headers
from appliance.live.parse import RELEVANT, parse
from appliance.live.rebuild import Census, CensusChannel, lost
from appliance.live.state import State
from appliance.live.view import live_view
from tests.live.replay import CAPTURES, NEVER, Story, replay_file
from tests.tries import tries

NAMES = sorted(path.stem for path in CAPTURES.glob("*.ami"))


def arrivals(name: str) -> list[Arrived]:
    with (CAPTURES / f"{name}.ami").open("rb") as file:
        return [taken for taken in read_capture(file) if isinstance(taken, Arrived)]


def events_of(name: str) -> list[Event]:
    return [event for taken in arrivals(name) if (event := parse(taken.headers, taken.at)) is not None]


EVENTS = {name: events_of(name) for name in NAMES}
END = max(event.at for events in EVENTS.values() for event in events) + timedelta(hours=1)

names = st.sampled_from(NAMES)
seldom = settings(max_examples=tries(120), deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def spoilt(draw: st.DrawFn) -> list[Event]:
    """Events of one or two captures: some lost, some doubled, some late, the beginning or the end cut off."""
    events = list(EVENTS[draw(names)])
    if draw(st.booleans()):
        events += EVENTS[draw(names)]
    start = draw(st.integers(0, len(events)))
    events = events[start : start + draw(st.integers(0, len(events)))]
    how = draw(st.lists(st.sampled_from(["keep", "keep", "keep", "lose", "double", "late"]), min_size=len(events)))
    told: list[Event] = []
    late: list[Event] = []
    for event, fate in zip(events, how, strict=False):
        if fate == "late":
            late.append(event)
        elif fate != "lose":
            told.append(event)
            if fate == "double":
                told.insert(draw(st.integers(0, len(told))), event)
        if late and draw(st.booleans()):
            told.append(late.pop())
    return told + late


@st.composite
def shuffled(draw: st.DrawFn) -> list[Event]:
    """The events of a capture in any order at all."""
    return draw(st.permutations(EVENTS[draw(names)]))


def played(events: Iterable[Event]) -> Story:
    story = Story(State(connected=True))
    for event in events:
        story.event(event)
    return story


def check_record(record: ContactRecord) -> None:
    """What holds of every record at every moment."""
    assert record.talk_s >= 0
    assert record.ended is None or record.ended >= record.started
    assert (record.ended is None) == (record.outcome is None)
    for part in record.segments:
        assert part.ring_at >= record.started
        assert part.hold_s >= 0
        assert part.talk_s >= 0
        assert part.answer_at is None or part.answer_at >= part.ring_at
        assert part.end_at is None or part.end_at >= (part.answer_at or part.ring_at)
        assert record.ended is None or (part.end_at is not None and part.end_at <= record.ended)
        assert (part.end_at is None) or part.outcome


def check_all_closed(story: Story) -> None:
    assert len(story.state.calls) == 0
    assert len(story.state.places) == 0
    assert len(story.state.bridges) == 0
    for record in story.contacts.values():
        check_record(record)
        assert record.ended is not None


@given(st.one_of(spoilt(), shuffled()))
@seldom
def test_any_order_of_events_is_reduced_and_every_contact_closes_at_shutdown(events: list[Event]) -> None:
    story = played(events)
    for fact in story.facts:
        check_record(fact.record)  # type: ignore[union-attr]  # no gap without a rebuild
    live_view(story.state, END)
    story.event(Shutdown(END))
    check_all_closed(story)


@given(st.one_of(spoilt(), shuffled()))
@seldom
def test_any_order_of_events_closes_with_an_empty_census_at_what_was_known_last(events: list[Event]) -> None:
    story = played(events)
    still_open = {call.contact.key for call in story.state.calls.values()}
    known = max((event.at for event in events), default=END)
    story.state = lost(story.state, known)
    story.rebuilt(Census((), ()), END)
    check_all_closed(story)
    for key in still_open:
        record = story.contacts[key]
        assert record.gap
        assert record.outcome == "unknown"
        assert record.ended_by is None
        assert record.ended is not None
        assert record.ended <= known


@given(spoilt())
@seldom
def test_a_contact_once_closed_is_never_told_of_again(events: list[Event]) -> None:
    story = played([*events, Shutdown(END)])
    closed: set[tuple[str, int]] = set()
    for fact in story.facts:
        key = fact.record.key  # type: ignore[union-attr]
        assert key not in closed
        if fact.record.ended is not None:  # type: ignore[union-attr]
            closed.add(key)


@pytest.mark.parametrize("name", NAMES)
def test_every_event_twice_makes_the_same_contacts(name: str) -> None:
    twice = [event for event in EVENTS[name] for _ in range(2)]
    assert played(twice).contacts == played(EVENTS[name]).contacts


@pytest.mark.parametrize("name", sorted({*NAMES} - {"killed"}))  # its contacts end with the rebuild alone
def test_the_whole_capture_again_makes_no_contact_twice(name: str) -> None:
    once = played(EVENTS[name])
    again = played([*EVENTS[name], *EVENTS[name]])
    whole = {key for key, record in once.contacts.items() if record.ended is not None}
    assert whole
    assert {key: again.contacts[key] for key in whole} == {key: once.contacts[key] for key in whole}
    assert again.contacts.keys() == once.contacts.keys()


@pytest.mark.parametrize("name", NAMES)
def test_a_late_event_of_a_channel_that_has_ended_does_not_raise_it_again(name: str) -> None:
    events: list[Event] = []
    begun = {event.channel.uniqueid: event for event in EVENTS[name] if isinstance(event, NewChannel)}
    for event in EVENTS[name]:
        events.append(event)
        if isinstance(event, Hangup):
            events.append(begun[event.channel.uniqueid])
    story = played(events)
    assert story.contacts == played(EVENTS[name]).contacts
    assert len(story.state.places) == len(played(EVENTS[name]).state.places)


@given(names, st.data())
@seldom
def test_wherever_the_connection_is_lost_the_call_is_kept_if_it_is_still_up(name: str, data: st.DataObject) -> None:
    """Cut anywhere, with what Asterisk would list at that moment: no contact doubles, none is lost, all
    close.
    """
    events = EVENTS[name]
    cut = data.draw(st.integers(0, len(events)))
    story = played(events[:cut])
    calls = {call.id for call in story.state.calls.values()}
    census = census_of(story.state)
    at = events[cut - 1].at if cut else events[0].at
    story.state = lost(story.state, at)
    story.rebuilt(census, at)
    assert {call.id for call in story.state.calls.values()} == calls
    for event in events[cut:]:
        story.event(event)
    story.event(Shutdown(END))
    check_all_closed(story)
    whole = played([*events, Shutdown(END)])
    assert {key[0] for key in story.contacts} == {key[0] for key in whole.contacts}
    assert len(story.contacts) == len(whole.contacts)


def census_of(state: State) -> Census:
    """What CoreShowChannels lists of a state."""
    return Census(
        tuple(
            CensusChannel(
                Snapshot(
                    uniqueid=channel.uniqueid, linkedid=call.id, name=channel.name, state=channel.state,
                    number=channel.number, caller_name=channel.caller_name,
                    connected_number=channel.connected_number, exten=call.contact.called,
                ),
                channel.bridge or "",
            )
            for call in state.calls.values()
            for channel in call.channels.values()
        )
    )  # fmt: skip


header_names = st.one_of(
    st.sampled_from(
        ["Event", "Channel", "Uniqueid", "Linkedid", "DestChannel", "DestUniqueid", "ChannelState", "Cause", "Step",
         "BridgeUniqueid", "Timestamp", "UserEvent", "Mailbox", "New", "AOR", "URI", "RoundtripUsec", "Exten"]
    ),
    st.text(max_size=8),
)  # fmt: skip
header_values = st.one_of(st.text(max_size=12), st.tuples(st.text(max_size=5), st.text(max_size=5)))


@given(st.sampled_from(sorted(RELEVANT)), st.dictionaries(header_names, header_values, max_size=12))
@seldom
def test_no_headers_whatever_raise(event: str, headers: Headers) -> None:
    parsed = parse({**headers, "Event": event}, NEVER)
    if parsed is not None:
        played([parsed])


@given(st.sampled_from([event for events in EVENTS.values() for event in events]), st.data())
@seldom
def test_no_single_event_on_any_state_raises(event: Event, data: st.DataObject) -> None:
    events = EVENTS[data.draw(names)]
    story = played(events[: data.draw(st.integers(0, len(events)))])
    story.event(replace(event, at=data.draw(st.sampled_from([event.at, NEVER, END]))))
    story.event(Shutdown(END))
    check_all_closed(story)


def test_the_captures_tell_of_every_contact_exactly_once() -> None:
    for name in NAMES:
        story = replay_file(name)
        keys = [call_id for call_id, _ in story.contacts]
        assert len(keys) == len(set(keys)), name


@pytest.mark.parametrize("name", NAMES)
def test_a_call_cut_off_by_a_clock_that_was_set_back_ends_after_what_happened_in_it(name: str) -> None:
    for told in range(len(EVENTS[name]) + 1):
        story = played(EVENTS[name][:told])
        story.event(Shutdown(NEVER))
        check_all_closed(story)


def test_a_moment_before_the_last_does_not_turn_time_back() -> None:
    events = EVENTS["call"]
    early = [
        replace(event, at=event.at - timedelta(hours=1)) if index > 5 else event for index, event in enumerate(events)
    ]
    story = played([*early, Shutdown(datetime.fromisoformat("2020-01-01T00:00:00+00:00"))])
    check_all_closed(story)
