"""Which DAHDI channels the spans of the site are, found among the cards of the box.

DAHDI's numbers are pinned (:class:`appliance.model.hardware.SpanPlace`), so what is found here depends on no card but
the span's own. A span with ``card: auto`` takes the first card, in the order in which numbers were given, that has the
ports free; a card that is away keeps its turn, so that its spans do not move to another.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from appliance.model.hardware import FoundCard, Inventory, PortKind, SpanPlace
from appliance.model.problems import Problem
from appliance.model.site import Site
from appliance.model.spans import AUTO, Span, SpanKind

_PRIMARY = frozenset({PortKind.E1, PortKind.T1, PortKind.J1})
"""A card that is one of them can be set to any."""
_KINDS = {
    SpanKind.E1: _PRIMARY,
    SpanKind.T1: _PRIMARY,
    SpanKind.J1: _PRIMARY,
    SpanKind.BRI: frozenset({PortKind.BRI}),
}
_WIDTH = {SpanKind.E1: 31, SpanKind.T1: 24, SpanKind.J1: 24, SpanKind.BRI: 3}
"""DAHDI channels of a digital span."""
_DIGITAL_WIDTHS = frozenset({3, 31})
"""Channels held for digital spans: those of a T1 are pinned as an E1's, so that the port may become one."""
_E1_SIGNALLING = 16


@dataclass(frozen=True, slots=True)
class SpanChannels:
    """A span of the site and its DAHDI channels.

    place: None when no card of the box ever fitted. present: whether the card is there now, and DAHDI has its spans.
    bearers: channels that carry calls, in the span's order; d_channel: of ISDN, or that of MFC/R2's multiframe.
    """

    span: Span
    place: SpanPlace | None = None
    present: bool = False
    bearers: tuple[int, ...] = ()
    d_channel: int | None = None

    @property
    def dynamic(self) -> bool:
        """Whether it is none of a card but of ``dahdi_dynamic``, which takes no ``span=`` line."""
        return self.place is not None and self.place.dynamic


@lru_cache(maxsize=8)
def span_channels(spans: tuple[Span, ...], inventory: Inventory) -> dict[str, SpanChannels]:
    """Each span by name, in the order of the site."""
    taken: set[tuple[str, int]] = set()
    found: dict[str, SpanChannels] = {}
    for span in sorted(spans, key=lambda span: span.card == AUTO):  # those that name their card come first
        identities = (span.card,) if span.card != AUTO else tuple(_in_turn(inventory))
        found[span.name] = next(
            (one for identity in identities if (one := _fitted(span, identity, inventory, taken)) is not None),
            SpanChannels(span),
        )
        place = found[span.name].place
        if place is not None:
            taken |= {(place.identity, port) for port in _ports(span)}
    return {span.name: found[span.name] for span in spans}


def of_site(site: Site, inventory: Inventory) -> dict[str, SpanChannels]:
    """The channels of every span of a site."""
    return span_channels(site.hardware.spans, inventory)


def hardware_problems(site: Site, inventory: Inventory) -> Iterator[Problem]:
    """Warnings about spans whose card is not there; they hinder no apply."""
    for index, channels in enumerate(of_site(site, inventory).values()):
        path = ("hardware", "spans", index, "card")
        if channels.place is None:
            yield Problem(path, "no_fitting_card", {"span": channels.span.name}, "warning")
        elif not channels.present:
            yield Problem(path, "card_missing", {"span": channels.span.name}, "warning")


def _ports(span: Span) -> tuple[int, ...]:
    return span.ports if span.kind is SpanKind.ANALOG else (span.port or 1,)


def _in_turn(inventory: Inventory) -> Iterator[str]:
    """Identities in the order in which their numbers were given."""
    seen: set[str] = set()
    for place in sorted(inventory.places, key=lambda place: place.span):
        if place.identity not in seen:
            seen.add(place.identity)
            yield place.identity


def _fitted(span: Span, identity: str, inventory: Inventory, taken: set[tuple[str, int]]) -> SpanChannels | None:
    """The span on this card, or None where it has not all the ports free."""
    if any((identity, port) in taken for port in _ports(span)):
        return None
    card = next(
        (card for card in inventory.cards if card.identity == identity and not _is_taken_away(span, card)), None
    )
    fitted = _on(span, card, inventory) if card is not None else _away(span, identity, inventory)
    if fitted is None:
        return None
    place, firsts = fitted
    present = card is not None
    if span.kind is SpanKind.ANALOG:
        return SpanChannels(span, place, present, tuple(place.base_channel + first - 1 for first in firsts))
    bearers, d_channel = _digital(span, place.base_channel)
    return SpanChannels(span, place, present, bearers, d_channel)


def _is_taken_away(span: Span, card: FoundCard) -> bool:
    """Whether DAHDI has nothing of the card's ports now, nor tells what they are: they are what they were.

    Not for a span that takes any card: what this one has may turn out not to fit it.
    """
    if span.card == AUTO:
        return False
    away = {one.local_span for one in card.spans if one.span is None}
    return any(port.number in _ports(span) and port.kind is None and port.local_span in away for port in card.ports)


def _on(span: Span, card: FoundCard, inventory: Inventory) -> tuple[SpanPlace, list[int]] | None:
    """The place on a card that is there, and the first channel of each port within it."""
    ports = {port.number: port for port in card.ports}
    wanted = [ports.get(number) for number in _ports(span)]
    kinds = _KINDS.get(span.kind, {PortKind.FXS if span.for_telephones else PortKind.FXO})
    if any(port is None or port.kind not in kinds for port in wanted):
        return None
    local_spans = {port.local_span for port in wanted if port is not None}
    if len(local_spans) != 1:
        return None
    place = inventory.place(card.identity, local_spans.pop())
    if place is None or place.channels < _WIDTH.get(span.kind, 1):
        return None
    return place, [port.first for port in wanted if port is not None]


def _away(span: Span, identity: str, inventory: Inventory) -> tuple[SpanPlace, list[int]] | None:
    """The place on a card that is away. What its ports were is told by how many channels it has alone."""
    analog = span.kind is SpanKind.ANALOG
    place = inventory.place(identity, 1 if analog else span.port or 1)
    if place is None:
        return None
    if analog:
        digital = place.dynamic or place.channels in _DIGITAL_WIDTHS
        return (place, list(span.ports)) if not digital and max(span.ports, default=1) <= place.channels else None
    # A port of a card is pinned as wide as it can become, and so is a span of `dahdi_dynamic` that was seen before it
    # was assigned; one that was seen later is pinned as wide as it is.
    width = _WIDTH[span.kind]
    held = {width} if width == _WIDTH[SpanKind.BRI] else {_WIDTH[SpanKind.E1], *([width] if place.dynamic else [])}
    return (place, [1]) if place.channels in held else None


def _digital(span: Span, base: int) -> tuple[tuple[int, ...], int | None]:
    """Channels that carry calls, and the one that signals."""
    width = _WIDTH[span.kind]
    if span.kind is SpanKind.E1:
        signalling = base + _E1_SIGNALLING - 1
        return tuple(channel for channel in range(base, base + width) if channel != signalling), signalling
    if span.isdn:
        return tuple(range(base, base + width - 1)), base + width - 1
    return tuple(range(base, base + width)), None


def ranges(channels: tuple[int, ...]) -> str:
    """Channels as DAHDI and Asterisk write them: ``1-15,17-31``."""
    parts: list[list[int]] = []
    for channel in channels:
        if parts and parts[-1][1] == channel - 1:
            parts[-1][1] = channel
        else:
            parts.append([channel, channel])
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in parts)
