"""Box, SIP and feature codes: the parts that a site has once."""

from __future__ import annotations

from tests.web.browser import Browser
from tests.web.conftest import Box


def test_only_what_was_changed_goes_into_the_document(new_box: Box) -> None:
    browser = new_box.browser("layla")
    sent = {
        "name": "loopstart",
        "country": "SA",
        "time_zone": "Asia/Riyadh",
        "language": "en",
        "languages": ["en", "ar", "fa", "zh"],
        "extension_digits": "3",
    }
    browser.message(browser.post("/box", sent))
    assert new_box.rooms.site.draft().site.document() == {"box": {"country": "SA", "time_zone": "Asia/Riyadh"}}


def test_codecs_keep_their_order_and_an_empty_list_is_refused(admin: Browser, box: Box) -> None:
    sent = {"udp": "yes", "tcp": "yes", "tls": "yes", "media_encryption": "offered"}
    admin.message(admin.post("/sip", sent | {"codecs": ["alaw", "", "g722"]}))
    assert [codec.value for codec in box.rooms.site.draft().site.sip.codecs] == ["alaw", "g722"]
    refused = admin.post("/sip", sent | {"codecs": ["", ""]})
    assert refused.status_code == 422
    assert 'id="field-codecs-wrong"' in refused.text


def test_a_code_that_is_none_is_told_at_its_field(admin: Browser) -> None:
    answer = admin.post("/feature-codes", {"echo_test": "43"})
    assert answer.status_code == 422
    assert 'id="field-echo_test-wrong"' in answer.text
    assert 'value="43"' in answer.text


def test_the_rules_of_a_field_come_from_the_model(admin: Browser) -> None:
    assert 'pattern="[*#][0-9*#]{1,6}"' in admin.text("/feature-codes")
    assert "From 2 to 6." in admin.text("/box")


DEVICES = {
    "echo_canceller": "mg2",
    "smdr.format": "fixed-80",
    "smdr.tcp_port": "2300",
    "smdr.serial": "",
    "smdr.speed": "1200",
    "smdr.framing": "7E1",
    "smdr.flow": "xonxoff",
    "display.kind": "crystalfontz-635",
    "display.serial": "",
}


def test_devices_are_set_on_their_page(new_box: Box) -> None:
    browser = new_box.browser("layla")
    browser.message(browser.post("/devices", DEVICES))
    assert new_box.rooms.site.draft().site.document()["hardware"] == {
        "echo_canceller": "mg2",
        "smdr": {"format": "fixed-80", "tcp_port": 2300, "speed": 1200, "framing": "7E1", "flow": "xonxoff"},
        "display": {"kind": "crystalfontz-635"},
    }
    text = browser.text("/devices")
    assert '<option value="1200" selected>' in text
    refused = browser.post("/devices", DEVICES | {"smdr.tcp_port": "80"})
    assert refused.status_code == 422
    assert 'id="field-smdr-tcp_port-wrong"' in refused.text


def test_a_record_without_readers_is_refused_in_words(admin: Browser) -> None:
    answer = admin.post("/devices/record", {})
    assert answer.status_code in (409, 422)
    assert "call records" in answer.text.lower()
