"""Calls that change hands: blind and attended transfer, call pick-up.

What was decided, and holds for all of them:

- The contact that goes on is the older one, as Asterisk itself decides it: its linkedid becomes that of every
  channel in the bridge (main/bridge_channel.c, update_linkedids). So a contact found again after a gap is
  still the same.
- The other contact (the consultation of an attended transfer, the dialling of the pick-up code) stays in the
  history as the call it was, closes when it becomes part of the first, and names it in ``joined``.
- Every second of talk is counted in exactly one segment. From the transfer on that is the segment of the
  transfer's target, whoever of the two sides transferred; who was left behind becomes the calling side.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from appliance.live import segments
from appliance.live.calls import placed
from appliance.live.events import AttendedTransfer, BlindTransfer, Pickup, Rename
from appliance.live.facts import EndedBy, Outcome
from appliance.live.state import Call, State, call_of, endpoint_of, with_call


def blind_transfer(state: State, event: BlindTransfer) -> State:
    """Somebody sent the other side on."""
    state, call = placed(state, event.transferer, event.at)
    if call is None or event.result != "Success":
        return state
    left = event.transferee.uniqueid if event.transferee is not None else None
    return with_call(state, handed_on(call, event.transferer.uniqueid, left, event.exten, event.at))


def handed_on(call: Call, transferer: str, left: str | None, to: str, at: datetime) -> Call:
    """The transferer is out: the talk with them or begun by them is over, whoever is left is the calling
    side.
    """
    by: EndedBy = "caller" if transferer == call.caller else "target"
    for index, segment in enumerate(call.contact.segments):
        if segment.kind == segments.EXTENSION and segment.answer_at is not None and segment.end_at is None:
            call = segments.end(call, index, at, "transferred", ended_by=by, transferred_to=to)
    call = segments.end_services(call, at)
    channels = call.channels
    if any(channel.held for channel in channels.values()):
        channels = {uniqueid: replace(channel, held=False) for uniqueid, channel in channels.items()}
    caller = call.caller if by == "target" else (left or _other_party(call, transferer))
    return replace(call, channels=channels, caller=caller, hung_up_by=None, hold_since=None)


def _other_party(call: Call, uniqueid: str) -> str | None:
    bridge = call.channels[uniqueid].bridge if uniqueid in call.channels else None
    for other in call.channels.values():
        if other.uniqueid != uniqueid and other.endpoint and (bridge is None or other.bridge == bridge):
            return other.uniqueid
    return None


def attended_transfer(state: State, event: AttendedTransfer) -> State:
    """Somebody joined the two calls they had."""
    state, first = placed(state, event.original, event.at)
    state, second = placed(state, event.second, event.at)
    if first is None or second is None or event.result != "Success" or event.kind == "Fail":
        return state
    # Bridge events may have joined the two already; then both are one call by now.
    survivor_id = first.id if first.id == second.id else _older(first, second)
    state = joined(state, first.id if second.id == survivor_id else second.id, survivor_id, event.at)
    call = state.calls.get(survivor_id)
    if call is None:
        return state
    mine = {event.original.uniqueid, event.second.uniqueid}
    left = event.transferee.uniqueid if event.transferee is not None else None
    target = event.target.uniqueid if event.target is not None else None
    out = call.caller if call.caller in mine else event.original.uniqueid
    to = endpoint_of(event.target.name, event.target.account) if event.target is not None else ""
    if not to:
        to = segments.last_target(second)
    running = segments.active(call)
    if running is not None and to and call.contact.segments[running].target == to:
        # The older call is the one with the target: that talk just goes on, with another on the calling side.
        return with_call(state, replace(call, caller=left or call.caller, hung_up_by=None))
    call = handed_on(call, out or "", left, to, event.at)
    if target is not None and to:
        call = segments.begin(call, to, segments.EXTENSION, event.at, answered=True, leg=target)
    elif second.service is not None:
        call = segments.begin(call, second.service, segments.SERVICE, event.at, answered=True)
    return with_call(state, call)


def _older(first: Call, second: Call) -> str:
    return min((first.contact.started, first.id), (second.contact.started, second.id))[1]


def joined(state: State, from_id: str, into_id: str, at: datetime) -> State:
    """One call becomes part of another: its channels move there, its contact closes and names the other."""
    going, staying = state.calls.get(from_id), state.calls.get(into_id)
    if from_id == into_id or going is None or staying is None:
        return state
    places = state.places
    for uniqueid in going.channels:
        places = places.put(uniqueid, into_id)
    staying = replace(staying, channels={**staying.channels, **going.channels})
    state = with_call(replace(state, places=places), staying)
    contact = going.contact
    for index, segment in enumerate(contact.segments):
        if segment.end_at is None:
            talked = "transferred" if segment.kind == segments.EXTENSION else "answered"
            outcome = talked if segment.answer_at is not None else "cancelled"
            going = segments.end(going, index, at, outcome)
    outcome = _outcome_joined(going)
    ended = max([at, contact.started, *(s.end_at for s in going.contact.segments if s.end_at is not None)])
    contact = replace(going.contact, ended=ended, ended_by="system", outcome=outcome, joined=into_id)
    return with_call(state, replace(going, contact=contact, channels={}, legs={}, service=None))


def _outcome_joined(call: Call) -> Outcome:
    if call.contact.answered is not None:
        return Outcome.ANSWERED
    if any(segment.kind == segments.SERVICE for segment in call.contact.segments):
        return Outcome.SERVICE
    return Outcome.CANCELLED


def pickup(state: State, event: Pickup) -> State:
    """A phone takes the call that rings at another: the dialling of the code becomes part of that call."""
    state, call = placed(state, event.target, event.at)
    state, picker = placed(state, event.channel, event.at)
    if call is None or picker is None:
        return state
    state = joined(state, picker.id, call.id, event.at)
    call = state.calls.get(call.id)
    endpoint = endpoint_of(event.channel.name, event.channel.account)
    place = call.legs.get(event.target.uniqueid) if call is not None else None
    if call is None or place is None or not endpoint:
        return state
    call = segments.end(call, place.segment, event.at, "elsewhere", transferred_to=endpoint)
    # Asterisk lets the picking phone's channel take the place of the one that rang, which hangs up.
    call = segments.begin(call, endpoint, segments.EXTENSION, event.at, answered=True, leg=event.channel.uniqueid)
    return with_call(state, call)


def rename(state: State, event: Rename) -> State:
    """A channel got another name."""
    call = call_of(state, event.uniqueid)
    channel = call.channels.get(event.uniqueid) if call is not None else None
    if call is None or channel is None:
        return state
    endpoint = endpoint_of(event.new) or channel.endpoint
    renamed = replace(channel, name=event.new, endpoint=endpoint)
    return with_call(state, replace(call, channels={**call.channels, event.uniqueid: renamed}))


def met(state: State, uniqueid: str, bridge: str, at: datetime, linkedid: str) -> State:
    """A channel is in a bridge with channels of another call: the two are one from now on.

    The transfer's own event says who transferred; where it is missing (a gap), the newcomer is the one talked
    to.
    linkedid: what Asterisk now calls it, if it says.
    """
    call = call_of(state, uniqueid)
    if call is None:
        return state
    for member in state.bridges.get(bridge) or ():
        other = call_of(state, member)
        if other is None or other.id == call.id:
            continue
        survivor = linkedid if linkedid in {call.id, other.id} else _older(call, other)
        going = other.id if survivor == call.id else call.id
        state = joined(state, going, survivor, at)
        merged = state.calls.get(survivor)
        if merged is None:
            return state
        newcomers = [uniqueid] if going == call.id else sorted(state.bridges.get(bridge) or ())
        state = with_call(state, _with_newcomer(merged, newcomers, at))
        return state
    return state


def _with_newcomer(call: Call, newcomers: list[str], at: datetime) -> Call:
    if segments.active(call) is not None:
        # Who talks on with whom is told by the transfer's event, or by who leaves.
        return call
    for uniqueid in newcomers:
        channel = call.channels.get(uniqueid)
        if channel is not None and channel.endpoint and uniqueid != call.caller and uniqueid not in call.legs:
            return segments.begin(call, channel.endpoint, segments.EXTENSION, at, answered=True, leg=uniqueid)
    return call
