"""One event at a time: ``reduce(state, event) -> (state, facts)``. Total: no event in any order raises.

Late and doubled events change nothing that is already known; times never run backwards. What each event does
is in the
module of its noun: dialling, transfers, steps, registrations.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from appliance.live import dialling, events, registrations, segments, steps, transfers
from appliance.live.calls import closed, left_bridge, placed, with_cause, without_channel
from appliance.live.facts import ContactUpdate, EndedBy, Fact
from appliance.live.state import Call, State, call_mark, call_of, on_card, with_call, with_gone


def reduce(state: State, event: events.Event) -> tuple[State, tuple[Fact, ...]]:
    """The state after an event, and what of it belongs in the history."""
    reducer = _REDUCERS.get(type(event))
    after = reducer(state, event) if reducer else state
    if after.last_heard is None or event.at > after.last_heard:
        after = replace(after, last_heard=event.at)
    return settled(state, after)


def settled(before: State, after: State) -> tuple[State, tuple[Fact, ...]]:
    """Take closed calls out of the state, and give every contact record that counts and changed, oldest first."""
    if after.calls is before.calls:
        return after, ()
    updates: list[Fact] = []
    for call_id, old, new in before.calls.changes(after.calls):
        if new is None:
            continue
        changed = old is None or (new.contact is not old.contact and new.contact != old.contact)
        if changed and new.contact.counts:
            updates.append(ContactUpdate(new.contact))
        if new.contact.ended is not None:
            for uniqueid, channel in new.channels.items():
                if channel.bridge is not None:
                    after = left_bridge(after, channel.bridge, uniqueid)
                after = with_gone(after, uniqueid, call_id)
            after = with_gone(replace(after, calls=after.calls.without(call_id)), call_mark(call_id), call_id)
    updates.sort(key=lambda fact: fact.record.key if isinstance(fact, ContactUpdate) else ("", 0))
    return after, tuple(updates)


def _shown(state: State, event: events.NewChannel | events.NewState) -> State:
    return placed(state, event.channel, event.at, new=isinstance(event, events.NewChannel))[0]


def _bridge_enter(state: State, event: events.BridgeEnter) -> State:
    state, call = placed(state, event.channel, event.at)
    if call is None:
        return state
    uniqueid = event.channel.uniqueid
    channel = call.channels[uniqueid]
    if channel.bridge is not None and channel.bridge != event.bridge:
        state = left_bridge(state, channel.bridge, uniqueid)
    call = replace(call, channels={**call.channels, uniqueid: replace(channel, bridge=event.bridge)})
    if call.hung_up_by is not None and call.hung_up_by == _side(call, uniqueid):
        call = replace(call, hung_up_by=None)  # it had only left for another bridge
    leg = call.legs.get(uniqueid)
    if leg is not None:
        # Where the end of dialling was missed, talking together proves the answer.
        call = segments.answer(call, leg.segment, event.at)
    state = with_call(state, call)
    members = (state.bridges.get(event.bridge) or frozenset()) | {uniqueid}
    state = replace(state, bridges=state.bridges.put(event.bridge, members))
    return transfers.met(state, uniqueid, event.bridge, event.at, event.channel.linkedid)


def _bridge_leave(state: State, event: events.BridgeLeave) -> State:
    state, call = placed(state, event.channel, event.at)
    uniqueid = event.channel.uniqueid
    first = len(state.bridges.get(event.bridge) or ()) > 1
    state = left_bridge(state, event.bridge, uniqueid)
    if call is None or call.channels[uniqueid].bridge != event.bridge:
        return state
    channel = replace(call.channels[uniqueid], bridge=None)
    call = replace(call, channels={**call.channels, uniqueid: channel})
    if first and on_card(channel.name) and call.hung_up_by is None:
        # A telephone that is put down and a line that goes dead request nothing: they just leave (chan_dahdi.c).
        call = replace(call, hung_up_by=_side(call, uniqueid))
    return with_call(state, call)


def _side(call: Call, uniqueid: str) -> EndedBy | None:
    """Of the talk that is up, the side that a channel is on."""
    if uniqueid == call.caller:
        return "caller"
    leg = call.legs.get(uniqueid)
    return "target" if leg is not None and leg.segment == segments.active(call) else None


def _bridge_destroy(state: State, event: events.BridgeDestroy) -> State:
    for uniqueid in state.bridges.get(event.bridge) or ():
        call = call_of(state, uniqueid)
        channel = call.channels.get(uniqueid) if call is not None else None
        if call is not None and channel is not None and channel.bridge == event.bridge:
            channels = {**call.channels, uniqueid: replace(channel, bridge=None)}
            state = with_call(state, replace(call, channels=channels))
    return replace(state, bridges=state.bridges.without(event.bridge))


def _hold(state: State, event: events.Hold) -> State:
    return _set_held(state, event.channel, event, held=True)


def _unhold(state: State, event: events.Unhold) -> State:
    return _set_held(state, event.channel, event, held=False)


def _set_held(state: State, snapshot: events.Snapshot, event: events.Hold | events.Unhold, *, held: bool) -> State:
    state, call = placed(state, snapshot, event.at)
    if call is None:
        return state
    channel = replace(call.channels[snapshot.uniqueid], held=held)
    call = replace(call, channels={**call.channels, snapshot.uniqueid: channel})
    if held:
        call = segments.hold(call, event.at)
    elif not any(one.held for one in call.channels.values()):
        call = segments.unhold(call, event.at)
    return with_call(state, call)


def _hangup_request(state: State, event: events.HangupRequest) -> State:
    call = call_of(state, event.channel.uniqueid)
    if call is None:
        return state
    uniqueid = event.channel.uniqueid
    leg = call.legs.get(uniqueid)
    if leg is not None and not leg.cause:
        call = replace(call, legs={**call.legs, uniqueid: replace(leg, cause=event.cause)})
    if call.hung_up_by is None:
        call = replace(call, hung_up_by=_side(call, uniqueid))
    return with_call(state, call)


def _hangup(state: State, event: events.Hangup) -> State:
    call = call_of(state, event.channel.uniqueid)
    if call is None:
        return state
    uniqueid = event.channel.uniqueid
    call = dialling.told_late(with_cause(call, uniqueid, event.cause), uniqueid, event.cause)
    leg = call.legs.get(uniqueid)
    if leg is not None:
        segment = call.contact.segments[leg.segment]
        if segment.answer_at is None:
            cause = leg.cause or event.cause
            result = "rejected" if cause == dialling.CALL_REJECTED else leg.result or "failed"
            call = dialling.stopped(call, uniqueid, result, event.at)
        elif not any(
            key != uniqueid and other.segment == leg.segment and not other.result for key, other in call.legs.items()
        ):
            by: EndedBy = call.hung_up_by or "system"
            call = segments.end(call, leg.segment, event.at, "answered", ended_by=by)
    if uniqueid == call.caller:
        call = _caller_gone(call, event)
    return without_channel(state, call, uniqueid, event.at)


def _caller_gone(call: Call, event: events.Hangup) -> Call:
    """The calling side is gone: mailbox and services end with it, and so does the talk."""
    by: EndedBy = call.hung_up_by or "system"
    call = segments.end_services(call, event.at, by)
    index = segments.active(call)
    if index is not None:
        call = segments.end(call, index, event.at, "answered", ended_by=by)
    return call


def _shutdown(state: State, event: events.Shutdown) -> State:
    """Asterisk stops: everything ends now, and that is certain."""
    for call in list(state.calls.values()):
        state = with_call(state, closed(call, event.at, by="system"))
    return replace(state, registrations=type(state.registrations)())


_REDUCERS: dict[type, Callable[[State, Any], State]] = {
    events.NewChannel: _shown,
    events.NewState: _shown,
    events.DialBegin: dialling.dial_begin,
    events.DialState: dialling.dial_state,
    events.DialEnd: dialling.dial_end,
    events.BridgeEnter: _bridge_enter,
    events.BridgeLeave: _bridge_leave,
    events.BridgeDestroy: _bridge_destroy,
    events.Hold: _hold,
    events.Unhold: _unhold,
    events.BlindTransfer: transfers.blind_transfer,
    events.AttendedTransfer: transfers.attended_transfer,
    events.HangupRequest: _hangup_request,
    events.Hangup: _hangup,
    events.Rename: transfers.rename,
    events.Pickup: transfers.pickup,
    events.Step: steps.step,
    events.MessageWaiting: steps.message_waiting,
    events.ContactStatus: registrations.contact_status,
    events.Shutdown: _shutdown,
}
