"""Restarting later, and a reset that is refused, as a person does it; the box stays up."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.boxes import Box
from tests.browser.conftest import Window

pytestmark = [pytest.mark.box, pytest.mark.browser]


def test_a_restart_waits_for_a_time_and_is_given_up(window: Window, box: Box) -> None:
    window.open("/power")
    page = window.page
    page.locator("input[name=when][value=at]").check()
    page.locator("#at").fill("03:30")
    page.locator("form[action$='/power'] button[type=submit]").click()
    expect(page.locator(".alert-warning")).to_contain_text("Not before")
    assert "restart" in box.exec(["loopstart", "power", "show", "--json"]).stdout
    page.locator("form[action$='/power/cancel'] button").click()
    expect(page.locator(".alert-warning")).to_have_count(0)
    assert window.complaints == []


def test_a_reset_without_the_right_name_is_none(window: Window, box: Box) -> None:
    window.open("/power")
    page = window.page
    page.locator("#box").fill("somebody-else")
    page.locator("#password").fill("not the password")
    page.locator("form[action$='/power/reset'] button").click()
    expect(page.locator(".alert-danger")).to_be_visible()
    assert box.exec(["test", "-e", "/data/system/reset"], check=False).returncode != 0
    assert window.complaints == []


def test_the_page_of_port_tests_says_what_is_there(window: Window) -> None:
    window.open("/cards/tests")
    expect(window.page.locator("#port-tests-now")).to_contain_text(re.compile("no ports of cards|/1"))
    assert window.complaints == []
