"""How the box is."""

from __future__ import annotations

from tests.web.browser import Browser


def test_the_page_tells_versions_memory_and_that_asterisk_is_away(admin: Browser) -> None:
    text = admin.text("/status")
    assert "Asterisk does not answer" in text
    assert "<meter" in text
    assert "Loopstart" in text


def test_the_part_that_is_asked_for_again_is_only_the_part(admin: Browser) -> None:
    part = admin.get("/status", **{"HX-Request": "true"}).text
    assert "<meter" in part
    assert "<html" not in part
