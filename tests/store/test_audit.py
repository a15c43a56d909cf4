"""The audit log shows any line that was changed, taken out or put in."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from appliance.store.database import Database
from appliance.store.stores import Stores
from tests.tries import tries

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@pytest.fixture
def database(stores: Stores) -> Database:
    return next(database for database in stores.databases if database.path.name == "accounts.db")


def _fill(stores: Stores, lines: int = 5) -> None:
    for number in range(lines):
        stores.audit.add("noor", "192.0.2.1", "extension.edit", f"10{number}", {"field": "name"})


def test_an_untouched_log_is_whole(stores: Stores) -> None:
    assert stores.audit.verify() is None
    _fill(stores, 1005)
    assert stores.audit.verify() is None
    assert stores.audit.is_whole()


@pytest.mark.parametrize(
    "column, value",
    [("at", "2020-01-01T00:00:00.000+00:00"), ("who", "amal"), ("address", ""), ("action", "x"),
     ("subject", "x"), ("detail", "{}"), ("hash", "0" * 64)],
)  # fmt: skip
def test_a_changed_line_is_found(stores: Stores, database: Database, column: str, value: str) -> None:
    _fill(stores)
    database.execute(f"UPDATE audit SET {column} = ? WHERE number = 3", (value,))
    assert stores.audit.verify() == 3


def test_a_line_taken_out_is_found(stores: Stores, database: Database) -> None:
    _fill(stores)
    database.execute("DELETE FROM audit WHERE number = 3")
    assert stores.audit.verify() == 4


def test_lines_that_changed_places_are_found(stores: Stores, database: Database) -> None:
    _fill(stores)
    database.execute("UPDATE audit SET number = 99 WHERE number = 2")
    database.execute("UPDATE audit SET number = 2 WHERE number = 3")
    database.execute("UPDATE audit SET number = 3 WHERE number = 99")
    assert stores.audit.verify() == 2


def test_pages_are_newest_first_and_continue(stores: Stores) -> None:
    _fill(stores)
    page = stores.audit.page(limit=2)
    assert [line.number for line in page] == [5, 4]
    assert [line.number for line in stores.audit.page(before=4)] == [3, 2, 1]
    assert page[0].detail == {"field": "name"}


def test_searching_takes_every_character_for_itself(stores: Stores) -> None:
    _fill(stores)
    stores.audit.add("100%_\\", "", "account.add", "amal")
    assert [line.number for line in stores.audit.page(search="%_\\")] == [6]
    assert [line.subject for line in stores.audit.page(search="AMAL")] == ["amal"]
    assert stores.audit.page(search="10%") == []


@settings(max_examples=tries(50), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(who=TEXT, subject=TEXT, detail=st.dictionaries(TEXT, TEXT | st.integers() | st.lists(TEXT), max_size=3))
def test_any_text_can_be_put_on_record(stores: Stores, who: str, subject: str, detail: dict[str, object]) -> None:
    number = stores.audit.add(who, "", "x", subject, detail)
    [line] = stores.audit.page(limit=1)
    assert (line.number, line.who, line.subject, line.detail) == (number, who, subject, detail)
    assert stores.audit.verify() is None


def test_what_was_begun_and_never_told_of_becomes_a_line(stores: Stores, database: Database) -> None:
    told = stores.audit.begin("noor", "192.0.2.1", "extension.edit")
    refused = stores.audit.begin("noor", "192.0.2.1", "extension.add")
    stores.audit.begin("amal", "192.0.2.2", "site.apply")
    stores.audit.add("noor", "192.0.2.1", "extension.edit", "101", intent=told)
    stores.audit.drop(refused)
    assert stores.audit.finish() == 1
    assert stores.audit.finish() == 0
    lines = [(row.who, row.address, row.action, list(row.detail)) for row in stores.audit.page()]
    assert lines == [
        ("amal", "192.0.2.2", "site.apply", ["interrupted"]),
        ("noor", "192.0.2.1", "extension.edit", []),
    ]
    assert stores.audit.verify() is None
    assert database.query("SELECT * FROM audit_intents") == []
