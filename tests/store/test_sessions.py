"""Sessions and API tokens: only hashes are kept, and their time ends."""

from __future__ import annotations

from datetime import timedelta

import pytest

from appliance.model.access import Permission, Role
from appliance.store.stores import Stores
from tests.store.conftest import Clock


@pytest.fixture(autouse=True)
def people(stores: Stores) -> None:
    for name in ("noor", "amal"):
        stores.accounts.add(name, role=Role.ADMIN, password=None)


def _stored_text(stores: Stores) -> str:
    people = next(database for database in stores.databases if database.path.name == "accounts.db")
    return str(people.query("SELECT * FROM sessions") + people.query("SELECT * FROM tokens"))


def test_no_token_can_be_read_from_the_database(stores: Stores) -> None:
    session, _ = stores.sessions.start("noor", "192.0.2.1", "browser")
    token, _ = stores.tokens.add("script", [Permission.SITE_READ], "noor", None)
    stored = _stored_text(stores)
    assert session not in stored
    assert token not in stored


def test_a_session_ends_after_twelve_idle_hours(stores: Stores, clock: Clock) -> None:
    token, _ = stores.sessions.start("noor", "192.0.2.1", "browser")
    clock.forward(hours=11)
    assert stores.sessions.use(token) is not None
    clock.forward(hours=11)
    assert stores.sessions.use(token) is not None
    clock.forward(hours=12)
    assert stores.sessions.use(token) is None
    clock.forward(hours=-12)
    assert stores.sessions.use(token) is None, "ended for good"


def test_a_session_ends_after_thirty_days_however_much_it_is_used(stores: Stores, clock: Clock) -> None:
    token, _ = stores.sessions.start("noor", "192.0.2.1", "browser")
    for _ in range(30 * 3 - 1):
        clock.forward(hours=8)
        assert stores.sessions.use(token) is not None
    clock.forward(hours=8)
    assert stores.sessions.use(token) is None


def test_a_session_can_be_revoked_by_its_id(stores: Stores) -> None:
    token, session = stores.sessions.start("noor", "192.0.2.1", "browser")
    assert stores.sessions.owner(session.id) == "noor"
    assert stores.sessions.revoke(session.id)
    assert stores.sessions.use(token) is None
    assert not stores.sessions.revoke(session.id)


def test_the_sessions_of_an_account_are_listed_without_those_that_ended(stores: Stores, clock: Clock) -> None:
    stores.sessions.start("noor", "192.0.2.1", "old")
    clock.forward(hours=13)
    stores.sessions.start("amal", "192.0.2.2", "other")
    _, first = stores.sessions.start("noor", "192.0.2.3", "first")
    _, second = stores.sessions.start("noor", "192.0.2.3", "second")
    assert [row.user_agent for row in stores.sessions.of("noor")] == ["second", "first"]
    assert stores.sessions.revoke_all("noor", keep=first.id) == 1
    assert [row.id for row in stores.sessions.of("noor")] == [first.id]
    assert len(stores.sessions.of("amal")) == 1
    assert second.id != first.id


def test_a_session_ends_with_its_account(stores: Stores) -> None:
    token, _ = stores.sessions.start("amal", "", "")
    script, _ = stores.tokens.add("script", [Permission.SITE_READ], "amal", None)
    stores.accounts.remove("amal")
    assert stores.sessions.use(token) is None
    assert stores.tokens.use(script) is None


def test_a_token_ends_at_its_time_or_when_it_is_revoked(stores: Stores, clock: Clock) -> None:
    short, _ = stores.tokens.add("short", [Permission.SITE_READ], "noor", clock() + timedelta(days=1))
    long, row = stores.tokens.add("long", [Permission.SITE_READ], "noor", None)
    assert stores.tokens.use(short) is not None
    clock.forward(days=1)
    assert stores.tokens.use(short) is None
    clock.forward(days=3000)
    assert stores.tokens.use(long) is not None
    assert stores.tokens.revoke(row.id)
    assert stores.tokens.use(long) is None


def test_a_token_remembers_its_scopes_and_when_it_was_used(stores: Stores, clock: Clock) -> None:
    token, _ = stores.tokens.add("script", [Permission.SITE_READ, Permission.CALLS_READ], "noor", None)
    clock.forward(hours=1)
    used = stores.tokens.use(token)
    assert used is not None
    [row] = stores.tokens.all()
    assert row.scopes == (Permission.CALLS_READ, Permission.SITE_READ)
    assert row.last_used == clock()
    assert stores.tokens.use("loopstart_" + "x" * 43) is None
