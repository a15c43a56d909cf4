"""Results of port tests in the history's database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from appliance.model.port_tests import PortTestKind, PortTestOutcome, Verdict
from appliance.store.database import Database, open_writer
from appliance.store.history_migrations import MIGRATIONS
from appliance.store.port_tests import KEPT, PortTestStore

START = datetime(2026, 11, 22, 8, 0, 0, 123456, tzinfo=UTC)
RANG = Verdict(outcome=PortTestOutcome.OPEN, code="test_rang", params={"seconds": 10})


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = open_writer(tmp_path / "history.db", MIGRATIONS, tmp_path / "backups")
    yield made
    made.close()


@pytest.fixture
def tests(database: Database) -> PortTestStore:
    return PortTestStore(database)


def test_a_result_is_kept_with_when_and_by_whom(tests: PortTestStore) -> None:
    begun = tests.begin("fxs", 2, 64, PortTestKind.RING, "noor", START)
    assert (begun.outcome, begun.ended, begun.by, begun.began) == (PortTestOutcome.RUNNING, None, "noor", START)
    ended = tests.end(begun.id, RANG, START + timedelta(seconds=10))
    assert tests.newest() == (ended,) and tests.get(begun.id) == ended
    assert (ended.outcome, ended.code, ended.params) == (PortTestOutcome.OPEN, "test_rang", {"seconds": 10})
    assert ended.ended == START + timedelta(seconds=10)
    assert set(ended.text) == {"en", "ar", "fa", "zh"} and "10 s" in ended.text["en"]


def test_the_newest_of_each_port_and_kind_is_shown(tests: PortTestStore) -> None:
    for kind in (PortTestKind.RING, PortTestKind.RING, PortTestKind.VOLTAGE):
        tests.end(tests.begin("fxs", 1, 63, kind, "noor", START).id, RANG, START)
    last = tests.begin("fxs", 2, 64, PortTestKind.RING, "noor", START)
    assert [(one.port, one.kind.value) for one in tests.newest()] == [(1, "ring"), (1, "voltage"), (2, "ring")]
    assert tests.newest()[-1] == last


def test_old_results_of_a_port_go_and_those_of_others_stay(tests: PortTestStore, database: Database) -> None:
    other = tests.begin("fxo", 1, 67, PortTestKind.RING, "noor", START)
    numbers = [tests.begin("fxs", 1, 63, PortTestKind.RING, "noor", START).id for _ in range(KEPT + 5)]
    kept = [row["id"] for row in database.query("SELECT id FROM port_tests ORDER BY id")]
    assert kept == [other.id, *numbers[5:]]
    assert tests.get(numbers[0]) is None


def test_what_a_daemon_left_running_has_no_result(tests: PortTestStore) -> None:
    ended = tests.end(tests.begin("fxs", 1, 63, PortTestKind.RING, "noor", START).id, RANG, START)
    left = tests.begin("fxs", 2, 64, PortTestKind.RING, "noor", START)
    assert tests.interrupted(START + timedelta(minutes=1)) == 1
    found = tests.get(left.id)
    assert found is not None and (found.outcome, found.code) == (PortTestOutcome.OPEN, "test_interrupted")
    assert tests.get(ended.id) == ended
