"""A real browser in front of the development box."""

from __future__ import annotations

import json
import os
import re
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response, expect, sync_playwright
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


STREAM = "/live/stream"
NETWORK_CHANGED = "ERR_NETWORK_CHANGED"
LEFT = "ERR_ABORTED"
"""What a browser says of the stream of a page that it leaves."""


class Network:
    """The host's links and addresses, watched as the browser does (rtnetlink(7))."""

    def __init__(self) -> None:
        self._last = float("-inf")
        self._program = subprocess.Popen(["ip", "monitor", "link", "address"], stdout=subprocess.PIPE, text=True)
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()

    def changed_within(self, seconds: float) -> bool:
        """Whether anything changed in the last seconds."""
        return time.monotonic() - self._last < seconds

    def close(self) -> None:
        self._program.terminate()
        self._thread.join()
        self._program.wait()

    def _watch(self) -> None:
        assert self._program.stdout is not None
        with self._program.stdout as lines:
            for _ in lines:
                self._last = time.monotonic()


class Window:
    """A browser window of the administrator, and everything that went wrong in it.

    complaints: of its console, and of every live stream that was refused or broke off. What the browser says of a
    change of the network is none where the network did change, as it does when a phone is plugged into a box.
    """

    def __init__(self, page: Page, origin: str, folder: Path, network: Network) -> None:
        self.page = page
        self.origin = origin
        self.complaints: list[str] = []
        self._folder = folder
        self._network = network
        page.set_default_timeout(PATIENCE_MS)
        page.on("console", self._complaint)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("response", self._answered)
        page.on("requestfailed", self._broken_off)

    def _complaint(self, said: ConsoleMessage) -> None:
        # htmx puts the bare event of a stream's end into the console, also of one that ended as it should: what
        # happened is seen below.
        if said.type == "error" and "[object Event]" not in said.text and not self._passing(said.text):
            self.complaints.append(said.text)

    def _answered(self, response: Response) -> None:
        if STREAM in response.url and response.status != 200:
            self.complaints.append(f"live stream refused: {response.status}")

    def _broken_off(self, request: Request) -> None:
        said = request.failure or ""
        if STREAM in request.url and LEFT not in said and not self._passing(said):
            self.complaints.append(f"live stream broken off: {said}")

    def _passing(self, said: str) -> bool:
        return NETWORK_CHANGED in said and self._network.changed_within(PATIENCE_MS / 1000)

    def open(self, path: str) -> None:
        """Open a page of the box; again when the host's network changed meanwhile."""
        for left in (4, 3, 2, 1, 0):
            try:
                self.page.goto(self.origin + path)
                return
            except PlaywrightError as error:
                # The browser's own second try of a page may meet this one.
                signs = (NETWORK_CHANGED, "chrome-error:", "interrupted by another navigation")
                if not left or not any(sign in error.message for sign in signs):
                    raise
                self.page.wait_for_timeout(1000)

    def speak(self, language: str) -> None:
        """Choose a language with the switcher."""
        self.page.locator("details.drop summary").first.click()
        self.page.locator(f"button[name=language][value={language}]").click()
        expect(self.page.locator("html")).to_have_attribute("lang", re.compile(f"^{language}"), timeout=PATIENCE_MS)

    def picture(self, name: str) -> None:
        """Keep what is seen, for people to look at."""
        self.page.screenshot(path=self._folder / f"{name}.png", full_page=True)


@pytest.fixture(scope="session")
def network() -> Iterator[Network]:
    """The host's network, watched."""
    with closing(Network()) as network:
        yield network


@pytest.fixture(scope="session")
def window(
    chromium: Browser, box: Box, link: str, network: Network, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Window]:
    """Signed in through the link, in English. LOOPSTART_SHOTS names a folder that keeps the pictures."""
    kept = os.environ.get("LOOPSTART_SHOTS")
    folder = Path(kept) if kept else tmp_path_factory.mktemp("shots")
    context = chromium.new_context(ignore_https_errors=True, viewport={"width": 1280, "height": 800}, locale="en-GB")
    window = Window(context.new_page(), f"https://{box.address}", folder, network)
    window.page.goto(link)
    window.page.locator("main form button[type=submit]").click()
    window.page.wait_for_url("**/calls")
    yield window
    context.close()
