"""The audit log."""

from __future__ import annotations

from tests.web.browser import Browser
from tests.web.conftest import PASSWORD, Box
from tests.web.test_extensions import added


def test_changes_and_sign_ins_are_written_down_with_who_and_from_where(box: Box, admin: Browser) -> None:
    browser = box.browser()
    browser.get("/sign-in")
    browser.post("/sign-in", {"name": "layla", "password": PASSWORD})
    added(admin, "701", "Audited")
    text = admin.text("/audit")
    assert "extension.add" in text
    assert "session.sign_in" in text
    assert "127.0.0.1" in text
    assert "The log is whole" in text


def test_the_log_is_searched(admin: Browser) -> None:
    assert "Nothing found" in admin.text("/audit?search=never-happened")
