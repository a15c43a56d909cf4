"""A real browser in front of the development box."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Page,
    Playwright,
    Request,
    Response,
    expect,
    sync_playwright,
)

from tests.boxes import Box, wait_until

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
def driver() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@contextmanager
def browser_at(box: Box, driver: Playwright, folder: Path) -> Iterator[Browser]:
    """Debian's Chromium, without a screen, plugged into the box's network and no other.

    So whatever a page wants of elsewhere fails, and phones that come and go at the host are no change of the browser's
    own network, of which it would break off what it loads.
    """
    namespace, _ = box.phone("browser")
    wait_until(lambda: _plugged_in(namespace), "the browser's network has come to rest")
    program = folder / "chromium"
    program.write_text(f'#!/bin/sh\nexec ip netns exec {namespace} {CHROMIUM} "$@"\n')
    program.chmod(0o755)
    browser = driver.chromium.launch(executable_path=program, args=ARGUMENTS)
    try:
        yield browser
    finally:
        browser.close()


def _plugged_in(namespace: str) -> bool:
    """Whether the address that the kernel gives by itself, a second or two after a cable is there, is in use."""
    if not Path("/proc/net/if_inet6").exists():
        return True
    words = ["ip", "-n", namespace, "-6", "address", "show", "scope", "link"]
    shown = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    return "inet6" in shown and "tentative" not in shown


@pytest.fixture(scope="session")
def chromium(box: Box, driver: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A browser beside the box."""
    with browser_at(box, driver, tmp_path_factory.mktemp("chromium")) as browser:
        yield browser


@pytest.fixture(scope="module")
def link(box: Box) -> str:
    """A link that signs the administrator of these tests in once."""
    known = json.loads(box.exec(["loopstart", "account", "list", "--json"]).stdout)["accounts"]
    if ADMINISTRATOR not in {account["name"] for account in known}:
        box.exec(["loopstart", "account", "add", ADMINISTRATOR, "--role", "admin", "--account-language", "en"])
    said = box.exec(["loopstart", "sign-in-link", ADMINISTRATOR]).stdout
    token = re.search(r"token=([A-Za-z0-9_-]+)", said)
    assert token, said
    return f"https://{box.address}/sign-in/once?token={token[1]}"


STREAM = "/live/stream"
LEFT = "ERR_ABORTED"
"""What a browser says of the stream of a page that it leaves."""


class Window:
    """A browser window of the administrator, and everything that went wrong in it.

    complaints: of its console, and of every live stream that was refused or broke off.
    """

    def __init__(self, page: Page, origin: str, folder: Path) -> None:
        self.page = page
        self.origin = origin
        self.complaints: list[str] = []
        self._folder = folder
        page.set_default_timeout(PATIENCE_MS)
        page.on("console", self._complaint)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("response", self._answered)
        page.on("requestfailed", self._broken_off)

    def _complaint(self, said: ConsoleMessage) -> None:
        # htmx puts the bare event of a stream's end into the console, also of one that ended as it should: what
        # happened is seen below.
        if said.type == "error" and "[object Event]" not in said.text:
            self.complaints.append(said.text)

    def _answered(self, response: Response) -> None:
        if STREAM in response.url and response.status != 200:
            self.complaints.append(f"live stream refused: {response.status}")

    def _broken_off(self, request: Request) -> None:
        said = request.failure or ""
        if STREAM in request.url and LEFT not in said:
            self.complaints.append(f"live stream broken off: {said}")

    def open(self, path: str) -> None:
        """Open a page of the box."""
        self.page.goto(self.origin + path)

    def speak(self, language: str) -> None:
        """Choose a language with the switcher."""
        self.page.locator("details.drop summary").first.click()
        self.page.locator(f"button[name=language][value={language}]").click()
        expect(self.page.locator("html")).to_have_attribute("lang", re.compile(f"^{language}"), timeout=PATIENCE_MS)

    def picture(self, name: str) -> None:
        """Keep what is seen, for people to look at."""
        self.page.screenshot(path=self._folder / f"{name}.png", full_page=True)


@pytest.fixture(scope="module")
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
