"""What our own dialplan tells of a caller's way: mailboxes, services, forwards, refusals."""

from __future__ import annotations

from dataclasses import replace

from appliance.live import segments
from appliance.live.calls import placed
from appliance.live.events import MessageWaiting, Step, StepKind
from appliance.live.state import Call, State, with_call

_SERVICES = frozenset({StepKind.VOICEMAIL_MENU, StepKind.ECHO_TEST, StepKind.OWN_NUMBER, StepKind.FEATURE})
_NO_NUMBER = "none"
_REDIAL = "last_number_redial"


def step(state: State, event: Step) -> State:
    """Our dialplan did something with a caller. What an earlier event told already is not told twice."""
    state, call = placed(state, event.channel, event.at)
    if call is None:
        return state
    if event.kind is StepKind.VOICEMAIL:
        if call.service == segments.VOICEMAIL and segments.last_target(call) == event.extension:
            return state
        return with_call(state, segments.begin(call, event.extension, segments.VOICEMAIL, event.at, answered=True))
    if event.kind is StepKind.INBOUND:
        called = "" if event.extension == _NO_NUMBER else event.extension
        caller = event.channel.number or call.contact.caller
        # A telephone line tells them between the first rings, when the call has begun.
        name = event.channel.caller_name or call.contact.caller_name
        contact = replace(call.contact, direction="inbound", caller=caller, caller_name=name, called=called)
        return with_call(state, segments.with_contact(call, contact))
    if event.kind is StepKind.OUTBOUND:
        contact = replace(call.contact, direction="outbound", called=event.extension or call.contact.called)
        return with_call(state, segments.with_contact(call, contact))
    if event.kind in _SERVICES:
        return with_call(state, _service(call, event))
    if event.kind is StepKind.FORWARD:
        return with_call(state, _forward(call, event))
    return with_call(state, _refused(call, event))


def _service(call: Call, event: Step) -> Call:
    words = event.detail.split()
    name = words[0] if event.kind is StepKind.FEATURE and words else str(event.kind)
    if name == _REDIAL:
        # Not where the call ends but how it was dialled: what follows is a call like any other.
        if len(words) > 1:
            return segments.with_contact(call, replace(call.contact, called=words[1]))
        return call
    if call.service == name:
        return call
    return segments.begin(call, name, segments.SERVICE, event.at, answered=True)


def _forward(call: Call, event: Step) -> Call:
    """Detail is ``<reason> <kind> <name>``, or ``loop`` where the call had been there before."""
    words = event.detail.split()
    where = words[2] if len(words) > 2 else ""
    if words[1:2] == [segments.VOICEMAIL]:
        where = f"{segments.VOICEMAIL}:{where}"
    index = segments.last_of(call, event.extension)
    if not where:
        return call
    if index is not None:
        return segments.amend(call, index, transferred_to=where)
    call = segments.begin(call, event.extension, segments.EXTENSION, event.at)
    index = len(call.contact.segments) - 1
    return segments.end(call, index, event.at, "forwarded", transferred_to=where)


def _refused(call: Call, event: Step) -> Call:
    """Busy, do-not-disturb, over a limit, no phone, no such number: what the caller hears, and whom it was
    about.
    """
    own = event.kind is StepKind.LIMIT and event.detail == "own"
    target = call.contact.called if own else event.extension
    index = segments.last_of(call, target)
    outcome = str(event.kind)
    if index is not None and call.contact.segments[index].end_at is not None:
        # The phone's own answer came first and says more than our summing up of it.
        return call
    if index is None:
        call = segments.begin(call, target, segments.EXTENSION, event.at)
        index = len(call.contact.segments) - 1
    return segments.end(call, index, event.at, outcome)


def message_waiting(state: State, event: MessageWaiting) -> State:
    """A message was left: told while the caller who left it is still in the mailbox (app_voicemail.c,
    leave_voicemail).

    A caller who hangs up without a word makes no such event.
    """
    mailbox = event.mailbox.partition("@")[0]
    if not event.new:
        return state
    for call in state.calls.values():
        if call.service != segments.VOICEMAIL:
            continue
        for index, segment in enumerate(call.contact.segments):
            if segment.kind == segments.VOICEMAIL and segment.target == mailbox and segment.end_at is None:
                return with_call(state, segments.amend(call, index, outcome="message_left"))
    return state
