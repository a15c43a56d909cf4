"""Pinned numbers outlive the daemon and cannot be overwritten."""

from __future__ import annotations

from dataclasses import replace

from appliance.model.hardware import SpanPlace
from appliance.store.paths import DataPaths
from appliance.store.stores import Stores, opened_stores

FIRST = SpanPlace("1TE435F", 1, 1, 1, 31, "digium/te435")
SECOND = SpanPlace("@PCI_Bus_03_Slot_05", 1, 2, 32, 4, "digium/tdm410p")


def test_a_new_box_has_given_none(stores: Stores) -> None:
    assert stores.places.places() == ()


def test_places_are_there_after_a_restart_in_their_order(paths: DataPaths) -> None:
    with opened_stores(paths) as stores:
        stores.places.keep((FIRST, SECOND))
    with opened_stores(paths) as again:
        assert again.places.places() == (FIRST, SECOND)


def test_only_whether_a_place_rests_can_change(stores: Stores) -> None:
    stores.places.keep((FIRST, SECOND))
    stores.places.keep((replace(FIRST, retired=True, base_channel=900, channels=1),))
    assert stores.places.places() == (replace(FIRST, retired=True), SECOND)


def test_a_number_does_not_pass_to_another_card(stores: Stores) -> None:
    stores.places.keep((FIRST,))
    stores.places.keep((replace(FIRST, identity="thief", retired=True),))
    assert stores.places.places() == (FIRST,)


def test_a_forgotten_card_is_gone_and_the_others_stay(stores: Stores) -> None:
    stores.places.keep((FIRST, SECOND))
    assert stores.places.forget(FIRST.identity) == 1
    assert stores.places.forget("nobody") == 0
    assert stores.places.places() == (SECOND,)
