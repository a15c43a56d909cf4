"""The page of port tests."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from appliance.model.access import Permission, Role
from appliance.model.changes import GenerationState
from appliance.model.site import Site
from tests.boxes import wait_until
from tests.control.test_port_tests import CHANGES
from tests.hardware.test_cards import PROFILES, drive
from tests.hardware.trees import FXO, FXS, Box, spans_of
from tests.web.conftest import Box as WebBox
from tests.web.conftest import living

PAGE = "/cards/tests"


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebBox]:
    """A box with telephones and lines on one card."""
    place: Path = tmp_path_factory.mktemp("ports")
    with living(place) as found:
        drive(Box(place / "hardware"), PROFILES["digium/tdm410p"], spans_of(PROFILES["digium/tdm410p"],
                                                                           analog=(FXS, FXO)))  # fmt: skip
        found.browser("layla").get("/cards")
        site = Site.from_document(found.stores.site.draft().site.document() | CHANGES)
        number = found.stores.site.add_generation(found.stores.site.add_revision(site, "layla", ""))
        found.stores.site.set_generation(number, GenerationState.CONFIRMED)
        yield found
    shutil.rmtree(place / "hardware", ignore_errors=True)


def test_a_box_without_lines_says_so(new_box: WebBox) -> None:
    assert "uses no ports of cards" in new_box.browser("noor").text(PAGE)


def test_every_port_has_a_button_for_each_test(box: WebBox) -> None:
    page = box.browser("layla").text(PAGE)
    assert "fxs/1" in page and "fxs/2" in page and "fxo/1" in page
    for word in ("Ring", "Dial tone", "Echo", "Voltage", "Out and in again", "+966112345600"):
        assert word in page, word
    assert "Its card is not in the box." in page


def test_a_test_is_made_and_its_result_shown(box: WebBox) -> None:
    browser = box.browser("layla")
    assert browser.post(PAGE, {"port": "fxs/2", "kind": "state"}).status_code == 302
    wait_until(lambda: "passed" in browser.text(PAGE), "the result is shown", 10)
    assert "No alarm." in browser.text(PAGE)
    part = browser.get(PAGE, **{"HX-Request": "true"}).text
    assert "No alarm." in part and "<html" not in part


@pytest.mark.parametrize(("language", "passed"), [("ar", "لا إنذار."), ("fa", "هشداری نیست."), ("zh", "沒有警報。")])
def test_the_result_is_said_in_the_language_of_the_page(box: WebBox, language: str, passed: str) -> None:
    box.browser("layla").post(PAGE, {"port": "fxo/1", "kind": "state"})
    browser = box.browser("layla", language=language)
    wait_until(lambda: passed in browser.text(PAGE), "the result is shown", 10)


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"port": "fxs/9", "kind": "ring"}, "has no port 9"),
        ({"port": "none/1", "kind": "ring"}, "none"),
        ({"port": "fxs/x", "kind": "ring"}, ""),
        ({"port": "", "kind": "ring"}, ""),
        ({"port": "fxs/1", "kind": "other"}, ""),
        ({"port": "fxo/1", "kind": "level"}, "sends a test tone"),
        ({"port": "fxo/1", "kind": "dial_tone"}, "Asterisk"),
    ],
)
def test_what_is_refused_says_why(box: WebBox, form: dict[str, str], said: str) -> None:
    browser = box.browser("layla")
    assert browser.post(PAGE, form).status_code == 302
    page = browser.text(PAGE)
    assert "alert-danger" in page and said in page


def test_whoever_may_only_look_has_no_buttons(box: WebBox) -> None:
    browser = box.browser("sam", Role.SUPERVISOR)
    assert "fxs/1" in browser.text(PAGE) and 'name="kind"' not in browser.text(PAGE)
    assert browser.post(PAGE, {"port": "fxs/1", "kind": "state"}).status_code == 403


def test_the_api_begins_a_test_and_shows_its_result(box: WebBox) -> None:
    token, _ = box.stores.tokens.add("tests", [Permission.STATUS_READ, Permission.SITE_APPLY], "layla", None)
    browser = box.browser()
    headers = {"Authorization": f"Bearer {token}"}
    begun = browser.client.post("/api/v1/port-tests", json={"span": "fxs", "kind": "state"}, headers=headers)
    assert begun.status_code == 202, begun.text
    assert begun.json["span"] == "fxs"

    def ended() -> bool:
        ports = browser.client.get("/api/v1/port-tests", headers=headers).json["ports"]
        return any(one["code"] == "test_no_alarm" for port in ports for one in port["last"] if port["port"] == 1)

    wait_until(ended, "the API shows the result", 10)
