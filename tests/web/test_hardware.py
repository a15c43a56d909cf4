"""The pages of telephony cards."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

import pytest

from appliance.model.access import Role
from appliance.model.alarms import AlarmKind, AlarmPlace, AlarmRecord
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


def test_alarms_are_listed_while_they_last_and_afterwards(box: WebBox) -> None:
    began = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
    port = AlarmRecord(AlarmPlace(AlarmKind.RED, 4, 67), "fxo", "A8B", began)
    pri = AlarmRecord(AlarmPlace(AlarmKind.D_CHANNEL, 2), "pri", "x", began, cause="red")
    box.rooms.alarms.write([port, replace(pri, ended=began + timedelta(minutes=3), unwatched=True)])
    browser = box.browser("layla")
    page = browser.text("/cards/alarms")
    assert "fxo" in page and "D-channel down" in page and "or before: nobody watched" in page
    lasting = browser.text("/cards/alarms?lasting=1")
    assert "fxo" in lasting and "D-channel down" not in lasting
    assert "fxo" in browser.text("/cards") and "Alarms of lines" in browser.text("/history")
    assert "قناة D" in box.browser("layla", language="ar").text("/cards/alarms")
    assert browser.text("/cards/alarms?before=2").count("<tr>") == 2  # the head, and the older one


def test_mail_is_set_up_and_tested_on_its_page(box: WebBox) -> None:
    browser = box.browser("layla")
    sent = {
        "notify": "layla@najd.example omar@najd.example", "from": "pbx@najd.example", "smtp.host": "mail.najd.example",
        "smtp.port": "587", "smtp.security": "starttls", "smtp.username": "pbx", "smtp.secret": "change-me",
    }  # fmt: skip
    browser.message(browser.post("/mail", sent))
    mail = box.rooms.site.draft().site.mail
    assert mail.smtp is not None and (mail.smtp.secret, mail.notify[1]) == ("change-me", "omar@najd.example")
    page = browser.text("/mail")
    assert "change-me" not in page and 'value="mail.najd.example"' in page
    browser.message(browser.post("/mail", sent | {"smtp.secret": "", "smtp.port": "465", "smtp.security": "tls"}))
    kept = box.rooms.site.draft().site.mail.smtp
    assert kept is not None and (kept.secret, kept.port) == ("change-me", 465)
    told = browser.post("/mail", sent | {"notify": "nobody at all"})
    assert told.status_code == 422 and 'id="field-notify-wrong"' in told.text
    box.rooms.mailer._store.add("layla@najd.example", "Test", "words", "<1@x>", box.rooms.clock())
    assert "Not sent yet" in browser.text("/mail")
