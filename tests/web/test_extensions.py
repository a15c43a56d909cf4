"""Extensions: list, add, edit, remove."""

from __future__ import annotations

from typing import Any

import pytest

from appliance.model.access import Role
from tests.web.browser import Browser
from tests.web.conftest import Box

FORM = {
    "number": "",
    "name": "",
    "email": "",
    "language": "",
    "secret": "",
    "registrations": "3",
    "call_limit": "4",
    "may_call": "national",
    "voicemail.pin": "",
    "forward.always.kind": "",
    "forward.busy.kind": "",
    "forward.no_answer.to.kind": "",
    "forward.no_answer.after": "25",
    "pickup_group": "",
    "may_pick_up": "",
    "then": "save",
}


def held(box: Box, number: str) -> dict[str, Any]:
    """The extension of the draft as the site document has it, without its secrets."""
    extension = box.rooms.site.draft().site.extension(number)
    assert extension is not None
    document = extension.model_dump(mode="json", exclude_unset=True, by_alias=True)
    document.pop("secret", None)
    return document


def added(browser: Browser, number: str, name: str, **more: str) -> None:
    answer = browser.post("/extensions/new", FORM | {"number": number, "name": name} | more)
    assert answer.status_code == 302, answer.text


def test_an_extension_keeps_out_of_its_document_what_was_left_as_it_is(admin: Browser, box: Box) -> None:
    added(admin, "401", "Reception")
    assert held(box, "401") == {"number": "401", "name": "Reception"}


def test_digits_typed_on_an_arabic_keyboard_are_the_number_that_is_dialled(admin: Browser, box: Box) -> None:
    added(admin, "٤٠٢", "مختبر ٢")
    assert held(box, "402")["name"] == "مختبر ٢"


def test_every_field_reaches_the_draft_and_comes_back_into_the_form(admin: Browser, box: Box) -> None:
    added(admin, "403", "Target")
    more = {
        "email": "lab@najd.example",
        "language": "zh",
        "call_limit": "7",
        "voicemail.enabled": "yes",
        "voicemail.pin": "407193",
        "forward.busy.kind": "hang_up",
        "forward.busy.cause": "busy",
        "forward.no_answer.to.kind": "extension",
        "forward.no_answer.to.name": "403",
        "forward.no_answer.after": "20",
        "pickup_group": "front",
        "may_pick_up": "front, back",
    }
    added(admin, "404", "Whole", **more)
    assert held(box, "404") == {
        "number": "404",
        "name": "Whole",
        "email": "lab@najd.example",
        "language": "zh",
        "call_limit": 7,
        "voicemail": {"enabled": True, "pin": "407193"},
        "forward": {"busy": {"hang_up": "busy"}, "no_answer": {"after": 20, "to": {"extension": "403"}}},
        "pickup_group": "front",
        "may_pick_up": ["front", "back"],
    }
    text = admin.text("/extensions/404")
    for shown in ('value="lab@najd.example"', 'value="front back"', 'value="20"', '<option value="busy" selected>'):
        assert shown in text
    assert "407193" not in text


def test_a_destination_is_replaced_and_taken_away_whole(admin: Browser, box: Box) -> None:
    added(
        admin,
        "405",
        "Forwarded",
        **{"forward.busy.kind": "voicemail", "forward.busy.name": "405", "voicemail.enabled": "yes"},
    )
    typed = FORM | {"number": "405", "name": "Forwarded", "voicemail.enabled": "yes"}
    admin.post("/extensions/405", typed | {"forward.busy.kind": "hang_up", "forward.busy.cause": "rejected"})
    assert held(box, "405")["forward"] == {"busy": {"hang_up": "rejected"}}
    admin.post("/extensions/405", typed)
    assert "forward" not in held(box, "405")


def test_a_problem_stands_at_its_field_in_the_language_of_the_page_and_what_was_typed_stays(box: Box) -> None:
    browser = box.browser("layla", language="ar")
    answer = browser.post("/extensions/new", FORM | {"number": "12ab", "name": "محفوظ", "call_limit": "99"})
    assert answer.status_code == 422
    for kept in (
        'value="12ab"',
        'value="محفوظ"',
        'value="99"',
        'id="field-number-wrong"',
        'id="field-call_limit-wrong"',
    ):
        assert kept in answer.text


def test_a_number_that_is_taken_is_told(admin: Browser) -> None:
    added(admin, "406", "First")
    answer = admin.post("/extensions/new", FORM | {"number": "406", "name": "Second"})
    assert answer.status_code == 422
    assert "406" in answer.text


def test_the_list_finds_by_number_and_by_name_as_one_types(admin: Browser) -> None:
    added(admin, "407", "Najd Pharmacy")
    for search in ("407", "pharm", "٤٠٧"):
        part = admin.get(f"/extensions?search={search}", **{"HX-Request": "true"}).text
        assert "Najd Pharmacy" in part
        assert "<html" not in part
    assert "Nothing found" in admin.text("/extensions?search=nobody-has-this")


def test_hostile_text_is_shown_as_text(admin: Browser) -> None:
    added(admin, "408", '<script>alert(1)</script>"><img src=x>')
    for address in ("/extensions?search=408", "/extensions/408", "/extensions/408/remove", "/changes"):
        text = admin.text(address)
        assert "<script>alert" not in text
        assert "<img" not in text


def test_the_password_is_shown_on_demand_and_the_look_is_written_down(admin: Browser) -> None:
    added(admin, "409", "Secret", secret="Vexl9-quiet-Harbour")
    assert "Vexl9-quiet-Harbour" not in admin.text("/extensions/409")
    assert "Vexl9-quiet-Harbour" in admin.post("/extensions/409/secret").text
    assert "409" in admin.text("/audit?search=extension.get")


def test_a_secret_left_empty_is_kept(admin: Browser, box: Box) -> None:
    added(admin, "410", "Before", secret="Vexl9-quiet-Harbour")
    admin.post("/extensions/410", FORM | {"number": "410", "name": "After"})
    extension = box.rooms.site.draft().site.extension("410")
    assert extension is not None
    assert (extension.name, extension.secret) == ("After", "Vexl9-quiet-Harbour")


def test_a_supervisor_sees_extensions_but_neither_secrets_nor_buttons_to_change(box: Box) -> None:
    added(box.browser("layla"), "411", "Watched")
    browser = box.browser("watcher", Role.SUPERVISOR)
    text = browser.text("/extensions/411")
    assert "<fieldset" in text and "disabled" in text
    assert "/extensions/411/secret" not in text
    assert browser.post("/extensions/411/secret").status_code == 403
    assert browser.post("/extensions/411", FORM | {"number": "411", "name": "Changed"}).status_code == 403


def test_removing_says_what_it_would_break_and_takes_it_away_only_when_told(admin: Browser, box: Box) -> None:
    added(admin, "412", "Wanted")
    added(admin, "413", "Leads there", **{"forward.always.kind": "extension", "forward.always.name": "412"})
    assert "Extension \u2066413\u2069" in admin.text("/extensions/412/remove")
    refused = admin.message(admin.post("/extensions/412/remove", {"then": "save"}))
    assert "alert-danger" in refused
    admin.post("/extensions/412/remove", {"then": "save", "cascade": "yes"})
    assert box.rooms.site.draft().site.extension("412") is None
    assert "forward" not in held(box, "413")


@pytest.mark.parametrize("address", ["/extensions/99999", "/extensions/99999/remove"])
def test_an_extension_that_is_not_there_is_not_found(admin: Browser, address: str) -> None:
    assert admin.get(address).status_code == 404
