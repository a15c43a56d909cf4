"""The whole way in a real browser: two extensions, two phones, a call seen live and then in the history."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.boxes import Box, wait_until
from tests.browser.conftest import PATIENCE_MS, Window
from tests.calls.product import apply_site
from tests.phones.account import Account
from tests.phones.baresip import Baresip
from tests.phones.namespace import Namespace

pytestmark = [pytest.mark.box, pytest.mark.browser]

EMPTY = "box: {name: browser-box, country: SA, time_zone: Asia/Riyadh}\n"
HOSTILE = "<b>Al</b>"


def settle(box: Box) -> None:
    """Begin with an empty site, wholly effective: a box that changes its country restarts Asterisk once it is idle."""
    apply_site(box, EMPTY)

    def settled() -> bool:
        status = json.loads(box.exec(["loopstart", "status", "--json"]).stdout)
        return status["asterisk_connected"] and status["pending"] is None

    wait_until(settled, "the empty site is wholly effective", 60.0)


def make(window: Window, number: str, name: str, secret: str, then: str) -> None:
    window.open("/extensions/new")
    page = window.page
    page.fill("[name=number]", number)
    page.fill("[name=name]", name)
    page.fill("[name=secret]", secret)
    page.click(f"button[name=then][value={then}]")
    page.wait_for_selector("#extension-list, .alert")


def phone(box: Box, account: Account, tone: float, folder: Path) -> Baresip:
    name, address = box.phone(f"p{account.extension}")
    return Baresip(account.extension, Namespace(name, address), account, tone, folder / account.extension)


def test_two_extensions_made_in_the_browser_call_each_other_and_the_call_is_seen(
    window: Window, box: Box, tmp_path: Path
) -> None:
    settle(box)
    page = window.page

    make(window, "101", "Reception", "Vexl9-quiet-Harbour", "save")
    window.picture("draft_bar_en")
    make(window, "102", "ليلى حداد", "Rows-mint-88-Lantern", "apply")
    assert page.locator(".alert-danger").count() == 0, page.locator("main").inner_text()

    reception = Account("101", "Vexl9-quiet-Harbour", box.address, display_name=HOSTILE)
    layla = Account("102", "Rows-mint-88-Lantern", box.address)
    with (
        phone(box, reception, 550.0, tmp_path) as caller,
        phone(box, layla, 740.0, tmp_path) as called,
    ):
        window.open("/phones")
        assert caller.registered()
        assert called.registered()
        page.wait_for_selector("#live tbody tr:nth-child(2)")
        window.picture("phones_en")

        window.open("/calls")
        page.wait_for_selector("#live .empty")
        since = called.mark()
        caller.dial("102")
        assert called.wait_for(lambda event: event.kind == "CALL_INCOMING", since)
        page.wait_for_selector("#live .status-yellow")
        window.picture("ringing_en")
        called.answer()
        page.wait_for_selector("#live .status-green")
        expect(page.locator("[data-since]")).to_have_text(re.compile(r"0:0[2-9]"), timeout=PATIENCE_MS)
        window.picture("talking_en")
        window.speak("ar")
        page.wait_for_selector("#live .status-green")
        window.picture("talking_ar")
        caller.hang_up()
        page.wait_for_selector("#live .empty")

    window.open("/history")
    page.wait_for_selector("main tbody tr")
    window.picture("history_ar")
    window.speak("en")
    assert "Answered" in page.locator("main tbody tr").first.inner_text()
    assert page.locator("main tbody b").count() == 0
    window.picture("history_en")
    page.locator("main tbody tr a").first.click()
    page.wait_for_selector(".facts")
    window.picture("contact_en")
    assert window.complaints == []


def test_a_change_for_trial_counts_down_on_every_page_and_is_undone_by_its_button(window: Window, box: Box) -> None:
    settle(box)
    page = window.page
    make(window, "103", "For trial", "Copper-tide-31-Olive", "save")
    window.open("/changes")
    window.picture("changes_en")
    page.select_option("[name=confirm_within]", "120")
    page.click("form[action='/changes/apply'] button[type=submit]")
    page.wait_for_selector(".draft-bar-awaiting [data-until]")
    window.open("/status")
    before = page.locator("[data-until]").inner_text()
    expect(page.locator("[data-until]")).not_to_have_text(before, timeout=PATIENCE_MS)
    window.picture("countdown_en")
    page.click(".draft-bar-awaiting form[action='/changes/undo'] button")
    page.wait_for_selector(".draft-bar-awaiting", state="detached")
    window.open("/revisions")
    window.picture("revisions_en")
    assert "103" not in box.exec(["loopstart", "extension", "list", "--which", "running"], check=False).stdout
    assert window.complaints == []


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("language", ["en", "ar", "fa", "zh"])
def test_no_page_is_wider_than_its_window(window: Window, language: str, width: int) -> None:
    page = window.page
    page.set_viewport_size({"width": width, "height": 800})
    window.open("/account")
    window.speak(language)
    for path in (
        "/calls",
        "/history",
        "/phones",
        "/extensions",
        "/extensions/new",
        "/box",
        "/sip",
        "/feature-codes",
        "/changes",
        "/revisions",
        "/status",
        "/accounts",
        "/tokens",
        "/audit",
        "/account",
    ):
        window.open(path)
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0, f"{path} in {language} at {width} is {wider} px wider than its window"
        window.picture(f"{path.strip('/').replace('/', '_')}_{language}_{width}")
    page.set_viewport_size({"width": 1280, "height": 800})
    window.speak("en")
    assert window.complaints == []


def test_the_keyboard_alone_reaches_the_content_and_the_menus(window: Window) -> None:
    window.open("/extensions")
    page = window.page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip-link"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    summary = page.locator("details.drop summary").first
    summary.focus()
    page.keyboard.press("Enter")
    assert page.locator("details.drop[open]").count() == 1
    page.keyboard.press("Escape")
    assert page.locator("details.drop[open]").count() == 0
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
