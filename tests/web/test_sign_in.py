"""Signing in and out."""

from __future__ import annotations

import pyotp

from appliance.model.access import Role
from appliance.store.codes import Purpose
from tests.web.conftest import PASSWORD, Box


def test_the_right_password_opens_the_page_that_was_asked_for(box: Box) -> None:
    browser = box.browser()
    assert browser.get("/audit?search=x").location == "/sign-in?next=/audit?search%3Dx"
    browser.get("/sign-in")
    answer = browser.post("/sign-in", {"name": "layla", "password": PASSWORD, "next": "/audit?search=x"})
    assert answer.location == "/audit?search=x"
    assert browser.get("/audit").status_code == 200


def test_a_wrong_password_opens_nothing_and_is_not_sent_back(box: Box) -> None:
    browser = box.browser()
    browser.get("/sign-in")
    answer = browser.post("/sign-in", {"name": "nobody", "password": "not the password"})
    assert answer.status_code == 422
    assert "not the password" not in answer.text
    assert "nobody" in answer.text
    assert browser.get("/account").status_code == 302


def test_the_second_factor_is_asked_for_without_sending_the_password_back(box: Box) -> None:
    code = _with_totp(box, "careful")
    browser = box.browser()
    browser.get("/sign-in")
    asked = browser.post("/sign-in", {"name": "careful", "password": PASSWORD}, **{"HX-Request": "true"})
    assert asked.status_code == 200
    assert 'name="totp"' in asked.text
    assert PASSWORD not in asked.text
    signed = browser.post(
        "/sign-in",
        {"name": "careful", "password": PASSWORD, "totp": code},
        **{"HX-Request": "true"},
    )
    assert (signed.status_code, signed.headers["HX-Redirect"]) == (204, "/")


def test_a_link_is_not_used_up_by_looking_at_it(box: Box) -> None:
    token = box.stores.codes.make(Purpose.SIGN_IN, "layla")
    browser = box.browser()
    for _ in range(3):
        browser.text(f"/sign-in/once?token={token}")
    assert browser.post("/sign-in/once", {"token": token}).status_code == 302
    assert browser.get("/account").status_code == 200


def test_a_link_works_once(box: Box) -> None:
    token = box.stores.codes.make(Purpose.SIGN_IN, "layla")
    first, second = box.browser(), box.browser()
    for browser, status in ((first, 302), (second, 422)):
        browser.get("/sign-in/once")
        assert browser.post("/sign-in/once", {"token": token}).status_code == status
    assert second.get("/account").status_code == 302


def test_signing_out_ends_the_session_on_the_box_too(box: Box) -> None:
    browser = box.browser("leaving", Role.USER)
    session = browser.client.get_cookie("__Host-session", domain="box.test")
    assert session is not None
    browser.text("/account")
    browser.post("/sign-out")
    again = box.browser()
    again.client.set_cookie("__Host-session", session.value, domain="box.test", secure=True)
    assert again.get("/account").status_code == 302


def _with_totp(box: Box, name: str) -> str:
    """An account with a second factor; one of its recovery codes."""
    box.browser(name, Role.USER)
    secret = box.stores.accounts.begin_totp(name)
    codes = box.stores.accounts.confirm_totp(name, pyotp.TOTP(secret).now())
    assert codes
    return codes[0]
