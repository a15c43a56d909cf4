"""Calls as wholes: how one begins, how channels come to it and leave it, how it closes and with what
outcome.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from appliance.live import segments
from appliance.live.events import Snapshot
from appliance.live.facts import ContactRecord, EndedBy, Outcome
from appliance.live.state import (
    Call,
    Channel,
    State,
    call_mark,
    call_of,
    endpoint_of,
    is_gone,
    trunk_of,
    with_call,
    with_gone,
)

_NO_NUMBER = frozenset({"", "s", "h", "i", "t"})
"""Extensions of the dialplan that nobody dialled."""


def channel_from(snapshot: Snapshot, before: Channel | None = None) -> Channel:
    """A channel as an event shows it; what events do not show is kept from before."""
    if before is not None and (
        before.state == snapshot.state
        and before.name == snapshot.name
        and before.number == snapshot.number
        and before.caller_name == snapshot.caller_name
        and before.connected_number == snapshot.connected_number
    ):
        return before
    return Channel(
        uniqueid=snapshot.uniqueid,
        name=snapshot.name,
        endpoint=endpoint_of(snapshot.name, snapshot.account) or (before.endpoint if before else ""),
        state=snapshot.state,
        number=snapshot.number,
        caller_name=snapshot.caller_name,
        connected_number=snapshot.connected_number,
        bridge=before.bridge if before else None,
        held=before.held if before else False,
        trunk=trunk_of(snapshot.name, snapshot.account) or (before.trunk if before else ""),
    )


def placed(state: State, snapshot: Snapshot, at: datetime, *, new: bool = False) -> tuple[State, Call | None]:
    """The call of the channel that an event shows, with the channel brought up to date; it begins here if
    unknown.

    new: the channel came into being with this event. Any other event of a channel never seen means that the
    beginning
    was missed: the contact is marked. None for a channel that has already ended: the event is late or
    doubled.
    """
    call = call_of(state, snapshot.uniqueid)
    if call is None:
        call = state.calls.get(snapshot.linkedid)
        if is_gone(state, snapshot.uniqueid) or (call is None and is_gone(state, call_mark(snapshot.linkedid))):
            return state, None
        state = replace(state, places=state.places.put(snapshot.uniqueid, snapshot.linkedid))
        if call is None:
            call = _begun(snapshot, at, seen_whole=new and snapshot.linkedid == snapshot.uniqueid)
        elif not new and not call.contact.gap:
            call = replace(call, contact=replace(call.contact, gap=True))
    before = call.channels.get(snapshot.uniqueid)
    channel = channel_from(snapshot, before)
    if channel is not before:
        call = replace(call, channels={**call.channels, snapshot.uniqueid: channel})
    if call.caller is None and snapshot.uniqueid == call.id:
        call = replace(call, caller=snapshot.uniqueid)
    call = _with_trunk(_with_called(call, snapshot), channel)
    return with_call(state, call), call


def _begun(snapshot: Snapshot, at: datetime, *, seen_whole: bool) -> Call:
    own = snapshot.uniqueid == snapshot.linkedid
    endpoint = endpoint_of(snapshot.name, snapshot.account)
    inbound = own and trunk_of(snapshot.name, snapshot.account) != ""
    return Call(
        ContactRecord(
            call_id=snapshot.linkedid,
            sequence=0 if seen_whole else int(at.timestamp()),
            started=at,
            caller=(endpoint or snapshot.number) if own else snapshot.connected_number,
            caller_name=snapshot.caller_name if own else snapshot.connected_name,
            called=snapshot.exten if own and snapshot.exten not in _NO_NUMBER else "",
            direction="inbound" if inbound else "internal",
            gap=not seen_whole,
        )
    )


def _with_called(call: Call, snapshot: Snapshot) -> Call:
    """Calls begun by Asterisk learn caller and number only once the caller's channel runs the dialplan."""
    if call.caller != snapshot.uniqueid or call.contact.called or snapshot.exten in _NO_NUMBER:
        return call
    return replace(call, contact=replace(call.contact, called=snapshot.exten))


