"""The buffer of call records: nothing twice, nothing lost but what is counted, and whole after a power cut."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from appliance.model.smdr import CallRecord
from appliance.store.database import Database
from appliance.store.smdr import SmdrBuffer, open_smdr
from tests.tries import tries

START = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def record(call: int) -> CallRecord:
    return CallRecord(f"1.{call}", 0, START, START + timedelta(seconds=call % 100), "internal", "102", "101")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with closing(open_smdr(tmp_path / "smdr.db", tmp_path / "backups")) as database:
        yield database


def test_a_call_told_twice_is_one_record(database: Database) -> None:
    buffer = SmdrBuffer(database)
    buffer.set_readers(["tcp"])
    assert buffer.add([record(1), record(1)]) == 1
    assert buffer.add([record(1), record(2)]) == 1
    assert [(one.number, one.call_id) for one in buffer.next("tcp", limit=10)] == [(1, "1.1"), (2, "1.2")]


def test_a_reader_gets_what_came_since_it_reads_and_each_keeps_its_own_place(database: Database) -> None:
    buffer = SmdrBuffer(database)
    buffer.set_readers(["tcp"])
    buffer.add([record(1)])
    buffer.set_readers(["tcp", "serial"])
    buffer.add([record(2)])
    buffer.done("tcp", 1)
    assert [one.number for one in buffer.next("tcp", limit=10)] == [2]
    assert [one.number for one in buffer.next("serial", limit=10)] == [2]
    buffer.done("tcp", 2)
    buffer.done("tcp", 1)  # late: it does not go back
    assert buffer.next("tcp") == ()
    assert [(place.reader, place.waiting) for place in buffer.places()] == [("serial", 1), ("tcp", 0)]
    buffer.set_readers(["tcp"])
    assert buffer.next("serial") == ()


def test_the_oldest_go_first_and_are_counted_for_whom_has_not_had_them(database: Database) -> None:
    buffer = SmdrBuffer(database, most_kept=10)
    buffer.set_readers(["gone", "there"])
    for call in range(25):
        buffer.add([record(call)])
        buffer.done("there", call + 1)
    gone, there = buffer.places()
    assert (gone.waiting, gone.dropped) == (10, 15)
    assert (there.waiting, there.dropped) == (0, 0)
    assert [one.number for one in buffer.next("gone", limit=100)] == list(range(16, 26))
    assert [one.number for one in buffer.tail(3)] == [23, 24, 25]


def test_numbers_are_never_given_twice(tmp_path: Path) -> None:
    path = tmp_path / "smdr.db"
    with closing(open_smdr(path, tmp_path)) as database:
        SmdrBuffer(database).add([record(1), record(2)])
        database.execute("DELETE FROM records")
    with closing(open_smdr(path, tmp_path)) as database:
        buffer = SmdrBuffer(database)
        buffer.set_readers(["tcp"])
        buffer.add([record(3)])
        assert [one.number for one in buffer.next("tcp")] == [3]


def _grown(path: Path, backups: Path) -> None:
    """A buffer with 200 records, 100 of them delivered, left as a power cut leaves it: with its log."""
    with closing(open_smdr(path, backups)) as database:
        buffer = SmdrBuffer(database)
        buffer.set_readers(["tcp"])
        for call in range(100):
            buffer.add([record(2 * call), record(2 * call + 1)])
            buffer.done("tcp", call + 1)
        for suffix in ("", "-wal"):
            shutil.copy(f"{path}{suffix}", f"{path}.cut{suffix}")


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("grown")
    _grown(folder / "smdr.db", folder)
    return folder / "smdr.db.cut"


@settings(max_examples=tries(60), deadline=None)
@given(st.floats(0, 1), st.sampled_from(["", "-wal"]))
def test_cut_short_anywhere_it_opens_and_holds_a_beginning(
    grown: Path, tmp_path_factory: pytest.TempPathFactory, part: float, suffix: str
) -> None:
    """A log cut short loses the newest only; a cut database is set aside, and a new one begun."""
    path = tmp_path_factory.mktemp("cut") / "smdr.db"
    for each in ("", "-wal"):
        shutil.copy(f"{grown}{each}", f"{path}{each}")
    cut = Path(f"{path}{suffix}")
    with cut.open("r+b") as file:
        file.truncate(int(cut.stat().st_size * part))
    with closing(open_smdr(path, path.parent)) as database:
        buffer = SmdrBuffer(database)
        buffer.set_readers(["tcp"])
        kept = [one.call_id for one in buffer.tail(1000)]
        assert kept == [f"1.{call}" for call in range(len(kept))]
        [place] = buffer.places()
        assert place.upto + place.waiting in (len(kept), 0)
        assert buffer.add([record(10_000)]) == 1
        assert buffer.next("tcp", limit=1000)[-1].call_id == "1.10000"


def test_what_was_committed_is_there_when_the_log_is_whole(grown: Path, tmp_path: Path) -> None:
    path = tmp_path / "smdr.db"
    for suffix in ("", "-wal"):
        shutil.copy(f"{grown}{suffix}", f"{path}{suffix}")
    with closing(open_smdr(path, tmp_path)) as database:
        assert [one.number for one in SmdrBuffer(database).next("tcp", limit=1000)] == list(range(101, 201))


def test_a_buffer_that_is_no_database_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "smdr.db"
    path.write_bytes(b"not a database" * 1000)
    with closing(open_smdr(path, tmp_path)) as database:
        assert SmdrBuffer(database).tail() == ()
    assert (tmp_path / "smdr.db.damaged").exists()


class Readers(RuleBasedStateMachine):
    """Two readers that come and go against a model: each gets every number once, in order, or has it counted."""

    folder: Path

    def __init__(self) -> None:
        super().__init__()
        import tempfile

        self.folder = Path(tempfile.mkdtemp())
        self.database = open_smdr(self.folder / "smdr.db", self.folder)
        self.buffer = SmdrBuffer(self.database, most_kept=7)
        self.buffer.set_readers(["a", "b"])
        self.made = 0
        self.got: dict[str, list[int]] = {"a": [], "b": []}

    @rule(calls=st.integers(1, 5))
    def end_calls(self, calls: int) -> None:
        self.buffer.add(record(self.made + call) for call in range(calls))
        self.made += calls

    @rule(reader=st.sampled_from("ab"), limit=st.integers(1, 5))
    def read(self, reader: str, limit: int) -> None:
        numbers = [one.number for one in self.buffer.next(reader, limit=limit)]
        self.got[reader] += numbers
        if numbers:
            self.buffer.done(reader, numbers[-1])

    @invariant()
    def nothing_twice_and_nothing_lost_unseen(self) -> None:
        for place in self.buffer.places():
            got = self.got[place.reader]
            assert got == sorted(set(got))
            assert len(got) + place.waiting + place.dropped == self.made

    def teardown(self) -> None:
        self.database.close()
        shutil.rmtree(self.folder)


TestReaders = Readers.TestCase
TestReaders.settings = settings(max_examples=tries(25), stateful_step_count=25, deadline=None)
