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
class FoundCard:
    """A card that is there.

    identity: what stays with the card: DAHDI's ``hardware_id`` where the driver gives one, else its place
    (``location``, with ``@`` before it), as ``assigned-spans.conf`` writes them.
    profile: ``vendor/card`` of ``hw_profiles``; ``None`` when no profile knows it.
    """

    identity: str
    profile: str | None
    location: str
    ports: tuple[FoundPort, ...]


@dataclass(frozen=True, slots=True)
class SpanPlace:
    """The DAHDI numbers of one span of one card: given once, kept also while the card is away.

    span, base_channel: DAHDI's own, from 1. channels: how many the span has.
    """

    identity: str
    local_span: int
    span: int
    base_channel: int
    channels: int


@dataclass(frozen=True, slots=True)
class Inventory:
    """What is in the box and which numbers it has. Empty on a box without cards."""

    cards: tuple[FoundCard, ...] = ()
    places: tuple[SpanPlace, ...] = ()

    def place(self, identity: str, local_span: int) -> SpanPlace | None:
        """The numbers of a span, or None when it was never given any."""
        return next((p for p in self.places if (p.identity, p.local_span) == (identity, local_span)), None)
