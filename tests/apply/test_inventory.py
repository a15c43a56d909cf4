"""Cards are pinned when they are first seen, and the numbers stay in the database."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from appliance.apply.inventory import BoxInventory
from appliance.model.hardware import Inventory
from appliance.store.paths import DataPaths
from appliance.store.stores import Stores, opened_stores
from tests.hardware.test_cards import PROFILES, drive, plug
from tests.hardware.trees import Box, spans_of


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[Stores]:
    with opened_stores(DataPaths(tmp_path / "data")) as opened:
        yield opened


def test_a_box_without_cards_has_an_empty_inventory(stores: Stores, tmp_path: Path) -> None:
    assert BoxInventory(stores.places, tmp_path / "empty").look() == Inventory()


def test_a_card_is_pinned_when_its_driver_has_it_and_stays_so_when_it_is_pulled(stores: Stores, tmp_path: Path) -> None:
    root = tmp_path / "root"
    profile = PROFILES["digium/te435"]
    plug(Box(root), profile)
    inventory = BoxInventory(stores.places, root)
    assert len(inventory.look().cards) == 1 and inventory.look().places == ()
    shutil.rmtree(root)
    drive(Box(root), profile, spans_of(profile))
    pinned = inventory.look()
    assert [place.base_channel for place in pinned.places] == [1, 32, 63, 94]
    shutil.rmtree(root)
    assert BoxInventory(stores.places, root).look() == Inventory((), pinned.places)
    assert stores.places.places() == pinned.places


def test_who_comes_and_goes_is_logged_once(stores: Stores, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    root = tmp_path / "root"
    drive(Box(root), PROFILES["digium/te131"], spans_of(PROFILES["digium/te131"]))
    inventory = BoxInventory(stores.places, root)
    with caplog.at_level(logging.INFO):
        for _ in range(3):
            inventory.look()
        shutil.rmtree(root)
        for _ in range(3):
            inventory.look()
    said = [record.getMessage() for record in caplog.records if record.name == "appliance.apply.inventory"]
    assert [line.partition(":")[0] for line in said[:1]] == ["card DG123 at pci"]
    assert said[1:] == ["card DG123 at pci:0000:03:04.0 is gone"]


def test_a_card_that_is_there_is_not_forgotten(stores: Stores, tmp_path: Path) -> None:
    root = tmp_path / "root"
    drive(Box(root), PROFILES["digium/te131"], spans_of(PROFILES["digium/te131"]))
    inventory = BoxInventory(stores.places, root)
    inventory.look()
    assert inventory.forget("DG123") == 0
    shutil.rmtree(root)
    assert inventory.forget("DG123") == 1
    assert inventory.look() == Inventory()
