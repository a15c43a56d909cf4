"""After a gap nothing is guessed over: what is still up goes on, marked; what is gone ended when it was
last known.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from appliance.live.events import ContactStatus, Hangup, HangupRequest, Snapshot
from appliance.live.facts import ContactRecord, Gap, Outcome
from appliance.live.rebuild import Census, CensusChannel, lost, restored
from appliance.live.state import State
from tests.live.replay import Story
from tests.live.test_properties import END, EVENTS, census_of, check_all_closed, played
from tests.live.test_view import until

LATER = timedelta(minutes=3)


def cut(name: str, rows: list[str]) -> Story:
    """A capture played up to the first moment at which its contacts read so."""
    return until(name, lambda story: story.rows() == rows)


def only(story: Story) -> ContactRecord:
    [record] = story.contacts.values()
    return record


TALKING = ["101 -> 102 open", "  102 open talked"]
RINGING = ["101 -> 102 open", "  102 open"]


def restarted(story: Story) -> Story:
    """The state of a daemon that starts anew with the contacts which the store has open."""
    open_records = [record for record in story.contacts.values() if record.ended is None]
    fresh = Story(restored(open_records, story.state.last_heard))
    fresh.contacts = dict(story.contacts)
    return fresh


@pytest.mark.parametrize("restart", [False, True], ids=["connection lost", "daemon restarted"])
def test_a_running_talk_goes_on_with_its_time_and_its_row(restart: bool) -> None:
    story = cut("call", TALKING)
    before, census = only(story), census_of(story.state)
    at = story.state.last_heard
    assert at is not None
    if restart:
        story = restarted(story)
    else:
        story.state = lost(story.state, at)
    story.rebuilt(census, at + LATER)
    assert story.gaps == [Gap(at, at + LATER, "lost")]
    assert only(story).segments == before.segments
    for event in EVENTS["call"]:
        if isinstance(event, HangupRequest | Hangup):
            story.event(event)
    record = only(story)
    assert (record.outcome, record.ended_by, record.gap) == (Outcome.ANSWERED, "target", True)
    assert record.started == before.started
    check_all_closed(story)


@pytest.mark.parametrize("restart", [False, True], ids=["connection lost", "daemon restarted"])
def test_a_talk_that_is_gone_ended_when_it_was_last_known(restart: bool) -> None:
    story = cut("call", TALKING)
    at = story.state.last_heard
    assert at is not None
    story = restarted(story) if restart else story
    story.state = lost(story.state, at + timedelta(seconds=4))
    story.rebuilt(Census((), ()), at + LATER)
    record = only(story)
    assert record.ended == at + timedelta(seconds=4)
    assert record.outcome is Outcome.UNKNOWN
    assert record.ended_by is None
    assert record.segments[0].outcome == "unknown"
    check_all_closed(story)


def test_a_phone_that_rang_and_now_talks_is_seen_to_have_answered() -> None:
    story = cut("call", RINGING)
    census = census_of(until("call", lambda later: later.rows() == TALKING and _bridged(later)).state)
    at = story.state.last_heard
    assert at is not None
    story.state = lost(story.state, at)
    story.rebuilt(census, at + LATER)
    assert story.rows() == ["101 -> 102 open gap", "  102 open talked"]
    assert only(story).answered == at + LATER


def test_after_a_restart_a_transferred_call_has_its_two_sides_and_no_third() -> None:
    story = until(
        "blind_transfer_by_caller",
        lambda story: story.rows()[2:] == ["  104 open talked"] and _bridged(story, of="104"),
    )
    census = census_of(story.state)
    at = story.state.last_heard
    assert at is not None
    story = restarted(story)
    story.rebuilt(census, at + LATER)
    assert story.rows() == [
        "101 -> 102 open gap",
        "  102 transferred talked by caller to 104",
        "  104 open talked",
    ]


def test_a_call_never_seen_before_is_kept_under_a_key_of_its_own() -> None:
    census = census_of(cut("call", TALKING).state)
    story = Story(State())
    at = END
    story.rebuilt(census, at)
    assert story.gaps == []
    record = only(story)
    assert record.sequence == int(at.timestamp())
    assert record.gap
    assert (record.caller, record.started) == ("101", at)


def test_what_the_census_knew_already_changes_nothing_when_its_events_come_late() -> None:
    story = until("call", lambda story: story.rows() == TALKING and _bridged(story))
    census = census_of(story.state)
    events = EVENTS["call"]
    fresh = Story(State())
    fresh.rebuilt(census, events[0].at)
    before = fresh.rows()
    for event in events:
        if isinstance(event, HangupRequest):
            break
        fresh.event(event)
    assert fresh.rows() == before
    assert len(fresh.state.calls) == 1


def test_a_mailbox_being_spoken_to_goes_on() -> None:
    story = until("voicemail", lambda story: story.rows()[2:] == ["  voicemail 101 open"])
    census = census_of(story.state)
    at = story.state.last_heard
    assert at is not None
    story = restarted(story)
    story.rebuilt(census, at + LATER)
    [call] = story.state.calls.values()
    assert call.service == "voicemail"
    for event in EVENTS["voicemail"]:
        if event.at > at:
            story.event(event)
    assert story.rows()[0] == "103 -> 102 voicemail by caller gap"
    assert story.rows()[2] == "  voicemail 101 message_left by caller"


def test_registrations_are_those_of_the_census() -> None:
    story = played([ContactStatus(END, "101", "sip:101@a", "Reachable", 1.0, "old phone")])
    kept = ContactStatus(END + LATER, "101", "sip:101@a", "Unreachable")
    new = ContactStatus(END + LATER, "102", "sip:102@b;transport=tcp", "NonQualified")
    story.rebuilt(Census((), (kept, new)), END + LATER)
    shown = {one.extension: one for one in story.state.registrations.values()}
    assert shown["101"].since == END
    assert shown["101"].reachable is False
    assert shown["101"].rtt_ms is None
    assert shown["102"].transport == "tcp"
    assert shown["102"].reachable is None
    story.rebuilt(Census((), None), END + LATER)
    assert len(story.state.registrations) == 2


def test_a_channel_in_the_census_twice_is_one_channel() -> None:
    shown = CensusChannel(Snapshot("1.0", "1.0", "PJSIP/101-00000001", 6, exten="*43"))
    story = Story(State())
    story.rebuilt(Census((shown, shown)), END)
    assert len(story.contacts) == 1
    [call] = story.state.calls.values()
    assert list(call.channels) == ["1.0"]


def _bridged(story: Story, of: str = "102") -> bool:
    return any(
        channel.endpoint == of and channel.bridge is not None
        for call in story.state.calls.values()
        for channel in call.channels.values()
    )
