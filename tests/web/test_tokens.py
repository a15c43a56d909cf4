"""API tokens."""

from __future__ import annotations

import re

from tests.web.browser import Browser


def test_a_token_is_shown_once_and_listed_without_its_secret(admin: Browser) -> None:
    made = admin.post("/tokens", {"label": "Wallboard", "scopes": ["status.read"], "expires_days": "٣٠"}).text
    found = re.search(r'secret-text"><bdi dir="ltr">([^<]+)<', made)
    assert found
    text = admin.text("/tokens")
    assert "Wallboard" in text
    assert found[1] not in text


def test_a_token_without_a_scope_is_refused_with_a_sentence(admin: Browser) -> None:
    answer = admin.post("/tokens", {"label": "Nothing"})
    assert answer.status_code == 422
    assert "alert-danger" in answer.text


def test_a_revoked_token_is_gone(admin: Browser) -> None:
    admin.post("/tokens", {"label": "Short", "scopes": ["status.read"]})
    found = re.search(r"Short.*?/tokens/([^/]+)/revoke", admin.text("/tokens"), re.DOTALL)
    assert found
    assert "Short" not in admin.message(admin.post(f"/tokens/{found[1]}/revoke"))
