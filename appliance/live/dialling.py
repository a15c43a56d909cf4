"""Ringing: phones begin to ring, one answers, others stop. Several phones of one extension are one segment."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from appliance.live import segments
from appliance.live.calls import placed
from appliance.live.events import DialBegin, DialEnd, DialState
from appliance.live.state import Call, Leg, State, endpoint_of, trunk_of, with_call

CALL_REJECTED = 21
"""ITU-T Q.850 21, what Asterisk makes of SIP 403 and 603 (res/res_pjsip.c, ast_sip_hangup_sip2cause)."""

_OUTCOMES = {
    "BUSY": "busy",
    "NOANSWER": "no_answer",
    "CANCEL": "cancelled",
    "CHANUNAVAIL": "unreachable",
    "CONGESTION": "failed",
    "ABORT": "cancelled",
}
_MOST_TELLING = ("forwarded", "busy", "rejected", "no_answer", "cancelled", "failed", "unreachable")
"""Where the phones of one extension ended differently: the first of these that any of them gave."""


def dial_begin(state: State, event: DialBegin) -> State:
    """A phone rings.

    A call that Asterisk begins (Originate) has no caller: the phone rung is the calling side.
    """
    if event.caller is not None:
        state, _ = placed(state, event.caller, event.at)
    state, call = placed(state, event.target, event.at)
    if call is None or event.caller is None or event.target.uniqueid == call.caller:
        return state
    party = endpoint_of(event.target.name, event.target.account)
    if not party and trunk_of(event.target.name, event.target.account):
        party = call.contact.called or event.target.number  # somebody outside
    return with_call(state, ring(call, event.target.uniqueid, party, event.at))


def ring(call: Call, uniqueid: str, endpoint: str, at: datetime) -> Call:
    """This channel rings for this extension or outside number. Local channels ring nobody."""
    if not endpoint or uniqueid in call.legs:
        return call
    for index, segment in enumerate(call.contact.segments):
        ringing = segment.kind == segments.EXTENSION and segment.answer_at is None and segment.end_at is None
        if ringing and segment.target == endpoint:
            return replace(call, legs={**call.legs, uniqueid: Leg(index)})
    return segments.begin(call, endpoint, segments.EXTENSION, at, leg=uniqueid)


def dial_state(state: State, event: DialState) -> State:
    """Progress of a phone: its channel state tells the same."""
    return placed(state, event.target, event.at)[0]


def dial_end(state: State, event: DialEnd) -> State:
    """A phone answered, or rings no more."""
    state, call = placed(state, event.target, event.at)
    if call is None:
        return state
    leg = call.legs.get(event.target.uniqueid)
    if leg is None:
        return state
    if event.status == "ANSWER":
        return with_call(state, segments.answer(call, leg.segment, event.at))
    result = "rejected" if leg.cause == CALL_REJECTED else _OUTCOMES.get(event.status, "failed")
    if event.forward:
        # The phone itself sent the caller on (SIP 302); Asterisk goes there through a Local channel.
        result = "forwarded"
        call = segments.amend(call, leg.segment, transferred_to=event.forward)
    return with_call(state, stopped(call, event.target.uniqueid, result, event.at))


def told_late(call: Call, uniqueid: str, cause: int) -> Call:
    """The far end of a card's line did not want the call: the cause comes as the channel is given up, after Dial has
    ended with no more than CONGESTION.
    """
    channel = call.channels.get(uniqueid)
    if cause != CALL_REJECTED or channel is None or not channel.trunk or uniqueid == call.caller:
        return call
    last = len(call.contact.segments) - 1
    if last < 0 or call.contact.segments[last].outcome != "failed":
        return call
    return segments.amend(call, last, outcome="rejected")


def stopped(call: Call, uniqueid: str, result: str, at: datetime) -> Call:
    """This phone rings no more, with this result; with the last of its extension's phones the segment is
    over.
    """
    leg = call.legs[uniqueid]
    call = replace(call, legs={**call.legs, uniqueid: replace(leg, result=result)})
    if call.contact.segments[leg.segment].answer_at is not None:
        return call
    results = {one.result for one in call.legs.values() if one.segment == leg.segment}
    if "" in results:
        return call
    outcome = next((one for one in _MOST_TELLING if one in results), result)
    if outcome == "cancelled":
        answered = segments.active(call) is not None
        outcome = "elsewhere" if answered else "cancelled"
    return segments.end(call, leg.segment, at, outcome, ended_by="caller" if outcome == "cancelled" else None)
