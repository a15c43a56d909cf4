"""What happens to the segments of one call.

Every function gives the changed call; times never run backwards.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from appliance.live.facts import ContactRecord, EndedBy, SegmentRecord
from appliance.live.state import Call, Leg

EXTENSION = "extension"
VOICEMAIL = "voicemail"
SERVICE = "service"


def with_contact(call: Call, contact: ContactRecord) -> Call:
    """The call with its record changed."""
    return call if contact == call.contact else replace(call, contact=contact)


def begin(call: Call, target: str, kind: str, at: datetime, *, answered: bool = False, leg: str | None = None) -> Call:
    """A new segment at the end. What a service of the box was doing with the caller ends with it.

    leg: the channel whose segment it is.
    """
    call = end_services(call, at)
    at = max(at, call.contact.started)
    segment = SegmentRecord(target, kind, at, at if answered else None)
    contact = replace(call.contact, segments=(*call.contact.segments, segment))
    legs = call.legs if leg is None else {**call.legs, leg: Leg(len(contact.segments) - 1)}
    call = replace(call, contact=contact, legs=legs, service=target if kind == SERVICE else None)
    if kind == VOICEMAIL:
        call = replace(call, service=VOICEMAIL)
    return _answered(call, at) if answered and kind == EXTENSION else call


def answer(call: Call, index: int, at: datetime) -> Call:
    """The party of this segment answered."""
    segment = call.contact.segments[index]
    if segment.answer_at is not None or segment.end_at is not None:
        return call
    at = max(at, segment.ring_at)
    return _answered(_put(call, index, replace(segment, answer_at=at)), at)


def end(
    call: Call,
    index: int,
    at: datetime,
    outcome: str,
    *,
    ended_by: EndedBy | None = None,
    transferred_to: str | None = None,
) -> Call:
    """This segment is over. Does nothing to one that already is."""
    segment = call.contact.segments[index]
    if segment.end_at is not None:
        return call
    hold_s = segment.hold_s
    if call.hold_since is not None and active(call) == index:
        hold_s += _seconds(call.hold_since, at)
        call = replace(call, hold_since=None)
    at = max(at, segment.answer_at or segment.ring_at)
    hold_s = min(hold_s, _seconds(segment.answer_at, at)) if segment.answer_at is not None else 0.0
    ended = replace(
        segment,
        end_at=at,
        hold_s=hold_s,
        outcome=outcome,
        ended_by=ended_by,
        transferred_to=transferred_to or segment.transferred_to,
    )
    legs = {uniqueid: leg for uniqueid, leg in call.legs.items() if leg.segment != index}
    return replace(_put(call, index, ended), legs=legs)


def end_services(call: Call, at: datetime, ended_by: EndedBy | None = None) -> Call:
    """The caller leaves the service or mailbox they were connected to."""
    for index, segment in enumerate(call.contact.segments):
        if segment.kind != EXTENSION and segment.end_at is None:
            call = end(call, index, at, segment.outcome or "answered", ended_by=ended_by)
    return replace(call, service=None) if call.service is not None else call


def amend(call: Call, index: int, *, outcome: str | None = None, transferred_to: str | None = None) -> Call:
    """Add to a segment, over or not, what was learnt about it afterwards."""
    segment = call.contact.segments[index]
    return _put(
        call,
        index,
        replace(
            segment,
            outcome=segment.outcome if outcome is None else outcome,
            transferred_to=segment.transferred_to if transferred_to is None else transferred_to,
        ),
    )


def hold(call: Call, at: datetime) -> Call:
    """One side put the other on hold. A second hold on top of the first changes nothing."""
    if call.hold_since is not None or active(call) is None:
        return call
    return replace(call, hold_since=at)


def unhold(call: Call, at: datetime) -> Call:
    """Nobody holds anybody any more."""
    index = active(call)
    since = call.hold_since
    if since is None or index is None:
        return replace(call, hold_since=None) if since is not None else call
    segment = call.contact.segments[index]
    held = replace(segment, hold_s=segment.hold_s + _seconds(since, at))
    return replace(_put(call, index, held), hold_since=None)


def active(call: Call) -> int | None:
    """The segment whose party is being talked to: the last one answered and not over."""
    segments = call.contact.segments
    for index in range(len(segments) - 1, -1, -1):
        segment = segments[index]
        if segment.kind == EXTENSION and segment.answer_at is not None and segment.end_at is None:
            return index
    return None


def last_of(call: Call, target: str) -> int | None:
    """The latest segment of this extension, if none of another came after it."""
    segments = call.contact.segments
    if segments and segments[-1].target == target and segments[-1].kind == EXTENSION:
        return len(segments) - 1
    return None


def last_target(call: Call) -> str:
    """Whose the latest segment is, ``""`` without one."""
    return call.contact.segments[-1].target if call.contact.segments else ""


def _answered(call: Call, at: datetime) -> Call:
    if call.contact.answered is not None:
        return call
    return replace(call, contact=replace(call.contact, answered=at))


def _put(call: Call, index: int, segment: SegmentRecord) -> Call:
    segments = call.contact.segments
    if segments[index] == segment:
        return call
    changed = (*segments[:index], segment, *segments[index + 1 :])
    return replace(call, contact=replace(call.contact, segments=changed))


def _seconds(since: datetime, until: datetime) -> float:
    return max(0.0, (until - since).total_seconds())