def _with_trunk(call: Call, channel: Channel) -> Call:
    """The trunk that a call came in by counts for all of it."""
    contact = call.contact
    if channel.trunk in ("", contact.trunk) or (contact.trunk and contact.direction == "inbound"):
        return call
    return replace(call, contact=replace(contact, trunk=channel.trunk, cause=0))


def with_cause(call: Call, uniqueid: str, cause: int) -> Call:
    """The call once the line of this channel was given up with this cause."""
    channel, contact = call.channels.get(uniqueid), call.contact
    of_another = contact.direction == "inbound" and uniqueid != call.caller
    if channel is None or not channel.trunk or channel.trunk != contact.trunk or of_another:
        return call
    return replace(call, contact=replace(contact, cause=cause))


def without_channel(state: State, call: Call, uniqueid: str, at: datetime) -> State:
    """A channel is gone from its call; the call closes with its last channel."""
    channel = call.channels.get(uniqueid)
    if channel is not None and channel.bridge is not None:
        state = left_bridge(state, channel.bridge, uniqueid)
    channels = {key: value for key, value in call.channels.items() if key != uniqueid}
    # How a phone ended counts until the last phone of its extension has ended.
    legs = {key: leg for key, leg in call.legs.items() if key != uniqueid or leg.result}
    call = replace(call, channels=channels, legs=legs)
    if not channels:
        call = closed(call, at)
    return with_call(with_gone(state, uniqueid, call.id), call)


def left_bridge(state: State, bridge: str, uniqueid: str) -> State:
    """A channel is no longer in a bridge."""
    members = state.bridges.get(bridge)
    if members is None or uniqueid not in members:
        return state
    left = members - {uniqueid}
    bridges = state.bridges.put(bridge, left) if left else state.bridges.without(bridge)
    return replace(state, bridges=bridges)


def closed(call: Call, at: datetime, *, by: EndedBy | None = None, outcome: Outcome | None = None) -> Call:
    """The contact is over. Segments still open end with it.

    by: who ended it, where that is known better than from who hung up; outcome: instead of the one judged.
    """
    if call.contact.ended is not None:
        return call
    # A clock that was set back must not have the contact end before what happened in it.
    at = max([at, call.contact.started, *(s.end_at or s.answer_at or s.ring_at for s in call.contact.segments)])
    unknown = outcome is Outcome.UNKNOWN
    ended_by = None if unknown else by or call.hung_up_by or "system"
    for index, segment in enumerate(call.contact.segments):
        if segment.end_at is None:
            judged = segment.outcome or ("answered" if segment.answer_at is not None else "cancelled")
            call = segments.end(call, index, at, "unknown" if unknown else judged, ended_by=ended_by)
    contact = replace(call.contact, ended=at, ended_by=ended_by, outcome=outcome or judged_outcome(call))
    return replace(call, contact=contact, service=None, hold_since=None)


_REFUSALS = {
    "busy": Outcome.BUSY,
    "dnd": Outcome.BUSY,
    "limit": Outcome.BUSY,
    "rejected": Outcome.REJECTED,
    "no_answer": Outcome.NO_ANSWER,
    "cancelled": Outcome.CANCELLED,
    "unreachable": Outcome.FAILED,
    "invalid": Outcome.FAILED,
    "no_line": Outcome.FAILED,
    "not_allowed": Outcome.FAILED,
    "unrouted": Outcome.FAILED,
    "failed": Outcome.FAILED,
}


def judged_outcome(call: Call) -> Outcome:
    """The outcome of the whole, from its segments.

    A person who answered decides; then the mailbox; then a service; else how the last attempt failed. Nothing
    at all: the caller hung up before anything was tried, or the way led nowhere.
    """
    parts = call.contact.segments
    if any(part.kind == segments.EXTENSION and part.answer_at is not None for part in parts):
        return Outcome.ANSWERED
    if any(part.kind == segments.VOICEMAIL for part in parts):
        return Outcome.VOICEMAIL
    if any(part.kind == segments.SERVICE for part in parts):
        return Outcome.SERVICE
    for part in reversed(parts):
        if part.outcome in _REFUSALS:
            return _REFUSALS[part.outcome]
    return Outcome.CANCELLED if call.hung_up_by == "caller" else Outcome.FAILED
