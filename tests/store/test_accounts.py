"""Accounts: proofs that work once, and an administrator who always remains."""

from __future__ import annotations

from itertools import pairwise

import pyotp
import pytest

from appliance.model.access import Role
from appliance.store.accounts import LastAdminError
from appliance.store.codes import Purpose
from appliance.store.errors import MissingError, TakenError
from appliance.store.stores import Stores
from tests.store.conftest import Clock

PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def people(stores: Stores) -> None:
    stores.accounts.add("noor", role=Role.ADMIN, password=PASSWORD, full_name="Noor")
    stores.accounts.add("amal", role=Role.AGENT, password="another long phrase", extension="201")


def _code(secret: str, clock: Clock, steps: int = 0) -> str:
    return pyotp.TOTP(secret).at(clock(), counter_offset=steps)


def _with_totp(stores: Stores, clock: Clock) -> tuple[str, tuple[str, ...]]:
    secret = stores.accounts.begin_totp("noor")
    codes = stores.accounts.confirm_totp("noor", _code(secret, clock))
    assert codes is not None
    clock.forward(seconds=30)
    return secret, codes


def test_a_password_proves_its_account_and_no_other(stores: Stores) -> None:
    assert stores.accounts.password_matches("NOOR", PASSWORD)
    assert not stores.accounts.password_matches("noor", "correct horse batterz")
    assert not stores.accounts.password_matches("amal", PASSWORD)
    assert not stores.accounts.password_matches("nobody", PASSWORD)


def test_the_same_password_typed_on_another_keyboard_is_the_same(stores: Stores) -> None:
    stores.accounts.set_password("noor", "Zoe\u0308 and the café door")
    assert stores.accounts.password_matches("noor", "Zoë and the cafe\u0301 door")


def test_no_password_is_kept(stores: Stores) -> None:
    for database in stores.databases:
        if database.path.name == "accounts.db":
            [row] = database.query("SELECT password FROM accounts WHERE name = 'noor'")
            assert row["password"].startswith("$argon2id$")


def test_a_disabled_account_cannot_sign_in_and_loses_its_sessions(stores: Stores) -> None:
    token, _ = stores.sessions.start("amal", "192.0.2.1", "browser")
    stores.accounts.edit("amal", enabled=False)
    assert not stores.accounts.password_matches("amal", "another long phrase")
    assert stores.sessions.use(token) is None


def test_an_account_without_a_password_has_none_that_matches(stores: Stores) -> None:
    stores.accounts.add("mei", role=Role.USER, password=None)
    assert not stores.accounts.password_matches("mei", "")


def test_the_last_administrator_cannot_be_removed_disabled_or_demoted(stores: Stores) -> None:
    with pytest.raises(LastAdminError):
        stores.accounts.remove("noor")
    with pytest.raises(LastAdminError):
        stores.accounts.edit("noor", enabled=False)
    with pytest.raises(LastAdminError):
        stores.accounts.edit("noor", role=Role.SUPERVISOR)
    stores.accounts.add("farhad", role=Role.ADMIN, password=PASSWORD)
    stores.accounts.edit("farhad", enabled=False)
    with pytest.raises(LastAdminError):
        stores.accounts.remove("noor")
    stores.accounts.edit("farhad", enabled=True)
    stores.accounts.remove("noor")
    assert [account.name for account in stores.accounts.all()] == ["amal", "farhad"]


def test_a_name_is_taken_whatever_its_case(stores: Stores) -> None:
    with pytest.raises(TakenError):
        stores.accounts.add("Noor", role=Role.USER, password=None)


def test_an_unknown_account_is_told_by_name(stores: Stores) -> None:
    with pytest.raises(MissingError):
        stores.accounts.get("nobody")


def test_a_second_factor_counts_only_once_a_code_of_it_was_seen(stores: Stores, clock: Clock) -> None:
    secret = stores.accounts.begin_totp("noor")
    assert not stores.accounts.get("noor").totp
    assert stores.accounts.confirm_totp("noor", "000000") is None
    assert stores.accounts.confirm_totp("noor", _code(secret, clock)) is not None
    assert stores.accounts.get("noor").totp


