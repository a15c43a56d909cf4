"""Signing in, the first run, and one's own account, over the socket as the web asks."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pyotp
import pytest

from appliance.control.client import ControlClient, ControlError
from appliance.model.access import Permission, Role
from tests.control.conftest import PASSWORD, House

BOX = {"name": "najd-clinic", "country": "SA", "time_zone": "Asia/Riyadh", "language": "ar"}


def refused(client: ControlClient, verb: str, **args: Any) -> ControlError:
    with pytest.raises(ControlError) as error:
        client.ask(verb, **args)
    return error.value


def audit(house: House) -> list[tuple[str, str, str]]:
    """Who, action, subject; oldest first."""
    return [(line.who, line.action, line.subject) for line in reversed(house.stores.audit.page())]


def _code(secret: str, steps: int = 0) -> str:
    return pyotp.TOTP(secret).at(datetime.now(UTC), counter_offset=steps)


def test_whoever_sees_the_console_takes_the_box_and_nobody_after_them(house: House) -> None:
    assert house.web().ask("hello")["first_run"] is True
    code = house.console.ask("first_run.code")["code"]
    assert re.fullmatch("[a-z2-7]{4}-[a-z2-7]{4}-[a-z2-7]{4}", code)
    claim = {"name": "noor", "password": PASSWORD, "full_name": "Noor", "language": "ar", "box": BOX}
    wrong = refused(house.web(), "first_run.claim", code="aaaa-aaaa-aaaa", **claim)
    assert wrong.code == "wrong_code"
    answer = house.web().ask("first_run.claim", code=code.upper(), **claim)
    assert answer["account"]["role"] == "admin"
    assert answer["applied"] is False, "Asterisk is away: the facts wait in the draft"
    assert house.stores.site.draft().site.box.name == "najd-clinic"
    assert house.web(session=answer["session"]).ask("whoami")["name"] == "noor"
    assert house.web().ask("first_run.state") == {"open": False}
    assert refused(house.web(), "first_run.claim", code=code, **claim).code == "first_run_closed"
    assert refused(house.console, "first_run.code").code == "first_run_closed"


def test_a_claim_with_problems_tells_all_of_them_and_does_not_use_the_code_up(house: House) -> None:
    code = house.console.ask("first_run.code")["code"]
    box = {**BOX, "country": "sa", "name": "Bad Name"}
    error = refused(house.web(), "first_run.claim", code=code, name="noor", password="short", box=box)
    assert error.code == "problems"
    assert {problem.where for problem in error.problems} == {"password", "box.country", "box.name"}
    assert house.web().ask("first_run.claim", code=code, name="noor", password=PASSWORD, box=BOX)["session"]


def test_an_unknown_account_is_answered_exactly_as_a_wrong_password(house: House) -> None:
    house.account("noor", Role.ADMIN)
    house.stores.accounts.add("mei", role=Role.USER, password=PASSWORD)
    house.stores.accounts.edit("mei", enabled=False)
    wrong = refused(house.web(), "session.sign_in", name="noor", password="wrong")
    unknown = refused(house.web(), "session.sign_in", name="nobody", password="wrong")
    disabled = refused(house.web(), "session.sign_in", name="mei", password=PASSWORD)
    assert wrong.code == unknown.code == disabled.code == "wrong_credentials"
    assert (wrong.params, wrong.text) == (unknown.params, unknown.text) == (disabled.params, disabled.text)


def test_what_was_typed_as_the_name_of_nobody_is_not_put_on_record(house: House) -> None:
    house.account("noor", Role.ADMIN)
    refused(house.web(), "session.sign_in", name="my secret password", password="x")
    refused(house.web(), "session.sign_in", name="noor", password="x")
    assert audit(house) == [("", "session.sign_in_failed", ""), ("", "session.sign_in_failed", "noor")]


def test_after_too_many_tries_even_the_right_password_waits_but_not_where_its_owner_has_been(house: House) -> None:
    house.account("noor", Role.ADMIN)
    office = house.web(address="198.51.100.7")
    assert office.ask("session.sign_in", name="noor", password=PASSWORD)["session"]
    for _ in range(6):
        assert refused(house.web(), "session.sign_in", name="noor", password="x").code == "wrong_credentials"
    locked = refused(house.web(), "session.sign_in", name="noor", password=PASSWORD)
    assert locked.code == "locked"
    assert 0 < int(locked.params["seconds"]) <= 2
    assert office.ask("session.sign_in", name="NOOR", password=PASSWORD)["account"]["name"] == "noor"


def test_the_second_factor_is_asked_for_and_taken_once(house: House) -> None:
    noor = house.account("noor", Role.ADMIN)
    begun = noor.ask("totp.begin")
    assert begun["uri"].startswith("otpauth://totp/")
    assert refused(noor, "totp.confirm", code="000000").code == "totp_wrong"
    recovery = noor.ask("totp.confirm", code=_code(begun["secret"], -1))["recovery_codes"]
    sign_in = {"name": "noor", "password": PASSWORD}
    assert refused(house.web(), "session.sign_in", **sign_in).code == "totp_needed"
    assert refused(house.web(), "session.sign_in", **sign_in, totp="123456").code == "totp_wrong"
    code = _code(begun["secret"], 1)
    assert house.web().ask("session.sign_in", **sign_in, totp=code)["session"]
    assert refused(house.web(), "session.sign_in", **sign_in, totp=code).code == "totp_wrong"
    assert house.web().ask("session.sign_in", **sign_in, totp=recovery[3])["session"]
    assert refused(noor, "totp.disable", password="wrong").code == "wrong_credentials"
    noor.ask("totp.disable", password=PASSWORD)
    assert house.web().ask("session.sign_in", **sign_in)["session"]


def test_a_sign_in_link_works_once_and_only_the_console_makes_one(house: House) -> None:
    admin = house.account("noor", Role.ADMIN)
    assert refused(admin, "sign_in_link", account="noor").code == "forbidden"
    token = house.console.ask("sign_in_link", account="noor")["token"]
    session = house.web().ask("session.sign_in_once", token=token)["session"]
    assert house.web(session=session).ask("whoami")["must_change_password"] is False
    assert refused(house.web(), "session.sign_in_once", token=token).code == "code_expired"


def test_a_reset_account_can_only_choose_a_new_password(house: House) -> None:
    admin = house.account("noor", Role.ADMIN)
    amal = house.account("amal", Role.TECHNICIAN)
    for _ in range(7):
        refused(house.web(), "session.sign_in", name="amal", password="x")
    token = admin.ask("account.reset", name="amal")["link_token"]
    assert refused(amal, "whoami").code == "not_signed_in", "every session ended"
    link = house.web().ask("session.sign_in_once", token=token)
    limited = house.web(session=link["session"])
    assert limited.ask("whoami")["must_change_password"] is True
    assert refused(limited, "site.show").code == "password_change_needed"
    assert refused(limited, "password.change", new=PASSWORD).code == "password_reused"
    limited.ask("password.change", new="a wholly new phrase")
    assert limited.ask("site.show")
    assert house.web().ask("session.sign_in", name="amal", password="a wholly new phrase")["session"]


def test_changing_the_password_ends_every_other_session(house: House) -> None:
    noor = house.account("noor", Role.ADMIN)
    other = house.web().ask("session.sign_in", name="noor", password=PASSWORD)["session"]
    assert refused(noor, "password.change", old="wrong", new="a wholly new phrase").code == "wrong_credentials"
    weak = {
        "short": "password_too_short",
        "x" * 300: "password_too_long",
        "noor-noor-noor-1": "password_guessable",
        "password12345": "password_guessable",
        "abcdefghijklmn": "password_guessable",
    }
    for new, code in weak.items():
        assert refused(noor, "password.change", old=PASSWORD, new=new).code == code
    noor.ask("password.change", old=PASSWORD, new="a wholly new phrase")
    assert noor.ask("whoami")["name"] == "noor"
    assert refused(house.web(session=other), "whoami").code == "not_signed_in"


def test_sessions_are_seen_and_ended_by_their_owner_and_by_who_manages_accounts(house: House) -> None:
    admin = house.account("noor", Role.ADMIN)
    amal, mei = house.account("amal", Role.AGENT), house.account("mei", Role.AGENT)
    [session] = amal.ask("session.list")["sessions"]
    assert (session["current"], session["address"]) == (True, "192.0.2.1")
    assert refused(mei, "session.list", account="amal").code == "forbidden"
    assert refused(mei, "session.revoke", id=session["id"]).code == "not_found"
    assert refused(mei, "session.revoke", id="0000").code == "not_found"
    assert [one["id"] for one in admin.ask("session.list", account="amal")["sessions"]] == [session["id"]]
    admin.ask("session.revoke", id=session["id"])
    assert refused(amal, "whoami").code == "not_signed_in"
    mei.ask("session.sign_out")
    assert refused(mei, "whoami").code == "not_signed_in"


def test_a_token_can_do_what_its_scopes_and_its_makers_role_both_allow(house: House) -> None:
    admin = house.account("noor", Role.ADMIN)
    house.account("farhad", Role.ADMIN)
    made = admin.ask("token.add", label="script", scopes=["site.read", "accounts.manage"], expires_days=30)
    script = house.web(token=made["token"])
    assert script.ask("whoami")["permissions"] == ["accounts.manage", "site.read"]
    assert script.ask("site.show")
    assert refused(script, "audit.list").code == "forbidden"
    house.stores.accounts.edit("noor", role=Role.SUPERVISOR)
    assert script.ask("site.show")
    assert refused(script, "account.list").code == "forbidden"
    house.stores.accounts.edit("noor", enabled=False)
    assert refused(script, "site.show").code == "not_signed_in"


def test_a_token_cannot_be_given_more_than_its_maker_has_nor_change_anybodys_proofs(house: House) -> None:
    admin = house.account("noor", Role.ADMIN)
    made = admin.ask("token.add", label="keys", scopes=["tokens.manage", "self"], expires_days=None)
    script = house.web(token=made["token"])
    assert refused(script, "token.add", label="more", scopes=["site.secrets"]).code == "forbidden"
    assert refused(script, "password.change", old=PASSWORD, new="a wholly new phrase").code == "not_signed_in"
    assert refused(script, "totp.begin").code == "not_signed_in"
    admin.ask("token.revoke", id=made["info"]["id"])
    assert refused(script, "token.list").code == "not_signed_in"
    assert made["token"] not in str(admin.ask("token.list"))


def test_the_web_cannot_be_the_console_by_attaching_nothing(house: House) -> None:
    assert refused(house.web(), "whoami").code == "not_signed_in"
    assert refused(house.web(session="x" * 43), "account.list").code == "not_signed_in"
    assert house.console.ask("whoami")["role"] == "admin"


def test_the_last_administrator_stays_whoever_asks(house: House) -> None:
    house.account("noor", Role.ADMIN)
    assert refused(house.console, "account.remove", name="noor").code == "last_admin"
    changes = {"role": "agent"}
    assert refused(house.console, "account.edit", name="noor", changes=changes).code == "last_admin"
    assert refused(house.console, "account.edit", name="noor", changes={"enabled": False}).code == "last_admin"


def test_account_fields_are_checked_with_their_paths(house: House) -> None:
    error = refused(house.console, "account.add", name="Noor", role="boss", password="short")
    assert {problem.where for problem in error.problems} == {"name", "role"}
    error = refused(house.console, "account.add", name="root", role="user")
    assert [problem.code for problem in error.problems] == ["account_name_reserved"]
    error = refused(house.console, "account.add", name="noor", role="user", password="short")
    assert [(problem.where, problem.code) for problem in error.problems] == [("password", "password_too_short")]


def test_every_change_is_on_record_with_who_and_from_where(house: House) -> None:
    admin = house.account("noor", Role.ADMIN)
    admin.ask("account.add", name="amal", role="agent", password=PASSWORD, extension="201")
    admin.ask("account.edit", name="amal", changes={"full_name": "Amal", "language": None})
    admin.ask("account.edit_self", language="fa")
    admin.ask("account.remove", name="amal")
    listed = admin.ask("audit.list")
    assert listed["whole"] is True
    found = [(line["who"], line["address"], line["action"], line["subject"]) for line in listed["entries"]]
    assert found == [
        ("noor", "192.0.2.1", f"account.{what}", whom)
        for what, whom in (("remove", "amal"), ("edit_self", "noor"), ("edit", "amal"), ("add", "amal"))
    ]
    assert PASSWORD not in str(listed)
    assert admin.ask("account.own")["language"] == "fa"


def test_a_role_decides_what_may_be_seen(house: House) -> None:
    agent = house.account("amal", Role.AGENT, extension="201")
    assert refused(agent, "site.show").code == "forbidden"
    assert refused(agent, "live.show").code == "forbidden"
    assert agent.ask("history.list") == {"contacts": [], "more": False}
    assert set(agent.ask("whoami")["permissions"]) == {Permission.SELF, Permission.HISTORY_OWN}
