"""One's own account."""

from __future__ import annotations

import re

import pyotp

from appliance.model.access import Role
from tests.web.conftest import PASSWORD, Box


def test_people_change_their_own_name_and_language(box: Box) -> None:
    browser = box.browser("self-service", Role.USER)
    answer = browser.post("/account", {"full_name": "شیرین", "language": "fa"})
    text = browser.message(answer)
    assert 'lang="fa"' in text
    assert 'value="شیرین"' in text


def test_a_password_is_changed_only_with_the_one_before(box: Box) -> None:
    browser = box.browser("changes-mind", Role.USER)
    new = "a much better sentence"
    wrong = browser.post("/account/password", {"old": "not it", "new": new, "again": new})
    assert wrong.status_code == 422
    unequal = browser.post("/account/password", {"old": PASSWORD, "new": new, "again": "another"})
    assert unequal.status_code == 422
    assert browser.post("/account/password", {"old": PASSWORD, "new": new, "again": new}).status_code == 302
    assert box.stores.accounts.password_matches("changes-mind", new)


def test_the_second_factor_is_on_after_its_first_code_and_shows_recovery_codes_once(box: Box) -> None:
    browser = box.browser("two-factors", Role.USER)
    begun = browser.post("/account/totp/begin").text
    assert "<svg" in begun
    found = re.search(r'name="secret" value="([A-Z2-7]+)"', begun)
    assert found
    wrong = browser.post("/account/totp/confirm", {"code": "000000", "secret": found[1], "uri": "otpauth://totp/x"})
    assert wrong.status_code == 422
    right = browser.post("/account/totp/confirm", {"code": pyotp.TOTP(found[1]).now()})
    assert len(re.findall(r"<li><code>", right.text)) >= 8
    assert "second factor is on" in browser.text("/account")


def test_another_browser_can_be_signed_out(box: Box) -> None:
    here, there = box.browser("two-places", Role.USER), box.browser("two-places", Role.USER)
    found = re.search(r"/account/sessions/([^/]+)/revoke", here.text("/account"))
    assert found
    here.post(f"/account/sessions/{found[1]}/revoke")
    assert there.get("/account").status_code == 302
    assert here.get("/account").status_code == 200


def test_nobody_signs_out_somebody_else(box: Box) -> None:
    victim = box.browser("victim", Role.USER)
    theirs = re.search(r"/accounts/victim/sessions/([^/]+)/revoke", box.browser("layla").text("/accounts/victim"))
    assert theirs
    box.browser("attacker", Role.USER).post(f"/account/sessions/{theirs[1]}/revoke")
    assert victim.get("/account").status_code == 200
