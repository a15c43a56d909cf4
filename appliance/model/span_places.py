"""Pinning: which DAHDI numbers the spans of a card have, for ever.

The numbers of a card that is away are kept, so a dead card never renumbers the others; a card that no ``hardware_id``
tells from another of its model is known by its slot, so one that replaces it takes its numbers over.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from appliance.model.hardware import CardState, FoundCard, FoundSpan, SpanPlace

MAX_SPANS = 128
MAX_CHANNELS = 1024
"""dahdi-linux, include/dahdi/user.h: DAHDI_MAX_SPANS, DAHDI_MAX_CHANNELS."""

_HELD = {"E1": 31, "T1": 31, "J1": 31, "DYNAMIC": 31, "BRI_TE": 3, "BRI_NT": 3, "BRI_SOFT": 3, "FXO": 1}
"""Numbers held for a span, at least: a digital port may be switched to E1 later."""
_UNKNOWN = 32
"""Held for an analog span whose channels nobody tells before it is assigned."""


class NoNumbersLeftError(Exception):
    """DAHDI has no more numbers than it has. identity: of the card that is left out."""

    def __init__(self, identity: str) -> None:
        super().__init__(identity)
        self.identity = identity


def give_places(before: tuple[SpanPlace, ...], cards: Iterable[FoundCard]) -> tuple[SpanPlace, ...]:
    """The places after these cards were seen, in the order they were given.

    What was given stays: no place leaves, none gets other numbers, and no two hold the same. Cards that are not ready
    are passed over. A card at the slot of another model gets numbers of its own; those of the one before rest
    (:attr:`SpanPlace.retired`) until it is back. Raises :class:`NoNumbersLeftError`.
    """
    places = list(before)
    for card in cards:
        if card.state is CardState.READY and card.spans:
            _place_card(places, card)
    return tuple(places)


def forget_places(before: tuple[SpanPlace, ...], identity: str) -> tuple[SpanPlace, ...]:
    """The places without those of a card that a person says will not come back."""
    return tuple(place for place in before if place.identity != identity)


def _place_card(places: list[SpanPlace], card: FoundCard) -> None:
    chosen = {_chosen(places, card, span) for span in card.spans}
    for index, place in enumerate(places):
        if place.identity == card.identity:
            # A span of this card that does not show itself now keeps its place beside the others.
            ours = place.profile == card.profile and not any(
                places[one].local_span == place.local_span for one in chosen if one != index
            )
            places[index] = replace(place, retired=not ours)


def _chosen(places: list[SpanPlace], card: FoundCard, span: FoundSpan) -> int:
    """The index of a span's place, given now if it never had one that it fits into."""
    fitting = [
        index
        for index, place in enumerate(places)
        if (place.identity, place.local_span, place.profile) == (card.identity, span.local_span, card.profile)
        and place.channels >= span.channels
    ]
    if fitting:
        return min(fitting, key=lambda index: places[index].retired)
    number = max((place.span for place in places), default=0) + 1
    base = max((place.base_channel + place.channels for place in places), default=1)
    held = max(span.channels, _HELD.get(span.span_type, span.channels or _UNKNOWN))
    if number > MAX_SPANS or base + held - 1 > MAX_CHANNELS:
        raise NoNumbersLeftError(card.identity)
    places.append(SpanPlace(card.identity, span.local_span, number, base, held, card.profile))
    return len(places) - 1
