"""Contacts become call records when they end, with what was rung, talked and held."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from appliance.live.facts import ContactRecord, Outcome, SegmentRecord
from appliance.live.smdr import call_record

START = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


BUSY = SegmentRecord("103", "extension", at(0), end_at=at(5), outcome="no_answer")
TALK = SegmentRecord("101", "extension", at(5), answer_at=at(9), end_at=at(69), hold_s=20.0, outcome="answered")
CALL = ContactRecord("1.1", START, "102", "101", ended=at(70), outcome=Outcome.ANSWERED, segments=(BUSY, TALK))


def test_an_open_contact_is_no_record_yet() -> None:
    assert call_record(replace(CALL, ended=None)) is None


def test_it_says_who_answered_and_how_long_it_rang_and_lasted() -> None:
    record = call_record(CALL)
    assert record is not None
    assert (record.party, record.answered, record.ring_s, record.talk_s, record.hold_s) == (
        "101",
        True,
        9.0,
        40.0,
        20.0,
    )
    assert not record.mailbox
    assert record.outcome == "answered"


def test_a_call_that_nobody_answered_rang_until_its_end() -> None:
    record = call_record(replace(CALL, segments=(BUSY,), outcome=Outcome.NO_ANSWER))
    assert record is not None
    assert (record.party, record.answered, record.ring_s, record.talk_s) == ("103", False, 70.0, 0.0)


def test_a_mailbox_counts_as_connected() -> None:
    mailbox = SegmentRecord("101", "voicemail", at(20), answer_at=at(20), end_at=at(70), outcome="message_left")
    record = call_record(replace(CALL, segments=(BUSY, mailbox), outcome=Outcome.VOICEMAIL))
    assert record is not None
    assert (record.party, record.mailbox, record.talk_s) == ("101", True, 50.0)


def test_transfers_and_gaps_are_told() -> None:
    handed_on = call_record(replace(CALL, segments=(replace(TALK, transferred_to="103"),)))
    joined = call_record(replace(CALL, joined="1.9"))
    unseen = call_record(replace(CALL, gap=True))
    assert handed_on is not None and handed_on.transferred
    assert joined is not None and joined.transferred
    assert unseen is not None and not unseen.whole
