"""A real browser in front of the development box."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from tests.boxes import Box

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE_MS = 60_000
ADMINISTRATOR = "browser-admin"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, without a screen."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def link(box: Box) -> str:
    """A link that signs the administrator of these tests in once."""
    known = json.loads(box.exec(["loopstart", "account", "list", "--json"]).stdout)["accounts"]
    if ADMINISTRATOR not in {account["name"] for account in known}:
        box.exec(["loopstart", "account", "add", ADMINISTRATOR, "--role", "admin", "--account-language", "en"])
    said = box.exec(["loopstart", "sign-in-link", ADMINISTRATOR]).stdout
    token = re.search(r"token=([A-Za-z0-9_-]+)", said)
    assert token, said
    return f"https://{box.address}/sign-in/once?token={token[1]}"


class Window:
    """A browser window of the administrator, and everything that its console complained about."""

    def __init__(self, page: Page, origin: str, folder: Path) -> None:
        self.page = page
        self.origin = origin
        self.complaints: list[str] = []
        self._folder = folder
        page.set_default_timeout(PATIENCE_MS)
        page.on("console", self._complaint)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _complaint(self, said: ConsoleMessage) -> None:
        # Plugging a phone into the box changes the host's network, and opening many live pages within seconds uses up
        # the streams of a session: the browser tries both again by itself.
        passing = "ERR_NETWORK_CHANGED" in said.text or "/live/stream" in said.location.get("url", "")
        if said.type == "error" and not passing and "[object Event]" not in said.text:
            self.complaints.append(said.text)

    def open(self, path: str) -> None:
        """Open a page of the box; again when the host's network changed meanwhile."""
        for left in (2, 1, 0):
            try:
                self.page.goto(self.origin + path)
                return
            except PlaywrightError as error:
                changed = "ERR_NETWORK_CHANGED" in error.message or "chrome-error:" in error.message
                if not changed or not left:
                    raise

    def speak(self, language: str) -> None:
        """Choose a language with the switcher."""
        self.page.locator("details.drop summary").first.click()
        self.page.locator(f"button[name=language][value={language}]").click()
        expect(self.page.locator("html")).to_have_attribute("lang", re.compile(f"^{language}"), timeout=PATIENCE_MS)

    def picture(self, name: str) -> None:
        """Keep what is seen, for people to look at."""
        self.page.screenshot(path=self._folder / f"{name}.png", full_page=True)


@pytest.fixture(scope="session")
def window(chromium: Browser, box: Box, link: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Window]:
    """Signed in through the link, in English. LOOPSTART_SHOTS names a folder that keeps the pictures."""
    kept = os.environ.get("LOOPSTART_SHOTS")
    folder = Path(kept) if kept else tmp_path_factory.mktemp("shots")
    context = chromium.new_context(ignore_https_errors=True, viewport={"width": 1280, "height": 800}, locale="en-GB")
    window = Window(context.new_page(), f"https://{box.address}", folder)
    window.page.goto(link)
    window.page.locator("main form button[type=submit]").click()
    window.page.wait_for_url("**/calls")
    yield window
    context.close()
