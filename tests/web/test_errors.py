"""What a person sees when something is wrong."""

from __future__ import annotations

import pytest

from tests.web.browser import Browser
from tests.web.conftest import Box
from web_admin import create_app


@pytest.fixture
def abandoned() -> Browser:
    """A web admin whose daemon is away."""
    app = create_app({"SECRET_KEY": "0" * 32, "CONTROL_SOCKET": "/nonexistent/control"})
    return Browser(app, "some-session", "fa")


def test_an_absent_daemon_gives_a_page_that_tries_again_by_itself(abandoned: Browser) -> None:
    answer = abandoned.get("/extensions")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert answer.headers["Refresh"]
    assert 'lang="fa"' in answer.text
    assert "دستگاه در این لحظه پاسخ نمی‌دهد" in answer.text


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "There is nothing here"), ("ar", "لا يوجد شيء هنا"), ("fa", "اینجا چیزی نیست"), ("zh", "這裡沒有任何內容")],
)
def test_a_page_that_is_not_there_says_so_in_every_language(box: Box, language: str, words: str) -> None:
    answer = box.browser("layla", language=language).get("/nothing")
    assert answer.status_code == 404
    assert words in answer.text


def test_an_unexpected_failure_tells_nothing_of_the_inside(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> str:
        raise RuntimeError("the inside")

    broken.__dict__.update(box.app.view_functions["audit.show"].__dict__)
    monkeypatch.setitem(box.app.view_functions, "audit.show", broken)
    answer = box.browser("layla").get("/audit")
    assert answer.status_code == 500
    assert "the inside" not in answer.text


def test_a_request_of_htmx_is_led_to_the_sign_in_with_the_whole_window(box: Box) -> None:
    answer = box.browser().get("/extensions", **{"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, "/sign-in")
