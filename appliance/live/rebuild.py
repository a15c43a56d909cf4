"""After a lost connection: the state as Asterisk now tells it, with what was known before, and the gap
marked.

What happened in between is not known and not guessed: a contact that is gone ends as ``unknown`` at the last
moment of which something certain is known; one that is still up goes on, marked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from appliance.live import segments
from appliance.live.calls import channel_from, closed
from appliance.live.dialling import ring
from appliance.live.events import ContactStatus, Snapshot
from appliance.live.facts import ContactRecord, Fact, Gap, Outcome
from appliance.live.headers import Headers, text
from appliance.live.parse import contact_status, snapshot
from appliance.live.reduce import settled
from appliance.live.registrations import registered
from appliance.live.state import RINGING, UP, Call, Channel, Leg, Registration, State, with_call
from appliance.live.table import Table


@dataclass(frozen=True, slots=True)
class CensusChannel:
    """A channel as ``CoreShowChannels`` lists it. bridge: it is in, ``""`` for none."""

    channel: Snapshot
    bridge: str = ""


@dataclass(frozen=True, slots=True)
class Census:
    """What Asterisk answered when asked what is up. registrations is None where it was not asked."""

    channels: tuple[CensusChannel, ...] = ()
    registrations: tuple[ContactStatus, ...] | None = None


def census(listed: Iterable[Headers], at: datetime, *, with_registrations: bool = True) -> Census:
    """Sort the events of ``CoreShowChannels`` and ``PJSIPShowRegistrationInboundContactStatuses``; others
    are ignored.
    """
    channels: list[CensusChannel] = []
    contacts: list[ContactStatus] = []
    for headers in listed:
        name = text(headers, "Event")
        if name == "CoreShowChannel" and (shown := snapshot(headers)) is not None:
            channels.append(CensusChannel(shown, text(headers, "BridgeId")))
        elif name == "ContactStatusDetail" and (status := contact_status(headers, at)) is not None:
            contacts.append(status)
    return Census(tuple(channels), tuple(contacts) if with_registrations else None)


def restored(open_contacts: Iterable[ContactRecord], known_until: datetime | None) -> State:
    """The state that a daemon starts with: the contacts that its last run left open, their channels not
    known.

    known_until: until when that run heard Asterisk. :func:`rebuild` must follow.
    """
    calls: dict[str, Call] = {}
    for record in sorted(open_contacts, key=lambda record: record.key):
        calls[record.call_id] = Call(record)
    return State(last_heard=known_until, calls=Table(calls))


def lost(state: State, last_heard: datetime) -> State:
    """Asterisk is not heard any more. What the state shows may be stale from ``last_heard`` on."""
    known = state.last_heard
    return replace(state, connected=False, last_heard=last_heard if known is None else max(known, last_heard))


def rebuild(before: State, answers: Census, at: datetime, reason: str = "lost") -> tuple[State, tuple[Fact, ...]]:
    """The state that Asterisk tells of, with what was known of its calls.

    before: as :func:`lost` or :func:`restored` left it; its ``last_heard`` is when the gap began. at: now.
    reason: for the gap, as :class:`Gap` keeps it.
    """
    since = min(before.last_heard or at, at)
    groups = _grouped(before, answers)
    state = replace(
        before, connected=True, last_heard=at, places=Table(), bridges=_bridges(answers),
        registrations=_registrations(before, answers, at),
    )  # fmt: skip
    places = {listed.channel.uniqueid: call_id for call_id, listing in groups.items() for listed in listing}
    state = replace(state, places=Table(places))
    for call in list(before.calls.values()):
        if call.id not in groups:
            state = with_call(state, _vanished(call, since))
    for call_id, listing in groups.items():
        known = before.calls.get(call_id)
        call = _kept(known, listing, since) if known is not None else _found(call_id, listing, at)
        state = with_call(state, _with_legs(call, since, at))
    state, facts = settled(before, state)
    if before.last_heard is None:
        return state, facts
    return state, (Gap(since, at, reason), *facts)


def _grouped(before: State, answers: Census) -> dict[str, list[CensusChannel]]:
    """Channels by call: where they were before, else by linkedid."""
    groups: dict[str, list[CensusChannel]] = {}
    for listed in answers.channels:
        place = before.places.get(listed.channel.uniqueid)
        if place is None or place not in before.calls:
            place = listed.channel.linkedid
        groups.setdefault(place, []).append(listed)
    return groups


def _bridges(answers: Census) -> Table[str, frozenset[str]]:
    bridges: dict[str, frozenset[str]] = {}
    for listed in answers.channels:
        if listed.bridge:
            members = bridges.get(listed.bridge, frozenset())
            bridges[listed.bridge] = members | {listed.channel.uniqueid}
    return Table(bridges)


def _registrations(before: State, answers: Census, at: datetime) -> Table[tuple[str, str], Registration]:
    if answers.registrations is None:
        return before.registrations
    return Table(
        {
            (status.aor, status.uri): registered(status, before.registrations.get((status.aor, status.uri)))
            for status in answers.registrations
        }
    )


def _vanished(call: Call, since: datetime) -> Call:
    call = replace(call, contact=replace(call.contact, gap=True), channels={})
    return closed(call, since, outcome=Outcome.UNKNOWN)


def _kept(call: Call, listing: list[CensusChannel], since: datetime) -> Call:
    """A call that is still up. What ended in the gap ended at its beginning, as far as can be said."""
    channels = {listed.channel.uniqueid: _channel(listed, call) for listed in listing}
    if call.hold_since is not None and not any(channel.held for channel in channels.values()):
        call = segments.unhold(call, since)
    legs = {uniqueid: leg for uniqueid, leg in call.legs.items() if uniqueid in channels}
    caller = call.caller if call.caller in channels else None
    if caller is None and call.id in channels:
        caller = call.id
    contact = replace(call.contact, gap=True)
    return replace(call, contact=contact, channels=channels, caller=caller, legs=legs)


def _found(call_id: str, listing: list[CensusChannel], at: datetime) -> Call:
    """A call of which nothing was known. Its beginning is not known either: it counts from now, marked."""
    first = next((one for one in listing if one.channel.uniqueid == call_id), listing[0])
    channel = _channel(first, None)
    own = channel.uniqueid == call_id
    contact = ContactRecord(
        call_id=call_id,
        sequence=int(at.timestamp()),
        started=at,
        caller=(channel.endpoint or channel.number) if own else channel.connected_number,
        caller_name=channel.caller_name if own else "",
        called=first.channel.exten if own else channel.endpoint,
        gap=True,
    )
    channels = {listed.channel.uniqueid: _channel(listed, None) for listed in listing}
    return Call(contact, channels=channels, caller=channel.uniqueid if own else None)


def _channel(listed: CensusChannel, call: Call | None) -> Channel:
    before = call.channels.get(listed.channel.uniqueid) if call is not None else None
    return replace(channel_from(listed.channel, before), bridge=listed.bridge or None)


def _with_legs(call: Call, since: datetime, at: datetime) -> Call:
    """Find the segment of each phone, by its extension; begin one for a phone that has none.

    Where the calling side is not known any more, it is a phone to which no open segment belongs.
    """
    if call.contact.ended is not None:
        return call
    phones = sorted(
        (channel for channel in call.channels.values() if channel.endpoint and channel.uniqueid != call.caller),
        key=lambda channel: channel.uniqueid,
    )
    for channel in phones:
        index = _open_segment(call, channel.endpoint)
        if index is not None and channel.uniqueid not in call.legs:
            call = replace(call, legs={**call.legs, channel.uniqueid: Leg(index)})
        leg = call.legs.get(channel.uniqueid)
        if leg is not None and _talking(channel):
            call = segments.answer(call, leg.segment, at)
    call = _without_dead_segments(call, since)
    for channel in phones:
        if channel.uniqueid in call.legs:
            continue
        if call.caller is None:
            call = replace(call, caller=channel.uniqueid)
        elif _talking(channel):
            call = segments.begin(call, channel.endpoint, segments.EXTENSION, at, answered=True, leg=channel.uniqueid)
        elif channel.state == RINGING:
            call = ring(call, channel.uniqueid, channel.endpoint, at)
    return call


def _talking(channel: Channel) -> bool:
    return channel.state == UP and channel.bridge is not None


def _open_segment(call: Call, endpoint: str) -> int | None:
    for index, part in enumerate(call.contact.segments):
        if part.kind == segments.EXTENSION and part.target == endpoint and part.end_at is None:
            return index
    return None


def _without_dead_segments(call: Call, since: datetime) -> Call:
    """Segments found open whose phone is gone ended in the gap: at its beginning, as far as can be said."""
    alive = {leg.segment for leg in call.legs.values()}
    for index, part in enumerate(call.contact.segments):
        if part.kind == segments.EXTENSION and part.end_at is None and index not in alive:
            call = segments.end(call, index, since, "unknown")
    last = call.contact.segments[-1] if call.contact.segments else None
    if last is not None and last.end_at is None and last.kind != segments.EXTENSION:
        service = segments.VOICEMAIL if last.kind == segments.VOICEMAIL else last.target
        call = replace(call, service=service)
    return call