def test_a_code_is_good_once(stores: Stores, clock: Clock) -> None:
    secret, _ = _with_totp(stores, clock)
    code = _code(secret, clock)
    assert stores.accounts.second_factor("noor", code) == "totp"
    assert stores.accounts.second_factor("noor", code) is None


def test_the_code_that_confirmed_the_second_factor_cannot_be_used_again(stores: Stores, clock: Clock) -> None:
    secret = stores.accounts.begin_totp("noor")
    code = _code(secret, clock)
    assert stores.accounts.confirm_totp("noor", code) is not None
    assert stores.accounts.second_factor("noor", code) is None


def test_a_code_one_step_early_or_late_is_taken_and_two_steps_is_not(stores: Stores, clock: Clock) -> None:
    secret, _ = _with_totp(stores, clock)
    clock.forward(minutes=10)
    assert stores.accounts.second_factor("noor", _code(secret, clock, -2)) is None
    assert stores.accounts.second_factor("noor", _code(secret, clock, 2)) is None
    assert stores.accounts.second_factor("noor", _code(secret, clock, -1)) == "totp"
    assert stores.accounts.second_factor("noor", _code(secret, clock, 1)) == "totp"
    assert stores.accounts.second_factor("noor", _code(secret, clock)) is None, "older than one already used"


def test_a_code_may_be_typed_in_the_digits_of_ones_language(stores: Stores, clock: Clock) -> None:
    secret, _ = _with_totp(stores, clock)
    eastern = _code(secret, clock).translate({ord("0") + digit: 0x6F0 + digit for digit in range(10)})
    assert stores.accounts.second_factor("noor", eastern[:3] + " " + eastern[3:]) == "totp"


def test_each_recovery_code_is_good_once_however_it_is_typed(stores: Stores, clock: Clock) -> None:
    _, codes = _with_totp(stores, clock)
    assert len(set(codes)) == 10
    assert stores.accounts.second_factor("noor", codes[0].upper().replace("-", " ")) == "recovery"
    assert stores.accounts.second_factor("noor", codes[0]) is None
    assert stores.accounts.second_factor("amal", codes[1]) is None


def test_without_its_second_factor_an_account_has_no_codes_either(stores: Stores, clock: Clock) -> None:
    secret, codes = _with_totp(stores, clock)
    stores.accounts.disable_totp("noor")
    assert stores.accounts.second_factor("noor", codes[0]) is None
    assert stores.accounts.second_factor("noor", _code(secret, clock)) is None


def test_a_one_time_code_is_good_once_for_its_purpose_and_for_its_time(stores: Stores, clock: Clock) -> None:
    link = stores.codes.make(Purpose.SIGN_IN, "noor")
    assert stores.codes.redeem(link, Purpose.FIRST_RUN) is None
    redeemed = stores.codes.redeem(link, Purpose.SIGN_IN, Purpose.RESET)
    assert redeemed is not None
    assert (redeemed.account, redeemed.purpose) == ("noor", Purpose.SIGN_IN)
    assert stores.codes.redeem(link, Purpose.SIGN_IN) is None
    late = stores.codes.make(Purpose.SIGN_IN, "noor")
    clock.forward(minutes=15)
    assert stores.codes.redeem(late, Purpose.SIGN_IN) is None


def test_a_new_code_makes_the_one_before_worthless(stores: Stores) -> None:
    codes = [stores.codes.make(Purpose.FIRST_RUN) for _ in range(3)]
    other = stores.codes.make(Purpose.SIGN_IN, "amal")
    assert all(left != right for left, right in pairwise(codes))
    assert stores.codes.redeem(codes[0], Purpose.FIRST_RUN) is None
    assert stores.codes.redeem(codes[2].replace("-", " "), Purpose.FIRST_RUN) is not None
    assert stores.codes.redeem(other, Purpose.SIGN_IN) is not None
