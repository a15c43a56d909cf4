"""The first-run wizard."""

from __future__ import annotations

from appliance.store.codes import Purpose
from tests.web.conftest import PASSWORD, Box


def answers(code: str) -> dict[str, str]:
    return {
        "language": "ar",
        "code": code,
        "box.name": "najd-clinic",
        "box.country": "SA",
        "box.time_zone": "Asia/Riyadh",
        "name": "layla",
        "full_name": "Layla Haddad",
        "password": PASSWORD,
        "password_again": PASSWORD,
    }


def test_a_new_box_leads_everybody_to_the_wizard(new_box: Box) -> None:
    browser = new_box.browser()
    assert browser.get("/").location == "/first-run"
    assert browser.get("/sign-in").location == "/first-run"


def test_the_link_fills_in_the_code_and_the_country_proposes_its_time_zone(new_box: Box) -> None:
    browser = new_box.browser()
    assert 'value="abcd-efgh"' in browser.text("/first-run?code=abcd-efgh")
    assert '<option value="Asia/Riyadh" selected>' in browser.text("/first-run/time-zones?box.country=SA")


def test_the_wizard_makes_the_administrator_signs_in_and_keeps_the_facts_of_the_box(new_box: Box) -> None:
    browser = new_box.browser()
    browser.get("/first-run")
    answer = browser.post("/first-run", answers(new_box.stores.codes.make(Purpose.FIRST_RUN)))
    assert answer.status_code == 302, answer.text
    page = browser.text("/box")
    assert 'lang="ar"' in page
    assert 'value="najd-clinic"' in page
    assert '<option value="SA" selected>' in page
    assert browser.get("/first-run").location == "/sign-in"


def test_a_wrong_code_or_a_weak_password_takes_nothing_and_keeps_what_was_typed(new_box: Box) -> None:
    code = new_box.stores.codes.make(Purpose.FIRST_RUN)
    browser = new_box.browser()
    browser.get("/first-run")
    for wrong in ({"code": "wrong-code"}, {"password": "short", "password_again": "short"}, {"password_again": "x"}):
        answer = browser.post("/first-run", answers(code) | wrong)
        assert answer.status_code == 422
        assert 'value="najd-clinic"' in answer.text
        assert "aria-invalid" in answer.text
        assert PASSWORD not in answer.text
    assert not new_box.stores.accounts.any()
