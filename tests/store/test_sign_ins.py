"""Wrong tries cost time, and nobody can keep somebody else out for good."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from appliance.model.access import Role
from appliance.store.sign_ins import LONGEST
from appliance.store.stores import Stores
from tests.store.conftest import Clock
from tests.tries import tries

OFFICE, HOME, ATTACKER = "192.0.2.1", "198.51.100.7", "203.0.113.9"


@pytest.fixture(autouse=True)
def people(stores: Stores) -> None:
    for name in ("noor", "amal"):
        stores.accounts.add(name, role=Role.ADMIN, password=None)


def _tries_until_delayed(stores: Stores, account: str, address: str, most: int = 100) -> int:
    for times in range(most):
        if stores.sign_ins.attempt(account, address):
            return times
    return most


def test_after_some_tries_each_costs_twice_the_time_of_the_one_before(stores: Stores, clock: Clock) -> None:
    assert _tries_until_delayed(stores, "noor", ATTACKER) == 6
    waits = []
    for _ in range(14):
        wait = stores.sign_ins.attempt("noor", ATTACKER)
        waits.append(wait.total_seconds())
        clock.forward(seconds=wait.total_seconds())
        assert stores.sign_ins.attempt("noor", ATTACKER) == timedelta()
    assert waits[:8] == [2, 4, 8, 16, 32, 64, 128, 256]
    assert max(waits) == LONGEST.total_seconds()


def test_asking_while_one_must_wait_does_not_lengthen_the_wait(stores: Stores, clock: Clock) -> None:
    _tries_until_delayed(stores, "noor", ATTACKER)
    clock.forward(seconds=1)
    assert {stores.sign_ins.attempt("noor", ATTACKER) for _ in range(20)} == {timedelta(seconds=1)}


def test_an_account_that_does_not_exist_is_delayed_just_the_same(stores: Stores) -> None:
    assert _tries_until_delayed(stores, "nobody", ATTACKER) == _tries_until_delayed(stores, "noor", HOME)


def test_one_address_cannot_try_every_account(stores: Stores) -> None:
    tried = [not stores.sign_ins.attempt(f"name{number}", ATTACKER) for number in range(40)]
    assert tried.count(True) == 21
    assert not stores.sign_ins.attempt("noor", OFFICE)


def test_many_addresses_cannot_try_one_account(stores: Stores) -> None:
    tried = [not stores.sign_ins.attempt("noor", f"203.0.113.{number}") for number in range(60)]
    assert tried.count(True) == 31


def test_a_person_gets_in_from_where_they_were_before_whatever_others_do(stores: Stores) -> None:
    assert not stores.sign_ins.attempt("noor", OFFICE)
    stores.sign_ins.succeeded("noor", OFFICE)
    for number in range(60):
        stores.sign_ins.attempt("noor", f"203.0.113.{number}")
    for number in range(60):
        stores.sign_ins.attempt(f"name{number}", OFFICE)
    assert stores.sign_ins.attempt("noor", HOME), "from elsewhere the account is guarded"
    assert not stores.sign_ins.attempt("noor", OFFICE)


def test_an_address_not_used_for_ninety_days_is_as_any_other(stores: Stores, clock: Clock) -> None:
    stores.sign_ins.succeeded("noor", OFFICE)
    clock.forward(days=90)
    for number in range(60):
        stores.sign_ins.attempt("noor", f"203.0.113.{number}")
    assert stores.sign_ins.attempt("noor", OFFICE)


def test_a_known_address_is_no_free_pass(stores: Stores) -> None:
    stores.sign_ins.succeeded("noor", OFFICE)
    assert _tries_until_delayed(stores, "noor", OFFICE) == 6


def test_signing_in_to_ones_own_account_gives_no_free_tries_at_anothers(stores: Stores) -> None:
    tries = 0
    for _ in range(100):
        if stores.sign_ins.attempt("noor", ATTACKER):
            break
        tries += 1
        if not stores.sign_ins.attempt("amal", ATTACKER):
            stores.sign_ins.succeeded("amal", ATTACKER)
    assert tries == 6


def test_asking_for_the_second_factor_is_no_failure(stores: Stores) -> None:
    for _ in range(50):
        assert not stores.sign_ins.attempt("noor", OFFICE)
        stores.sign_ins.withdrawn("noor", OFFICE)


def test_a_cleared_account_can_be_tried_at_once(stores: Stores) -> None:
    for number in range(60):
        stores.sign_ins.attempt("noor", f"203.0.113.{number}")
        stores.sign_ins.attempt("noor", HOME)
    assert stores.sign_ins.attempt("noor", HOME)
    stores.sign_ins.clear("noor")
    assert not stores.sign_ins.attempt("noor", HOME)


def test_a_day_without_failures_is_forgotten(stores: Stores, clock: Clock) -> None:
    _tries_until_delayed(stores, "noor", ATTACKER)
    clock.forward(hours=24)
    assert _tries_until_delayed(stores, "noor", ATTACKER) == 6


@settings(max_examples=tries(40), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(moves=st.lists(st.integers(min_value=-7200, max_value=7200), max_size=25))
def test_no_wait_is_ever_longer_than_the_longest_even_when_the_clock_jumps(
    stores: Stores, clock: Clock, moves: list[int]
) -> None:
    for move in moves:
        clock.forward(seconds=move)
        assert timedelta() <= stores.sign_ins.attempt("noor", ATTACKER) <= LONGEST
