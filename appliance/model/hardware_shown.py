"""Cards, spans and channels as they are shown in the web, printed by the command line and sent over the API."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field

from appliance.model.card_profiles import Evidence
from appliance.model.changes import Shown
from appliance.model.hardware import CardState, PortKind
from appliance.model.span_state import SpanAlarm


class ChannelShown(Shown):
    """See :class:`appliance.model.span_state.ChannelState`.

    call: the id of the live call on it; talk: who talks to whom, numbers and names as the live view has them.
    """

    number: int
    name: str
    signalling: str | None = None
    in_use: bool = False
    alarms: tuple[SpanAlarm, ...] = ()
    echo_canceller: str | None = None
    echo_active: bool = False
    call: str | None = None
    talk: tuple[str, ...] = ()


class SpanShown(Shown):
    """A span as it is now. counts: those that are not 0, by the names of
    :class:`appliance.model.span_state.SpanCounts`. card: the identity of the card it is on, if that is known.

    site_name: what the site calls it, empty where it does not use it. rates: errors a minute over the last five
    minutes, those that are not 0. d_channel: whether it is up, None where there is none or Asterisk cannot be asked.
    clock_order: its place among those the box may take its clock from, 0 where it gives the clock itself, None where
    the site does not use it; the first that has no alarm is used (``clock_source``), the next when it fails.
    """

    span: int
    name: str
    description: str = ""
    span_type: str = ""
    card: str | None = None
    local_span: int | None = None
    up: bool = True
    alarms: tuple[SpanAlarm, ...] = ()
    master: bool = False
    clock_source: bool = False
    line: tuple[str, ...] = ()
    counts: dict[str, int] = Field(default_factory=dict)
    site_name: str = ""
    rates: dict[str, float] = Field(default_factory=dict)
    d_channel: bool | None = None
    clock_order: int | None = None
    channels: tuple[ChannelShown, ...] = ()


class PortShown(Shown):
    """A socket. span, channel: the DAHDI numbers pinned to it, None before the card was ever ready.

    connector: its drawing, in text; empty where no profile tells.
    """

    number: int
    kind: PortKind | None = None
    span: int | None = None
    channel: int | None = None
    channels: int = 1
    connector: str = ""


class RemarkShown(Shown):
    """Something to know of a card. text: the sentence in every language."""

    about: Literal["firmware", "timing", "fault", "unsupported"]
    text: dict[str, str]
    evidence: Evidence
    source: str


class CardShown(Shown):
    """A card. profile, vendor, name: of its profile. model: what its driver calls it.

    options: what its module is to be given in the country of the box. spans: DAHDI's numbers of them, pinned.
    """

    identity: str
    profile: str | None = None
    model: str = ""
    device: str = ""
    location: str = ""
    state: CardState
    module: str | None = None
    options: dict[str, str] = Field(default_factory=dict)
    spans: tuple[int, ...] = ()
    ports: tuple[PortShown, ...] = ()
    echo_cancellers: tuple[str, ...] = ()
    remarks: tuple[RemarkShown, ...] = ()


class AwayShown(Shown):
    """A card that was here, and the spans that are kept for it. replaced: another model is in its slot."""

    identity: str
    profile: str | None = None
    spans: tuple[int, ...] = ()
    replaced: bool = False


class HardwareShown(Shown):
    """Everything in the box that has to do with lines."""

    at: datetime
    cards: tuple[CardShown, ...] = ()
    away: tuple[AwayShown, ...] = ()
    spans: tuple[SpanShown, ...] = ()
