"""Deny by default."""

from __future__ import annotations

import pytest

from appliance.model.access import Permission, Role, may
from tests.web.conftest import Box
from web_admin import access, create_app


def pages(box: Box) -> list[tuple[str, str]]:
    """Endpoint and address of every page that opens without an argument, the API left out."""
    return [
        (rule.endpoint, rule.rule)
        for rule in box.app.url_map.iter_rules()
        if not rule.arguments and "GET" in (rule.methods or ()) and not rule.rule.startswith("/api/")
    ]


def test_every_view_and_route_carries_a_mark(box: Box) -> None:
    assert access.unmarked(box.app) == []


def test_a_view_without_a_mark_is_found_and_keeps_the_application_from_starting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from flask import Blueprint

    from web_admin import views

    planted = Blueprint("planted", __name__)
    planted.get("/planted")(lambda: "anybody may read this")
    monkeypatch.setattr(views, "BLUEPRINTS", (*views.BLUEPRINTS, planted))

    with pytest.raises(access.UnmarkedViewError) as refused:
        create_app({"SECRET_KEY": "0" * 32})

    assert refused.value.endpoints == ["planted.<lambda>"]


def test_nobody_reads_a_page_without_signing_in(box: Box) -> None:
    browser = box.browser()
    closed = [
        (endpoint, address)
        for endpoint, address in pages(box)
        if isinstance(getattr(box.app.view_functions[endpoint], "__access__", None), Permission)
    ]
    assert len(closed) > 20
    for _, address in closed:
        response = browser.get(address)
        assert (response.status_code, response.location.split("?")[0]) == (302, "/sign-in"), address


@pytest.mark.parametrize("role", [Role.TECHNICIAN, Role.SUPERVISOR, Role.AGENT, Role.USER])
def test_a_role_opens_exactly_the_pages_it_holds_the_permission_for(box: Box, role: Role) -> None:
    browser = box.browser(f"role-{role.value}", role)
    for endpoint, address in pages(box):
        needed = getattr(box.app.view_functions[endpoint], "__access__", None)
        if not isinstance(needed, Permission) or endpoint == "live.stream":
            continue
        status = browser.get(address).status_code
        assert (status == 403) is (not may(role, needed)), f"{role}: {address} gave {status}"


def test_the_menu_shows_no_page_that_would_be_refused(box: Box) -> None:
    text = box.browser("role-user", Role.USER).text("/history")
    assert "/history" in text
    for closed in ("/extensions", "/accounts", "/audit", "/status", "/changes"):
        assert f'href="{closed}"' not in text


def test_a_form_without_its_token_changes_nothing(box: Box) -> None:
    browser = box.browser("layla")
    response = browser.client.post("/extensions/new", base_url="https://box.test", data={"number": "999", "name": "X"})
    assert response.status_code == 400
    assert browser.get("/extensions/999").status_code == 404


def test_a_session_that_is_revoked_opens_nothing_more(box: Box) -> None:
    browser = box.browser("short-lived", Role.USER)
    assert browser.get("/history").status_code == 200
    box.stores.sessions.revoke_all("short-lived")
    assert browser.get("/history").status_code == 302


def test_who_came_by_a_reset_link_reaches_only_the_page_of_the_password(box: Box) -> None:
    admin = box.browser("layla")
    box.browser("forgetful", Role.SUPERVISOR)
    link = admin.post("/accounts/forgetful/reset").text
    token = link.split("token=")[1].split("<")[0]
    browser = box.browser()
    browser.get("/sign-in/once?token=" + token)
    browser.post("/sign-in/once", {"token": token})

    assert browser.get("/extensions").location == "/account/password"
    assert "choose a password of your own" in browser.text("/account/password")

    answer = browser.post("/account/password", {"new": "another good sentence", "again": "another good sentence"})
    assert answer.status_code == 302
    assert browser.get("/extensions").status_code == 200
