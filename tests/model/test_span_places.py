"""Numbers once given never change, and never become another card's."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.model.hardware import CardState, FoundCard, FoundSpan, Inventory, SpanPlace
from appliance.model.span_places import MAX_CHANNELS, NoNumbersLeftError, forget_places, give_places

MODELS = {
    "digium/te435": [("E1", 31)] * 4,
    "digium/te131": [("T1", 24)],
    "digium/b410p": [("BRI_TE", 3)] * 4,
    "digium/tdm410p": [("ANALOG_MIXED", 4)],
    "xorcom/astribank": [("FXS", 0), ("FXO", 8)],
}


def card(identity: str, model: str, state: CardState = CardState.READY) -> FoundCard:
    spans = tuple(FoundSpan(n, kind, channels) for n, (kind, channels) in enumerate(MODELS[model], 1))
    return FoundCard(identity, model, "", (), spans, state)


CARDS = st.builds(card, st.sampled_from(["S1", "S2", "@slot1", "@slot2", "@slot3"]), st.sampled_from(list(MODELS)))
BOXES = st.lists(st.lists(CARDS, max_size=3, unique_by=lambda one: one.identity), max_size=6)


def numbers(place: SpanPlace) -> tuple[object, ...]:
    return (place.identity, place.local_span, place.profile, place.span, place.base_channel, place.channels)


@given(BOXES)
def test_cards_come_go_and_swap_and_nobody_is_renumbered(boxes: list[list[FoundCard]]) -> None:
    places: tuple[SpanPlace, ...] = ()
    for cards in boxes:
        after = give_places(places, cards)
        assert [numbers(place) for place in after[: len(places)]] == [numbers(place) for place in places]
        places = after
        held = [set(range(one.base_channel, one.base_channel + one.channels)) for one in places]
        assert len({one.span for one in places}) == len(places)
        assert not any(one & other for one, other in combinations(held, 2))
        current = Inventory(places=places).current_places
        assert len({(one.identity, one.local_span) for one in current}) == len(current)
        for one in cards:
            for span in one.spans:
                place = Inventory(places=places).place(one.identity, span.local_span)
                assert place is not None and place.profile == one.profile and place.channels >= span.channels


@given(BOXES, st.randoms())
def test_seeing_the_same_cards_again_in_any_order_changes_nothing(boxes: list[list[FoundCard]], order: object) -> None:
    places: tuple[SpanPlace, ...] = ()
    for cards in boxes:
        places = give_places(places, cards)
        shuffled = list(cards)
        order.shuffle(shuffled)  # type: ignore[attr-defined]
        assert give_places(places, shuffled) == places


def test_a_dead_card_keeps_its_numbers_and_has_them_again() -> None:
    first = give_places((), [card("S1", "digium/te435"), card("@slot1", "digium/tdm410p")])
    assert [(place.span, place.base_channel) for place in first] == [(1, 1), (2, 32), (3, 63), (4, 94), (5, 125)]
    without = give_places(first, [card("@slot1", "digium/tdm410p")])
    assert without == first
    new = give_places(without, [card("S2", "digium/te131")])
    assert (new[-1].identity, new[-1].span, new[-1].base_channel) == ("S2", 6, 129)
    assert give_places(new, [card("S1", "digium/te435")]) == new


def test_a_card_with_a_serial_number_may_move_to_another_slot() -> None:
    places = give_places((), [card("S1", "digium/te435")])
    moved = replace(card("S1", "digium/te435"), location="PCI Bus 09 Slot 01", device="pci:0000:09:00.0")
    assert give_places(places, [moved]) == places


def test_another_model_in_a_slot_gets_numbers_of_its_own_and_the_old_one_finds_its_back() -> None:
    first = give_places((), [card("@slot1", "digium/b410p")])
    swapped = give_places(first, [card("@slot1", "digium/tdm410p")])
    assert [place.retired for place in swapped] == [True] * 4 + [False]
    assert swapped[-1].base_channel == 13
    back = give_places(swapped, [card("@slot1", "digium/b410p")])
    assert [place.retired for place in back] == [False] * 4 + [True]
    assert back[:4] == first


def test_a_line_that_runs_as_t1_may_become_e1_later() -> None:
    places = give_places((), [card("S1", "digium/te131"), card("@slot1", "digium/tdm410p")])
    assert (places[0].channels, places[1].base_channel) == (31, 32)
    as_e1 = replace(card("S1", "digium/te131"), spans=(FoundSpan(1, "E1", 31),))
    assert give_places(places, [as_e1]) == places


def test_a_card_that_its_driver_does_not_have_yet_is_not_pinned() -> None:
    assert give_places((), [card("@slot1", "digium/te435", CardState.WAITING)]) == ()
    assert give_places((), [card("@slot1", "digium/te435", CardState.UNSUPPORTED)]) == ()


def test_a_card_that_dahdi_has_no_numbers_for_is_refused_and_named() -> None:
    places: tuple[SpanPlace, ...] = ()
    with pytest.raises(NoNumbersLeftError) as raised:
        for number in range(20):
            places = give_places(places, [card(f"S{number}", "digium/te435")])
    assert raised.value.identity == "S8"
    assert max(place.base_channel + place.channels - 1 for place in places) <= MAX_CHANNELS


def test_a_card_that_is_forgotten_frees_nothing_but_its_own() -> None:
    places = give_places((), [card("S1", "digium/te435"), card("S2", "digium/te131")])
    assert forget_places(places, "S1") == places[4:]
