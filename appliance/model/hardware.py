"""The hardware of a box as the rooms speak of it: what was found, and which DAHDI numbers it keeps for ever.

A *card* has *ports* (sockets on its bracket). DAHDI gives a digital port one span of its own; an analog card is one
span whose channels are its ports. Span and channel numbers are pinned to the card's identity
(:class:`SpanPlace`), so that a swapped slot or a dead card never renumbers the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class PortKind(StrEnum):
    """What a port is. ``fxs`` feeds a telephone, ``fxo`` is fed by a line of the telephone company."""

    E1 = "e1"
    T1 = "t1"
    J1 = "j1"
    BRI = "bri"
    FXS = "fxs"
    FXO = "fxo"


@dataclass(frozen=True, slots=True)
class FoundPort:
    """A port of a card that is there.

    number: as printed on the bracket, from 1.
    kind: ``None`` when the driver cannot tell (an empty module socket).
    local_span: DAHDI's number of the span within the card, from 1.
    first: the port's first channel within that span, from 1. channels: 31 (E1), 24 (T1, J1), 3 (BRI), 1 (analog).
    """

    number: int
    kind: PortKind | None
    local_span: int
    first: int
    channels: int


@dataclass(frozen=True, slots=True)
class FoundSpan:
    """A DAHDI span of a card that is there.

    local_span: its number within the card, from 1. span_type: as DAHDI says it (``E1``, ``T1``, ``J1``, ``BRI_TE``,
    ``BRI_NT``, ``BRI_SOFT``, ``FXS``, ``FXO``, ``ANALOG_MIXED``, ``DYNAMIC``).
    channels: how many it has; 0 when it was not assigned yet and neither driver nor profile tells.
    span, base_channel: the numbers it has now, None before it was assigned.
    """

    local_span: int
    span_type: str
    channels: int
    span: int | None = None
    base_channel: int | None = None


class CardState(StrEnum):
    """Whether a card can be used. ``ready``: its driver has it. ``waiting``: its driver is known and has not taken
    it. ``unsupported``: no driver of this box knows it.
    """

    READY = "ready"
    WAITING = "waiting"
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True, slots=True)
class FoundCard:
    """A card that is there.

    identity: what stays with the card: DAHDI's ``hardware_id`` where the driver gives one, else its place
    (``location``, with ``@`` before it), as ``assigned-spans.conf`` writes them. Before the driver has the card this
    is ``@`` and its place on the bus, and not to be remembered: only a card that is ready is pinned.
    profile: ``vendor/card`` of ``hw_profiles``; ``None`` when no profile knows it.
    ports: what the driver shows; before it does, what the profile expects, kinds that can vary being ``None``.
    device: of sysfs, ``pci:0000:03:04.0``. model: what the driver calls it, else the profile's name.
    module: the kernel module that drives it or would.
    """

    identity: str
    profile: str | None
    location: str
    ports: tuple[FoundPort, ...]
    spans: tuple[FoundSpan, ...] = ()
    state: CardState = CardState.READY
    device: str = ""
    model: str = ""
    module: str | None = None


@dataclass(frozen=True, slots=True)
class SpanPlace:
    """The DAHDI numbers of one span of one card: given once, kept also while the card is away.

    span, base_channel: DAHDI's own, from 1. channels: how many numbers it holds, at least as many as the span has
    (an E1 port that runs as T1 holds 31). profile: the model that had them given.
    retired: another model sits where this one was; the numbers are kept for it and written nowhere.
    """

    identity: str
    local_span: int
    span: int
    base_channel: int
    channels: int
    profile: str | None = None
    retired: bool = False

    @property
    def dynamic(self) -> bool:
        """Whether it is a span of ``dahdi_dynamic``, on no card (dahdi_dynamic.c: its hardware id is the span's name,
        ``DYN/loc/1:0``).
        """
        return self.identity.startswith("DYN/")


@dataclass(frozen=True, slots=True)
class Inventory:
    """What is in the box and which numbers it has. Empty on a box without cards."""

    cards: tuple[FoundCard, ...] = ()
    places: tuple[SpanPlace, ...] = ()

    @property
    def current_places(self) -> tuple[SpanPlace, ...]:
        """The places that DAHDI is to be told, those of cards that are away included."""
        return tuple(place for place in self.places if not place.retired)

    def place(self, identity: str, local_span: int) -> SpanPlace | None:
        """The numbers of a span, or None when it was never given any."""
        return next((p for p in self.current_places if (p.identity, p.local_span) == (identity, local_span)), None)
