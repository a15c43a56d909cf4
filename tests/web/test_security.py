"""What the browser may load: nothing inline, nothing from elsewhere."""

from __future__ import annotations

import pytest

from tests.web.browser import Tags
from tests.web.conftest import Box
from tests.web.test_access import pages


def test_no_page_holds_an_inline_script_or_style_or_an_address_outside_the_box(box: Box) -> None:
    browser = box.browser("layla")
    seen = 0
    for _, address in pages(box):
        response = browser.get(address)
        if response.mimetype != "text/html" or response.status_code != 200:
            continue
        seen += 1
        tags = Tags(response.text)
        assert tags.inside == [], address
        for tag, attributes in tags.tags:
            assert tag != "style", address
            assert "style" not in attributes, f"{address}: <{tag}>"
            assert not [name for name in attributes if name.startswith("on")], f"{address}: <{tag}>"
            for name in ("href", "src", "action"):
                target = attributes.get(name) or "/"
                assert target.startswith(("/", "#", "?")) and not target.startswith("//"), f"{address}: {target}"
    assert seen > 20


@pytest.mark.parametrize("address", ["/sign-in", "/extensions", "/nothing-here", "/static/app.css"])
def test_every_answer_carries_the_security_headers(box: Box, address: str) -> None:
    headers = box.browser("layla").get(address).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"


def test_pages_are_not_kept_by_a_shared_browser(box: Box) -> None:
    assert box.browser("layla").get("/extensions").headers["Cache-Control"] == "no-store"


def test_cookies_are_sent_to_the_box_alone_and_hidden_from_scripts(box: Box) -> None:
    browser = box.browser()
    browser.get("/sign-in")
    response = browser.post("/sign-in", {"name": "layla", "password": "quiet harbour mint lantern"})
    cookies = response.headers.getlist("Set-Cookie")
    [session] = [cookie for cookie in cookies if cookie.startswith("__Host-session=")]
    for wanted in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert wanted in session
    assert "Domain" not in session


@pytest.mark.parametrize(
    "target", ["//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_signing_in_never_leads_to_another_site(box: Box, target: str) -> None:
    browser = box.browser()
    browser.get("/sign-in")
    answer = browser.post("/sign-in", {"name": "layla", "password": "quiet harbour mint lantern", "next": target})
    assert answer.location == "/"
