"""Calls from and to the outside, and from analog telephones: whose a channel is, direction, numbers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from appliance.live.parse import parse
from appliance.live.state import endpoint_of, trunk_of
from appliance.live.view import live_view
from tests.live.replay import Story

START = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


def _play(*events: dict[str, str]) -> Story:
    story = Story()
    for second, headers in enumerate(events):
        story.event(parse(headers, START + timedelta(seconds=second)))
    return story


def _channel(name: str, uniqueid: str, linkedid: str, prefix: str = "", **headers: str) -> dict[str, str]:
    found = {"Channel": name, "Uniqueid": uniqueid, "Linkedid": linkedid, "ChannelState": "6", **headers}
    return {prefix + key: value for key, value in found.items()}


def _of(uniqueid: str, prefix: str = "", **headers: str) -> dict[str, str]:
    names = {
        "1": ("PJSIP/101-00000001", ""),
        "2": ("DAHDI/i1/0551234567-1", "trunk/pstn"),
        "3": ("DAHDI/125-1", "extension/110"),
    }
    name, account = names[uniqueid]
    return _channel(name, uniqueid, headers.pop("Linkedid", uniqueid), prefix, AccountCode=account, **headers)


def _step(channel: dict[str, str], step: str, extension: str, detail: str) -> dict[str, str]:
    told = {"Event": "UserEvent", "UserEvent": "LoopstartStep", "Step": step, "Extension": extension, "Detail": detail}
    return channel | told


@pytest.mark.parametrize(
    ("name", "account", "endpoint", "trunk"),
    [
        ("DAHDI/125-1", "extension/110", "110", ""),
        ("DAHDI/i1/0551234567-1", "trunk/pstn", "", "pstn"),
        ("DAHDI/pseudo-1", "", "", ""),
        # A phone that a line rings inherits the line's account.
        ("PJSIP/101-00000001", "trunk/pstn", "101", ""),
        ("DAHDI/125-1<ZOMBIE>", "extension/110", "", ""),
    ],
)
def test_the_account_says_whose_a_line_is(name: str, account: str, endpoint: str, trunk: str) -> None:
    assert endpoint_of(name, account) == endpoint
    if "ZOMBIE" not in name:
        assert trunk_of(name, account) == trunk


def test_a_call_from_outside_has_its_caller_and_the_number_called() -> None:
    line = _of("2", CallerIDNum="0551234567", Exten="600")
    known = _of("2", CallerIDNum="+966551234567", Exten="s")
    story = _play(
        {"Event": "Newchannel", **line},
        {"Event": "NewCallerid", **known},
        _step(known, "inbound", "+966112345600", "pstn"),
        {"Event": "DialBegin", **known, **_of("1", "Dest", Linkedid="2")},
        {"Event": "DialEnd", **known, **_of("1", "Dest", Linkedid="2"), "DialStatus": "ANSWER"},
    )
    [contact] = story.contacts.values()
    assert (contact.direction, contact.caller, contact.called) == ("inbound", "+966551234567", "+966112345600")
    assert [segment.target for segment in contact.segments] == ["101"]
    [call] = live_view(story.state, START).calls
    assert [(party.number, party.extension, party.trunk) for party in call.parties] == [
        ("+966551234567", None, "pstn"), ("101", "101", None),
    ]  # fmt: skip


def test_a_line_that_tells_no_number_is_called_nothing() -> None:
    line = _of("2", Exten="s")
    story = _play({"Event": "Newchannel", **line}, _step(line, "inbound", "none", "pstn"))
    [contact] = story.contacts.values()
    assert (contact.direction, contact.caller, contact.called) == ("inbound", "", "")


def test_a_receiver_lifted_and_put_back_is_no_contact_but_is_seen_while_it_is_up() -> None:
    telephone = _of("3", CallerIDNum="110", Exten="s")
    story = _play({"Event": "Newchannel", **telephone})
    assert [party.extension for call in live_view(story.state, START).calls for party in call.parties] == ["110"]
    story.event(parse({"Event": "Hangup", **telephone, "Cause": "16"}, START + timedelta(seconds=9)))
    assert story.contacts == {}
    assert not live_view(story.state, START).calls


def test_a_number_that_is_dialled_makes_a_lifted_receiver_a_contact_from_its_beginning() -> None:
    telephone = _of("3", CallerIDNum="110", Exten="s")
    story = _play({"Event": "Newchannel", **telephone}, {"Event": "Newstate", **telephone, "Exten": "112"})
    [contact] = story.contacts.values()
    assert (contact.called, contact.started, contact.sequence) == ("112", START, 0)


@pytest.mark.parametrize(("caller", "number"), [("1", "101"), ("3", "110")])
def test_a_call_to_outside_has_the_number_outside(caller: str, number: str) -> None:
    phone = _of(caller, CallerIDNum=number, Exten="0551234567")
    line = _of("2", "Dest", Linkedid=caller, CallerIDNum="0551234567")
    story = _play(
        {"Event": "Newchannel", **phone},
        _step(phone, "outbound", "+966551234567", "pstn"),
        {"Event": "DialBegin", **phone, **line},
        {"Event": "DialEnd", **phone, **line, "DialStatus": "ANSWER"},
        {"Event": "Hangup", **_of("2", Linkedid=caller), "Cause": "16"},
        {"Event": "Hangup", **phone, "Cause": "16"},
    )
    [contact] = story.contacts.values()
    assert (contact.direction, contact.caller, contact.called) == ("outbound", number, "+966551234567")
    [segment] = contact.segments
    assert (segment.target, segment.outcome, str(contact.outcome)) == ("+966551234567", "answered", "answered")
    assert contact.talk_s > 0


@pytest.mark.parametrize("step", ["no_line", "not_allowed"])
def test_a_call_that_does_not_get_out_has_failed_and_says_why(step: str) -> None:
    phone = _of("1", CallerIDNum="101", Exten="0551234567")
    story = _play(
        {"Event": "Newchannel", **phone},
        _step(phone, step, "0551234567", "national"),
        {"Event": "Hangup", **phone, "Cause": "34"},
    )
    [contact] = story.contacts.values()
    assert ([segment.outcome for segment in contact.segments], str(contact.outcome)) == ([step], "failed")


@pytest.mark.parametrize(("dialled", "cause"), [("BUSY", 17), ("CONGESTION", 1), ("NOANSWER", 19)])
def test_the_history_has_the_trunk_and_the_cause_with_which_it_gave_the_line_up(dialled: str, cause: int) -> None:
    phone = _of("1", CallerIDNum="101", Exten="0551234567")
    line = _of("2", "Dest", Linkedid="1", CallerIDNum="0551234567")
    story = _play(
        {"Event": "Newchannel", **phone},
        _step(phone, "outbound", "+966551234567", "pstn"),
        {"Event": "DialBegin", **phone, **line},
        {"Event": "DialEnd", **phone, **line, "DialStatus": dialled},
        {"Event": "Hangup", **_of("2", Linkedid="1"), "Cause": str(cause)},
        {"Event": "Hangup", **phone, "Cause": "16"},
    )
    [contact] = story.contacts.values()
    assert (contact.trunk, contact.cause) == ("pstn", cause)


def test_a_call_from_outside_keeps_the_trunk_it_came_by_and_that_lines_cause() -> None:
    line = _of("2", CallerIDNum="0551234567", Exten="s")
    out = {**_of("2", "Dest", Linkedid="2"), "DestUniqueid": "9", "DestChannel": "DAHDI/i2/0550000000-2",
           "DestAccountCode": "trunk/other"}  # fmt: skip
    story = _play(
        {"Event": "Newchannel", **line},
        _step(line, "inbound", "+966112345600", "pstn"),
        {"Event": "DialBegin", **line, **out},
        {"Event": "DialEnd", **line, **out, "DialStatus": "BUSY"},
        {"Event": "Hangup", **_channel("DAHDI/i2/0550000000-2", "9", "2", AccountCode="trunk/other"), "Cause": "17"},
        {"Event": "Hangup", **line, "Cause": "31"},
    )
    [contact] = story.contacts.values()
    assert (contact.trunk, contact.cause) == ("pstn", 31)
