"""A box nobody has claimed yet: the printed link, the wizard in Arabic, and a caller with a hostile name.

It has a box of its own, new, because a box is claimed only once.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from tests.boxes import Box, wait_until
from tests.browser.conftest import browser_at
from tests.calls import product
from tests.phones.account import Account
from tests.phones.baresip import Baresip
from tests.phones.namespace import Namespace

pytestmark = [pytest.mark.box, pytest.mark.browser]

PASSWORD = "نخلة-Harbour-quiet-88"
HOSTILE = "\"><script>alert(1)</script>'%s;--"
SITE = f"""
box: {{name: najd-clinic, country: SA, time_zone: Asia/Riyadh, language: ar}}
extensions:
  - {{number: "101", name: {json.dumps(HOSTILE)}, secret: Vexl9-quiet-Harbour}}
"""


@pytest.fixture(scope="module")
def new_box() -> Iterator[Box]:
    box = Box("firstrun")
    box.up(fresh=True)
    yield box
    box._box("down", "--purge")


@pytest.fixture(scope="module")
def browser(new_box: Box, driver: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browser_at(new_box, driver, tmp_path_factory.mktemp("chromium")) as browser:
        yield browser


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(ignore_https_errors=True, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(60_000)
    yield page
    context.close()


def test_the_printed_link_leads_through_the_wizard_to_a_box_of_ones_own(new_box: Box, page: Page) -> None:
    printed = new_box._box("ready").stdout
    found = re.search(r"https://\S+/first-run\?code=\S+", printed)
    assert found is not None, printed
    page.goto(found[0])
    page.locator("a.language-card[lang^=ar]").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    page.locator("[name='box.name']").fill("najd-clinic")
    page.locator("[name='box.country']").select_option("SA")
    expect(page.locator("[name='box.time_zone']")).to_have_value("Asia/Riyadh")
    page.locator("[name='name']").fill("layla")
    page.locator("[name='password']").fill(PASSWORD)
    page.locator("[name='password_again']").fill(PASSWORD)
    page.locator("form button[type=submit]").last.click()
    page.wait_for_url(re.compile(r"/calls$"))
    expect(page.locator("html")).to_have_attribute("lang", re.compile("^ar"))
    shown = new_box.exec(["loopstart", "site", "export", "--which", "running"]).stdout
    assert "najd-clinic" in shown
    assert "Asia/Riyadh" in shown


def test_the_code_works_only_once(new_box: Box, page: Page, browser: Browser) -> None:
    other = browser.new_context(ignore_https_errors=True).new_page()
    other.goto(f"https://{new_box.address}/first-run?code=aaaa-bbbb-cccc")
    expect(other).to_have_url(re.compile(r"/sign-in"))
    other.locator("[name='name']").fill("layla")
    other.locator("[name='password']").fill(PASSWORD)
    other.locator("form button[type=submit]").last.click()
    other.wait_for_url(re.compile(r"/calls$"))
    other.context.close()


def test_a_hostile_name_is_only_text_in_the_live_calls_and_the_history(
    new_box: Box, page: Page, tmp_path: Path
) -> None:
    alerts: list[str] = []
    page.on("dialog", lambda dialog: (alerts.append(dialog.message), dialog.dismiss()))
    product.apply_site(new_box, SITE)
    where = Namespace(*new_box.phone("p1"))
    account = Account("101", "Vexl9-quiet-Harbour", new_box.address)
    with Baresip("p1", where, account, 550.0, tmp_path / "p1") as phone:
        assert phone.registered(15), phone.story()
        phone.dial("*43")
        wait_until(lambda: product.live(new_box).calls, "the call is live", 20)
        page.goto(f"https://{new_box.address}/calls")
        expect(page.locator("main")).to_contain_text(HOSTILE)
        phone.hang_up()
    wait_until(lambda: not product.live(new_box).calls, "the call has ended", 20)
    page.goto(f"https://{new_box.address}/history")
    expect(page.locator("main")).to_contain_text(HOSTILE)
    assert page.locator("main script").count() == 0
    assert alerts == []
