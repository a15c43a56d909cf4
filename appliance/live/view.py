"""The live state as people see it: plain values in the shape of ``LiveView`` of the control socket."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from appliance.live.state import RINGING, UP, Call, Channel, PartyState, Registration, State

CallState: TypeAlias = Literal["dialling", "ringing", "talking", "held", "service"]


@dataclass(frozen=True, slots=True)
class Party:
    """One end of a live call. extension is None where it is none of ours; trunk: that of somebody outside."""

    channel: str
    number: str = ""
    name: str = ""
    extension: str | None = None
    state: PartyState = "dialling"
    trunk: str | None = None


@dataclass(frozen=True, slots=True)
class LiveCall:
    """A call that is up or being set up; the calling side comes first among the parties."""

    id: str
    state: CallState
    started: datetime
    answered: datetime | None = None
    parties: tuple[Party, ...] = ()
    service: str | None = None


@dataclass(frozen=True, slots=True)
class Live:
    """Everything live. Calls oldest first, registrations by extension.

    ``dataclasses.asdict`` gives ``LiveView``.
    """

    at: datetime
    connected: bool
    calls: tuple[LiveCall, ...] = ()
    registrations: tuple[Registration, ...] = ()


def live_view(state: State, at: datetime) -> Live:
    """What is live. at: now, UTC."""
    calls = sorted((live_call(call) for call in state.calls.values()), key=lambda call: (call.started, call.id))
    registrations = sorted(
        state.registrations.values(), key=lambda registration: (registration.extension, registration.uri)
    )
    return Live(at, state.connected, tuple(calls), tuple(registrations))


def live_call(call: Call) -> LiveCall:
    """One call as people see it. Local channels are Asterisk's own plumbing and are left out."""
    held_by = {uniqueid for uniqueid, channel in call.channels.items() if channel.held}
    shown = [channel for channel in call.channels.values() if not channel.name.startswith("Local/")]
    shown.sort(key=lambda channel: (channel.uniqueid != call.caller, channel.name))
    parties = tuple(_party(channel, call, held_by) for channel in shown)
    return LiveCall(
        call.id,
        _call_state(call, parties),
        call.contact.started,
        call.contact.answered,
        parties,
        call.service,
    )


def _party(channel: Channel, call: Call, held_by: set[str]) -> Party:
    """held: somebody else in the call put this party on hold."""
    state: PartyState = "dialling"
    if channel.state == UP:
        state = "held" if held_by - {channel.uniqueid} and channel.uniqueid not in held_by else "up"
    elif channel.state == RINGING:
        state = "ringing"
    number = channel.number
    if channel.trunk and channel.uniqueid != call.caller:
        number = call.contact.called or number
    elif not number and channel.uniqueid == call.caller:
        number = call.contact.caller
    return Party(
        channel.name,
        channel.endpoint or number,
        channel.caller_name,
        channel.endpoint or None,
        state,
        channel.trunk or None,
    )


def _call_state(call: Call, parties: tuple[Party, ...]) -> CallState:
    if call.service is not None:
        return "service"
    if any(party.state == "held" for party in parties):
        return "held"
    talking = sum(channel.bridge is not None for channel in call.channels.values()) >= 2
    if talking:
        return "talking"
    return "ringing" if any(party.state == "ringing" for party in parties) else "dialling"
