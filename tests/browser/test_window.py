"""The window of these tests sees a live stream that fails: its silence means something."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Route

from tests.boxes import wait_until
from tests.browser.conftest import STREAM, Window

pytestmark = [pytest.mark.box, pytest.mark.browser]


@pytest.fixture
def second(window: Window, tmp_path: Path) -> Iterator[Window]:
    """Another window of the same browser, whose complaints are its own."""
    page = window.page.context.new_page()
    yield Window(page, window.origin, tmp_path)
    page.close()


def served(second: Window, stream: Callable[[Route], None]) -> None:
    """The page of calls, with the stream answered by the test."""
    second.page.route(f"**{STREAM}*", stream)
    second.open("/calls")
    second.page.wait_for_timeout(500)


def test_a_stream_that_is_refused_is_a_complaint(second: Window) -> None:
    served(second, lambda route: route.fulfill(status=503))
    wait_until(lambda: second.page.wait_for_timeout(100) or second.complaints, "the refusal is seen")
    assert "live stream refused: 503" in second.complaints


def test_a_stream_that_breaks_off_is_a_complaint(second: Window) -> None:
    served(second, lambda route: route.abort("connectionreset"))
    wait_until(lambda: second.page.wait_for_timeout(100) or second.complaints, "the break is seen")
    assert any(complaint.startswith("live stream broken off") for complaint in second.complaints)


def test_a_page_that_is_left_is_none(second: Window) -> None:
    for path in ("/calls", "/phones", "/status"):
        second.open(path)
        second.page.wait_for_timeout(300)
    assert second.complaints == []


def test_nobody_who_pages_back_and_forth_is_refused_a_stream(second: Window) -> None:
    for path in ("/calls", "/phones") * 12:
        second.open(path)
        second.page.wait_for_selector("[sse-connect]")
        second.page.wait_for_timeout(100)
    assert second.complaints == []
