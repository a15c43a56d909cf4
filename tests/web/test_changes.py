"""Changes: the draft against what runs. Asterisk is away here, so nothing is applied."""

from __future__ import annotations

from appliance.model.access import Role
from tests.web.browser import Browser
from tests.web.conftest import Box
from tests.web.test_extensions import FORM, added


def test_what_waits_is_told_on_every_page_and_in_plain_words(admin: Browser) -> None:
    added(admin, "601", "Reception", **{"voicemail.enabled": "yes"})
    assert "not in effect yet" in admin.text("/status")
    text = admin.text("/changes")
    assert "Extension \u2066601\u2069" in text
    assert "Reception" in text
    assert "asterisk/pjsip" in text


def test_no_secret_stands_in_the_difference(admin: Browser) -> None:
    added(admin, "602", "Secret", secret="Vexl9-quiet-Harbour")
    assert "Vexl9" not in admin.text("/changes")


def test_what_cannot_be_applied_says_why_and_stays_in_the_draft(admin: Browser, box: Box) -> None:
    added(admin, "603", "Waits")
    version = box.rooms.site.draft().version
    text = admin.message(admin.post("/changes/apply", {"version": str(version), "note": "try"}))
    assert "alert-danger" in text
    assert "Asterisk" in text
    assert box.rooms.site.draft().site.extension("603") is not None


def test_saving_and_applying_while_asterisk_is_away_keeps_the_draft_and_says_why(admin: Browser, box: Box) -> None:
    answer = admin.post("/extensions/new", FORM | {"number": "604", "name": "At once", "then": "apply"})
    assert answer.location == "/changes"
    assert "alert-danger" in admin.text("/changes")
    assert box.rooms.site.draft().site.extension("604") is not None


def test_a_draft_that_moved_on_since_it_was_looked_at_is_not_applied(admin: Browser) -> None:
    added(admin, "605", "Later")
    text = admin.message(admin.post("/changes/apply", {"version": "0"}))
    assert "alert-danger" in text


def test_nothing_to_confirm_is_told_and_not_an_error_page(admin: Browser) -> None:
    assert "alert-danger" in admin.message(admin.post("/changes/confirm"))


def test_a_draft_can_be_thrown_away(new_box: Box) -> None:
    browser = new_box.browser("layla")
    added(browser, "101", "Gone")
    text = browser.message(browser.post("/changes/discard"))
    assert "The draft is what runs" in text
    assert new_box.rooms.site.draft().site.extension("101") is None


def test_a_supervisor_sees_changes_and_cannot_apply_them(box: Box) -> None:
    browser = box.browser("onlooker", Role.SUPERVISOR)
    assert 'action="/changes/apply"' not in browser.text("/changes")
    assert browser.post("/changes/apply", {"version": "1"}).status_code == 403


def test_a_difference_between_revisions_that_are_not_there_is_not_found(admin: Browser) -> None:
    assert admin.get("/revisions").status_code == 200
    assert admin.get("/revisions/diff").status_code == 302
    assert admin.get("/revisions/diff?from=7&to=8").status_code == 404
