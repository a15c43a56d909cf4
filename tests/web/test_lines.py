"""The pages of spans, trunks and routes: list, add, edit, put in order, remove."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from appliance.model.access import Role
from tests.web.browser import Browser
from tests.web.conftest import Box

SPAN = {"name": "pri", "card": "auto", "kind": "e1", "port": "1", "ports": "", "signalling": "pri_cpe", "switch": "",
        "timing": "", "framing": "", "coding": "", "line_build_out": "0", "crc4": "", "r2.variant": "itu",
        "r2.caller_digits": "10",
        "r2.called_digits": "4", "then": "save"}  # fmt: skip
FXS = SPAN | {"name": "fxs", "kind": "analog", "port": "", "ports": "1 ٢", "signalling": "fxo_ks"}
TRUNK = {"name": "pstn", "spans": "pri", "numbers": "+966112345600", "max_calls": "", "then": "save"}
OUT = {"name": "local", "match": "NXXXXXX 199", "class": "local", "trunks": "pstn", "strip": "0", "prepend": "",
       "then": "save"}  # fmt: skip
IN = {"number": "", "caller": "+966500000000", "trunk": "", "to.kind": "hang_up", "to.cause": "busy", "then": "save"}
PAGES = ("spans", "trunks", "inbound-routes", "outbound-routes")


@pytest.fixture
def browser(new_box: Box) -> Iterator[Browser]:
    """A box with a line, its trunk and routes."""
    admin = new_box.browser("layla")
    for page, form in (("spans", SPAN), ("spans", FXS), ("trunks", TRUNK), ("outbound-routes", OUT),
                       ("inbound-routes", IN)):  # fmt: skip
        answer = admin.post(f"/{page}/new", form)
        assert answer.status_code == 302, answer.text
    yield admin


def _site(box: Box) -> dict[str, Any]:
    return box.rooms.site.draft().site.document()


def test_what_is_typed_is_what_the_site_says(browser: Browser, new_box: Box) -> None:
    site = _site(new_box)
    assert site["hardware"]["spans"] == [
        {"name": "pri", "port": 1, "kind": "e1", "signalling": "pri_cpe"},
        {"name": "fxs", "ports": [1, 2], "kind": "analog", "signalling": "fxo_ks"},
    ]
    assert site["trunks"] == [{"name": "pstn", "kind": "dahdi", "spans": ["pri"], "numbers": ["+966112345600"]}]
    assert site["outbound_routes"] == [
        {"name": "local", "match": ["NXXXXXX", "199"], "class": "local", "trunks": ["pstn"]}
    ]
    assert site["inbound_routes"] == [{"caller": "+966500000000", "to": {"hang_up": "busy"}}]


@pytest.mark.parametrize("language", ["en", "ar", "fa", "zh"])
def test_every_page_says_what_there_is(browser: Browser, new_box: Box, language: str) -> None:
    reader = new_box.browser("layla", language=language)
    for page, key in zip(PAGES, ("pri", "pstn", "any:+966500000000", "local"), strict=True):
        assert key in reader.get(f"/{page}").text
        for below in (f"/{page}/{key}", f"/{page}/new", f"/{page}/{key}/remove"):
            assert reader.get(below).status_code == 200, below


def test_a_page_saved_as_it_is_changes_nothing(browser: Browser, new_box: Box) -> None:
    before = _site(new_box)
    saved = (
        ("spans", "pri", SPAN),
        ("spans", "fxs", FXS),
        ("trunks", "pstn", TRUNK),
        ("outbound-routes", "local", OUT),
        ("inbound-routes", "any:+966500000000", IN),
    )
    for page, key, form in saved:
        assert browser.post(f"/{page}/{key}", form).status_code == 302
    assert _site(new_box) == before


def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(browser: Browser) -> None:
    answer = browser.post("/outbound-routes/new", OUT | {"name": "x", "match": "[9-1]", "trunks": "nobody"})
    assert answer.status_code == 422
    assert 'value="[9-1]"' in answer.text
    assert "runs backwards" in answer.text
    answer = browser.post("/spans/new", SPAN | {"name": "y", "ports": "1 x", "port": ""})
    assert answer.status_code == 422
    assert "field-ports-wrong" in answer.text


def test_check_sums_are_on_off_or_as_usual(browser: Browser, new_box: Box) -> None:
    for typed, held in (("no", False), ("yes", True), ("", None)):
        browser.post("/spans/pri", SPAN | {"crc4": typed})
        assert _site(new_box)["hardware"]["spans"][0].get("crc4") is held
    browser.post("/spans/pri", SPAN | {"signalling": "mfcr2", "r2.variant": "mx"})
    assert _site(new_box)["hardware"]["spans"][0]["r2"] == {"variant": "mx"}


def test_routes_are_put_in_order(browser: Browser, new_box: Box) -> None:
    browser.post("/outbound-routes/new", OUT | {"name": "abroad", "match": "00."})
    assert browser.post("/outbound-routes/abroad/move", {"place": "1"}).status_code == 302
    assert [route["name"] for route in _site(new_box)["outbound_routes"]] == ["abroad", "local"]


def test_a_trunk_goes_with_its_routes_only_when_that_is_agreed_to(browser: Browser, new_box: Box) -> None:
    assert "Outbound route" in browser.get("/trunks/pstn/remove").text
    browser.post("/trunks/pstn/remove", {"then": "save"})
    assert "trunks" in _site(new_box)
    browser.post("/trunks/pstn/remove", {"then": "save", "cascade": "yes"})
    assert _site(new_box)["outbound_routes"] == []


def test_a_telephone_is_plugged_in_on_the_page_of_its_extension(browser: Browser, new_box: Box) -> None:
    fields = {"number": "110", "name": "Lobby", "registrations": "3", "call_limit": "4", "may_call": "national",
              "forward.no_answer.after": "25", "line.span": "fxs", "line.channel": "1", "then": "save"}  # fmt: skip
    assert browser.post("/extensions/new", fields).status_code == 302
    [extension] = _site(new_box)["extensions"]
    assert extension == {"number": "110", "name": "Lobby", "line": {"span": "fxs", "channel": 1}}
    assert browser.post("/extensions/110", fields | {"line.span": ""}).status_code == 302
    assert "line" not in _site(new_box)["extensions"][0]


def test_who_only_reads_changes_nothing(browser: Browser, new_box: Box) -> None:
    reader = new_box.browser("noor", role=Role.SUPERVISOR)
    assert reader.get("/trunks").status_code == 200
    assert reader.post("/trunks/pstn/remove", {"then": "save", "cascade": "yes"}).status_code == 403


def test_numbers_for_help_are_set_and_taken_away(browser: Browser, new_box: Box) -> None:
    sent = {"name": "loopstart", "country": "SA", "time_zone": "Asia/Riyadh", "language": "en", "extension_digits": "3"}
    sent |= {"languages": ["en", "ar", "fa", "zh"]}
    browser.message(browser.post("/box", sent | {"emergency.numbers": "٩٩٧, 998", "emergency.trunks": "pstn"}))
    assert _site(new_box)["box"]["emergency"] == {"numbers": ["997", "998"], "trunks": ["pstn"]}
    assert 'value="997 998"' in browser.text("/box")
    refused = browser.post("/box", sent | {"emergency.numbers": "997 nine", "emergency.trunks": "pstn"})
    assert refused.status_code == 422
    assert 'id="field-emergency-numbers-wrong"' in refused.text
    browser.message(browser.post("/box", sent | {"emergency.numbers": "", "emergency.trunks": ""}))
    assert "emergency" not in _site(new_box)["box"]
