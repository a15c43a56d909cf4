"""Accounts of other people."""

from __future__ import annotations

from tests.web.browser import Browser
from tests.web.conftest import PASSWORD, Box


def test_an_account_is_made_and_listed(admin: Browser, box: Box) -> None:
    answer = admin.post("/accounts/new", {"name": "farhad", "role": "agent", "extension": "۲۰۲", "password": PASSWORD})
    text = admin.message(answer)
    assert "farhad" in text
    found = box.stores.accounts.find("farhad")
    assert found is not None
    assert (found.role.value, found.extension) == ("agent", "202")


def test_an_account_without_a_password_gets_a_link_that_signs_in_once(admin: Browser, box: Box) -> None:
    page = admin.post("/accounts/new", {"name": "newcomer", "role": "user"}).text
    token = page.split("token=")[1].split("<")[0]
    browser = box.browser()
    browser.get("/sign-in/once")
    assert browser.post("/sign-in/once", {"token": token}).status_code == 302


def test_a_name_that_breaks_the_rule_is_told_at_its_field_and_kept(admin: Browser) -> None:
    answer = admin.post("/accounts/new", {"name": "Not A Name", "role": "user", "password": PASSWORD})
    assert answer.status_code == 422
    assert 'value="Not A Name"' in answer.text
    assert 'id="field-name-wrong"' in answer.text


def test_a_role_is_changed_and_the_account_switched_off(admin: Browser, box: Box) -> None:
    box.browser("promoted", full_name="Before")
    admin.post("/accounts/promoted", {"full_name": "After", "role": "supervisor"})
    found = box.stores.accounts.find("promoted")
    assert found is not None
    assert (found.role.value, found.full_name, found.enabled) == ("supervisor", "After", False)


def test_the_last_administrator_cannot_be_removed(new_box: Box) -> None:
    browser = new_box.browser("only-one")
    text = browser.message(browser.post("/accounts/only-one/remove"))
    assert "alert-danger" in text
    assert new_box.stores.accounts.find("only-one") is not None


def test_an_account_that_is_not_there_is_not_found(admin: Browser) -> None:
    assert admin.get("/accounts/ghost").status_code == 404
