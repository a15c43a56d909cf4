"""The pages of telephony cards."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from appliance.model.access import Role
from tests.hardware.test_cards import PROFILES, drive, plug
from tests.hardware.trees import EMPTY, FXO, FXS, Box, spans_of
from tests.web.conftest import Box as WebBox
from tests.web.conftest import living


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cards")


@pytest.fixture(scope="module")
def box(place: Path) -> Iterator[WebBox]:
    with living(place) as found:
        found.browser("layla")
        yield found


@pytest.fixture
def tree(place: Path) -> Iterator[Path]:
    """Where the box looks for cards; empty again after the test."""
    yield place / "hardware"
    shutil.rmtree(place / "hardware", ignore_errors=True)


def test_a_box_without_cards_says_what_to_do(box: WebBox) -> None:
    assert "No telephony card was found" in box.browser("layla").text("/cards")


def test_a_card_is_shown_with_its_ports_spans_and_alarms(box: WebBox, tree: Path) -> None:
    spans = spans_of(PROFILES["digium/te131"])
    spans[0].alarms = 0x8
    drive(Box(tree), PROFILES["digium/te131"], spans)
    page = box.browser("layla").text("/cards")
    assert "DG123" in page and "red: no signal" in page and "ready" in page
    part = box.browser("layla").get("/cards", **{"HX-Request": "true"}).text
    assert "DG123" in part and "<html" not in part


@pytest.mark.parametrize(("language", "ready"), [("ar", "جاهزة"), ("fa", "آماده"), ("zh", "就緒")])
def test_states_are_said_in_the_language_of_the_page(box: WebBox, tree: Path, language: str, ready: str) -> None:
    drive(Box(tree), PROFILES["digium/te131"], spans_of(PROFILES["digium/te131"]))
    assert ready in box.browser("layla", language=language).text("/cards")


def test_one_card_is_shown_with_its_sockets_and_what_is_known_of_it(box: WebBox, tree: Path) -> None:
    profile = PROFILES["digium/tdm410p"]
    drive(Box(tree), profile, spans_of(profile, analog=(FXS, FXO, EMPTY, EMPTY)))
    page = box.browser("layla").text(f"/cards/card?name={quote('@PCI_Bus_03_Slot_05')}")
    assert "FXS" in page and "FXO" in page and "empty or not known yet" in page
    assert "ring, tip" in page and "VPMADT032" in page and "driver: " in page


def test_a_card_that_cannot_be_used_says_why(box: WebBox, tree: Path) -> None:
    plug(Box(tree), PROFILES["sangoma/a101"])
    assert "cannot be used" in box.browser("layla").text("/cards")
    assert "wanpipe" in box.browser("layla").text(f"/cards/card?name={quote('@PCI_Bus_03_Slot_05')}")


def test_a_card_that_is_not_there_is_not_found(box: WebBox) -> None:
    assert box.browser("layla").get("/cards/card?name=nothing").status_code == 404


def test_a_card_that_is_away_can_be_forgotten_by_who_may_edit(box: WebBox, tree: Path) -> None:
    drive(Box(tree), PROFILES["digium/te436"], spans_of(PROFILES["digium/te436"]))
    box.browser("layla").text("/cards")
    shutil.rmtree(tree)
    supervisor = box.browser("sara", role=Role.SUPERVISOR)
    assert "Forget" not in supervisor.text("/cards")
    assert supervisor.post("/cards/forget", {"name": "DG123"}).status_code == 403
    browser = box.browser("layla")
    assert "Forget" in browser.text("/cards")
    assert "its numbers are free again" in browser.message(browser.post("/cards/forget", {"name": "DG123"}))


def test_a_hostile_name_of_a_card_is_shown_as_text(box: WebBox, tree: Path) -> None:
    profile = PROFILES["digium/te131"]
    tree_box = Box(tree)
    below = tree_box.pci(profile.identifiers[0], driver="wcte13xp")
    spans = spans_of(profile)
    tree_box.dahdi("pci:0000:03:04.0", below, model="<script>x</script>", hardware_id="<b>7", spans=spans)
    page = box.browser("layla").text("/cards")
    assert "<script>x" not in page and "&lt;script&gt;x" in page
