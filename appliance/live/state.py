"""The live state: frozen, and cheap to make a changed one of.

A call is everything under one linkedid. Its :class:`~appliance.live.facts.ContactRecord` is kept as the
history will have it; beside it stands what only the reducer needs: the channels, and which channel belongs to
which segment.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from appliance.live.facts import ContactRecord, EndedBy
from appliance.live.table import Table

UP = 6
RINGING = 5
DAHDI = "DAHDI"
_OF_EXTENSION, _OF_TRUNK = "extension/", "trunk/"
_REMEMBERED = 4096


@dataclass(frozen=True, slots=True)
class Channel:
    """One channel of a call.

    endpoint: of PJSIP, hence the extension, also that of an analog telephone; ``""`` for Local channels and others that
    are no phone. trunk: of a line to the outside, ``""`` else.
    bridge: it is in, or None. held: the person at this channel put the other side on hold.
    """

    uniqueid: str
    name: str
    endpoint: str
    state: int = 0
    number: str = ""
    caller_name: str = ""
    connected_number: str = ""
    bridge: str | None = None
    held: bool = False
    trunk: str = ""


@dataclass(frozen=True, slots=True)
class Leg:
    """A channel's part in a segment of the record.

    result: how ringing it ended, once it has; cause: with which its far end hung up (Q.850), once it has.
    """

    segment: int
    result: str = ""
    cause: int = 0


@dataclass(frozen=True, slots=True)
class Call:
    """A call that is up or being set up.

    caller: uniqueid of the channel on the calling side; after a transfer by the caller, of whoever was left
    there.
    legs: channels rung or talked to, by uniqueid. hold_since: since when either side of the running talk is
    on hold.
    hung_up_by: the first of the talking sides whose far end hung up. service: what the caller is connected to
    instead of a person. since: of the state shown.
    """

    contact: ContactRecord
    channels: dict[str, Channel] = field(default_factory=dict)
    caller: str | None = None
    legs: dict[str, Leg] = field(default_factory=dict)
    hold_since: datetime | None = None
    hung_up_by: EndedBy | None = None
    service: str | None = None

    @property
    def id(self) -> str:
        """The linkedid."""
        return self.contact.call_id


@dataclass(frozen=True, slots=True)
class Registration:
    """One phone registered to an extension. reachable: as qualify sees it, None where it was not asked."""

    extension: str
    uri: str
    user_agent: str = ""
    transport: str = ""
    reachable: bool | None = None
    rtt_ms: float | None = None
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class State:
    """Everything live.

    connected: whether Asterisk is being heard; last_heard: the latest moment of which something certain is
    known.
    calls: by linkedid; places: the call of each channel, by uniqueid; bridges: the channels in each.
    gone, gone_before: channels that ended lately, so that a late or doubled event cannot raise them again.
    """

    connected: bool = False
    last_heard: datetime | None = None
    calls: Table[str, Call] = field(default_factory=Table)
    places: Table[str, str] = field(default_factory=Table)
    bridges: Table[str, frozenset[str]] = field(default_factory=Table)
    registrations: Table[tuple[str, str], Registration] = field(default_factory=Table)
    gone: Table[str, str] = field(default_factory=Table)
    gone_before: Table[str, str] = field(default_factory=Table)


def call_of(state: State, uniqueid: str) -> Call | None:
    """The call a channel belongs to."""
    place = state.places.get(uniqueid)
    return state.calls.get(place) if place is not None else None


def with_call(state: State, call: Call) -> State:
    """The state with this call as it now is."""
    return replace(state, calls=state.calls.put(call.id, call))


def call_mark(call_id: str) -> str:
    """What a call is remembered under once it is gone: its first channel, of the same id, may outlive it in
    another.
    """
    return f"call {call_id}"


def with_gone(state: State, uniqueid: str, call_id: str) -> State:
    """Forget a channel (or a call), but remember that it is gone: the last few thousand are."""
    gone, before = state.gone.put(uniqueid, call_id), state.gone_before
    if len(gone) >= _REMEMBERED:
        gone, before = Table(), gone
    return replace(state, places=state.places.without(uniqueid), gone=gone, gone_before=before)


def is_gone(state: State, uniqueid: str) -> bool:
    """Whether this channel has ended already."""
    return uniqueid in state.gone or uniqueid in state.gone_before


def endpoint_of(channel: str, account: str = "") -> str:
    """``101`` of ``PJSIP/101-0000002a``; ``""`` for a channel that is no phone, or is half-way through a
    masquerade.

    The part after the last dash is Asterisk's own counter; endpoint names may contain dashes.
    account: of the channel; that of a DAHDI channel says whose it is (``extension/110``, ``trunk/pstn``), for its name
    tells its port alone. Other channels inherit the account of whoever rings them, so theirs says nothing.
    """
    technology, _, rest = channel.partition("/")
    if rest.endswith(">"):
        return ""
    if technology == DAHDI:
        return account.removeprefix(_OF_EXTENSION) if account.startswith(_OF_EXTENSION) else ""
    return rest.rpartition("-")[0] if technology == "PJSIP" else ""


def on_card(channel: str) -> bool:
    """Whether a channel of this name is a line or a telephone of a card."""
    return channel.partition("/")[0] == DAHDI


def trunk_of(channel: str, account: str) -> str:
    """The trunk that a channel is a line of, ``""`` for one of none."""
    if not on_card(channel) or not account.startswith(_OF_TRUNK):
        return ""
    return account.removeprefix(_OF_TRUNK)


PartyState = Literal["dialling", "ringing", "up", "held"]
