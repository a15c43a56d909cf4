"""What real calls come to in the history. The captures were recorded from Asterisk 22 with real phones.

A row is a contact: who called what, its outcome, who ended it, and ``joined`` or ``gap``; the rows below it
are its
segments: whom, how that ended, whether there was talk and hold, who ended it, where it went on.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from appliance.live.events import Hold, Unhold
from appliance.live.facts import ContactRecord, Gap
from tests.live.replay import Story, replay_file
from tests.live.test_properties import EVENTS, played

INSTANT = timedelta(milliseconds=50)
"""Between events of one moment in the captures."""

SCENARIOS = {
    "call": """
        101 -> 102 answered by target
          102 answered talked by target
    """,
    "call_ended_by_caller": """
        101 -> 102 answered by caller
          102 answered talked by caller
    """,
    "busy": """
        101 -> 104 busy by system
          104 busy
    """,
    "busy_forwarded": """
        101 -> 102 answered by caller
          102 busy to 104
          104 answered talked by caller
    """,
    "cancelled": """
        101 -> 102 cancelled by caller
          102 cancelled by caller
    """,
    "declined": """
        101 -> 104 rejected by system
          104 rejected
    """,
    "isdn_refused": """
        110 -> +33550000021 rejected by system
          +33550000021 rejected
    """,
    "line_in": """
        +33551234567 -> +33112349999 answered by caller
          110 answered talked by caller
    """,
    "telephone_hangs_up": """
        110 -> 112 answered by target
          112 answered talked by target
    """,
    "hook_flash_transfer": """
        +33551234567 -> +33112345610 answered by caller
          110 transferred talked held by target to 112
          112 answered talked by caller
        110 -> 112 answered by system joined
          112 transferred talked
    """,
    "redirected_by_phone": """
        101 -> 104 answered by caller
          104 forwarded to 102
          102 answered talked by caller
    """,
    "no_answer_forwarded": """
        101 -> 103 answered by target
          103 no_answer to 104
          104 answered talked by target
    """,
    "unreachable": """
        101 -> 103 busy by system
          103 unreachable to 104
          104 busy
    """,
    "voicemail": """
        103 -> 102 voicemail by caller
          102 no_answer to voicemail:101
          voicemail 101 message_left by caller
    """,
    "voicemail_without_message": """
        103 -> 102 voicemail by caller
          102 no_answer to voicemail:101
          voicemail 101 answered by caller
    """,
    "echo_test": """
        101 -> *43 service by caller
          service echo_test answered by caller
    """,
    "own_number": """
        101 -> *65 service by system
          service own_number answered by system
    """,
    "do_not_disturb": """
        104 -> *78 service by system
          service do_not_disturb_on answered by system
        101 -> 104 busy by system
          104 dnd
        104 -> *79 service by system
          service do_not_disturb_off answered by system
    """,
    "limit": """
        101 -> 104 answered by caller
          104 answered talked by caller
        102 -> 104 busy by system
          104 limit
    """,
    "forward_always": """
        104 -> *72103 service by system
          service forward_always_set answered by system
        101 -> 104 answered by caller
          104 forwarded to 103
          103 answered talked by caller
        104 -> *73 service by system
          service forward_always_clear answered by system
    """,
    "last_number_redial": """
        101 -> 102 answered by caller
          102 answered talked by caller
    """,
    "unknown_number": """
        101 -> 199 failed by system
          199 invalid
    """,
    "hold": """
        101 -> 102 answered by caller
          102 answered talked held by caller
    """,
    "blind_transfer": """
        101 -> 102 answered by caller
          102 transferred talked by target to 104
          104 answered talked by caller
    """,
    "blind_transfer_by_caller": """
        101 -> 102 answered by caller
          102 transferred talked by caller to 104
          104 answered talked by caller
    """,
    "attended_transfer": """
        101 -> 102 answered by caller
          102 transferred talked held by target to 104
          104 answered talked by caller
        102 -> 104 answered by system joined
          104 transferred talked
    """,
    "attended_transfer_by_caller": """
        101 -> 102 answered by caller
          102 transferred talked held by caller to 104
          104 answered talked by caller
        101 -> 104 answered by system joined
          104 transferred talked
    """,
    "pick_up": """
        101 -> 102 answered by caller
          102 elsewhere to 103
          103 answered talked by caller
        103 -> *8 service by system joined
          service pick_up answered
    """,
    "three_phones": """
        101 -> 103 answered by caller
          103 answered talked by caller
    """,
    "killed": """
        101 -> 102 unknown gap
          102 unknown talked
        103 -> *43 unknown gap
          service echo_test unknown
    """,
    "connection_lost": """
        101 -> 102 answered by caller gap
          102 answered talked by caller
        103 -> 104 unknown gap
          104 unknown
    """,
    "stopped": """
        101 -> 102 answered by system
          102 answered talked by system
    """,
}


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_recorded_call_becomes_these_contacts(name: str) -> None:
    wanted = [line[8:] for line in SCENARIOS[name].strip("\n").splitlines() if line.strip()]
    story = replay_file(name)
    assert story.rows() == wanted
    assert len(story.state.calls) == 0
    assert len(story.state.places) == 0
    assert len(story.state.bridges) == 0


def only(story: Story) -> ContactRecord:
    """The first contact of a capture."""
    return min(story.contacts.values(), key=lambda record: record.started)


def test_hold_by_either_side_is_counted_and_taken_off_the_talk() -> None:
    contact = only(replay_file("hold"))
    [segment] = contact.segments
    # 102 held for 2 s, then 101 for 1 s, within some 6 s of talk.
    assert 2.9 < segment.hold_s < 3.6
    assert segment.answer_at is not None
    assert segment.end_at is not None
    whole = (segment.end_at - segment.answer_at).total_seconds()
    assert segment.talk_s == pytest.approx(whole - segment.hold_s)
    assert contact.talk_s == segment.talk_s


def test_a_hold_that_lasts_until_the_end_is_counted_until_the_end() -> None:
    events = [event for event in EVENTS["hold"] if not isinstance(event, Unhold)]
    [segment] = only(played(events)).segments
    assert segment.end_at is not None
    first = next(event for event in events if isinstance(event, Hold))
    assert abs(segment.hold_s - (segment.end_at - first.at).total_seconds()) < 0.001
    assert segment.hold_s > 4
    assert segment.talk_s > 0


@pytest.mark.parametrize("name", ["blind_transfer", "attended_transfer", "attended_transfer_by_caller"])
def test_after_a_transfer_the_time_is_the_targets(name: str) -> None:
    contact = only(replay_file(name))
    first, second = contact.segments
    assert first.end_at is not None
    assert second.answer_at is not None
    assert first.end_at <= second.answer_at
    assert second.talk_s > 1.5
    assert contact.ended is not None
    assert second.end_at is not None
    assert contact.ended - second.end_at < INSTANT


def test_the_consultation_is_counted_once_and_names_the_call_it_became_part_of() -> None:
    story = replay_file("attended_transfer")
    first, consultation = sorted(story.contacts.values(), key=lambda record: record.started)
    assert consultation.joined == first.call_id
    assert consultation.ended is not None
    assert first.segments[1].answer_at is not None
    assert abs(consultation.ended - first.segments[1].answer_at) < INSTANT
    assert consultation.talk_s == consultation.segments[0].talk_s > 1.0


def test_calls_killed_with_asterisk_end_when_it_was_last_heard() -> None:
    story = replay_file("killed")
    [gap] = story.gaps
    assert {contact.ended for contact in story.contacts.values()} == {gap.since}
    assert gap.until - gap.since > timedelta(seconds=1)
    assert all(contact.gap and contact.ended_by is None for contact in story.contacts.values())


def test_a_call_that_outlives_the_connection_goes_on_marked() -> None:
    story = replay_file("connection_lost")
    [gap] = story.gaps
    kept, ended = sorted(story.contacts.values(), key=lambda record: record.started)
    assert kept.gap
    assert kept.ended is not None
    assert kept.ended > gap.until
    assert kept.sequence == 0
    assert len(kept.segments) == 1
    assert ended.ended == gap.since


def test_a_clean_stop_of_asterisk_hides_nothing_of_the_calls_it_ended() -> None:
    story = replay_file("stopped")
    assert not only(story).gap
    assert [type(gap) for gap in story.gaps] == [Gap]


def test_every_change_of_a_contact_is_told_and_the_last_is_whole() -> None:
    story = replay_file("call")
    records = [fact.record for fact in story.facts if not isinstance(fact, Gap)]
    assert [bool(record.segments) for record in records[:2]] == [False, True]
    assert [record.ended is None for record in records] == [True] * (len(records) - 1) + [False]
    assert 3 <= len(records) <= 6


def test_phones_that_register_are_seen_with_what_they_are() -> None:
    story = replay_file("call")
    seen = {one.extension: one for one in story.state.registrations.values()}
    assert {"101", "102", "103", "104"} <= set(seen)
    assert seen["101"].user_agent.startswith("baresip")
    assert seen["101"].transport == "udp"
    assert seen["101"].reachable is True
    assert seen["101"].rtt_ms is not None
