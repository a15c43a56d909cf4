"""The history keeps every contact once, finds it again, and never reads all of it to show a page."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from appliance.live.facts import ContactRecord, ContactUpdate, Gap, Outcome, SegmentRecord
from appliance.store.database import Database, open_reader, open_writer
from appliance.store.errors import MissingError
from appliance.store.history import (
    CSV_COLUMNS,
    Filter,
    HistoryReader,
    HistoryWriter,
    StoredContact,
    _query,
    csv_row,
)
from appliance.store.history_migrations import MIGRATIONS
from tests.live.replay import replay_file

START = datetime(2027, 1, 3, 8, 0, 0, 123456, tzinfo=UTC)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_writer(tmp_path / "history.db", MIGRATIONS, tmp_path / "backups", synchronous="NORMAL")
    yield opened
    opened.close()


@pytest.fixture
def writer(database: Database) -> HistoryWriter:
    return HistoryWriter(database)


@pytest.fixture
def reader(database: Database, tmp_path: Path) -> Iterator[HistoryReader]:
    opened = open_reader(tmp_path / "history.db")
    yield HistoryReader(opened)
    opened.close()


def contact(number: int, **fields: object) -> ContactRecord:
    """The n-th contact: a minute after the one before; 101 talked to 102 for 30 s."""
    at = START + timedelta(minutes=number)
    part = SegmentRecord(
        "102",
        "extension",
        at,
        at + timedelta(seconds=5),
        at + timedelta(seconds=35),
        2.5,
        "answered",
        "caller",
    )
    record = ContactRecord(
        call_id=f"{1800000000 + number}.0", started=at, caller="101", called="102", caller_name="Reception",
        answered=part.answer_at, ended=part.end_at, outcome=Outcome.ANSWERED, ended_by="caller", segments=(part,),
    )  # fmt: skip
    return replace(record, **fields)  # type: ignore[arg-type]


def store(writer: HistoryWriter, *records: ContactRecord) -> None:
    writer.write(ContactUpdate(record) for record in records)


def found(reader: HistoryReader, **wanted: object) -> list[str]:
    """Call ids, newest first."""
    return [stored.record.call_id for stored in reader.contacts(Filter(**wanted))]  # type: ignore[arg-type]


def test_a_contact_comes_back_as_it_was_written(writer: HistoryWriter, reader: HistoryReader) -> None:
    whole = contact(0, gap=True, joined="1.1", direction="inbound", sequence=7)
    store(writer, whole)
    [stored] = reader.contacts()
    assert stored.record == whole
    assert reader.contact(stored.id) == stored


def test_an_update_replaces_the_contact_and_its_segments(writer: HistoryWriter, reader: HistoryReader) -> None:
    ringing = contact(
        0, answered=None, ended=None, outcome=None, ended_by=None,
        segments=(SegmentRecord("102", "extension", START), SegmentRecord("103", "extension", START)),
    )  # fmt: skip
    store(writer, ringing)
    assert reader.open_contacts() == (ringing,)
    [before] = reader.contacts(Filter(include_open=True))
    store(writer, contact(0))
    assert [stored.record for stored in reader.contacts()] == [contact(0)]
    assert reader.contacts()[0].id == before.id
    assert reader.open_contacts() == ()
    assert found(reader, extension="103") == []
    assert found(reader, search="103") == []


def test_of_several_updates_in_one_batch_the_last_stands(writer: HistoryWriter, reader: HistoryReader) -> None:
    store(writer, contact(0, ended=None, outcome=None), contact(0, caller_name="Later"), contact(0))
    assert [stored.record for stored in reader.contacts()] == [contact(0)]


def test_one_call_seen_twice_is_two_rows(writer: HistoryWriter, reader: HistoryReader) -> None:
    store(writer, contact(0), contact(0, sequence=1800000060, started=START + timedelta(minutes=1), gap=True))
    assert len(reader.contacts()) == 2


def test_a_batch_that_fails_writes_nothing(writer: HistoryWriter, reader: HistoryReader) -> None:
    broken = contact(1, segments=(SegmentRecord(None, "extension", START),))  # type: ignore[arg-type]
    with pytest.raises(sqlite3.IntegrityError):
        store(writer, contact(0), replace(broken, caller="", called=""))
    assert reader.contacts(Filter(include_open=True)) == ()


def test_pages_show_every_contact_once_newest_first(writer: HistoryWriter, reader: HistoryReader) -> None:
    # Two of each moment, written in no order: the id settles what the moment does not.
    records = [contact(number // 2, call_id=f"{number}.0") for number in range(50)]
    random.Random(1).shuffle(records)
    for record in records:
        store(writer, record)
    seen: list[StoredContact] = []
    before: int | None = None
    while page := reader.contacts(limit=7, before=before):
        seen += page
        before = page[-1].id
    assert len({stored.id for stored in seen}) == 50
    assert [(stored.record.started, stored.id) for stored in seen] == sorted(
        ((stored.record.started, stored.id) for stored in seen), reverse=True
    )
    assert tuple(seen) == tuple(reader.every())


def test_contacts_are_found_by_who_took_part(writer: HistoryWriter, reader: HistoryReader) -> None:
    voicemail = SegmentRecord("104", "voicemail", START, START, START, outcome="answered")
    store(
        writer,
        contact(0),
        contact(1, caller="103"),
        contact(2, segments=(voicemail,)),
        contact(3, caller="1020", segments=()),
    )
    assert found(reader, extension="102") == ["1800000001.0", "1800000000.0"]
    assert found(reader, extension="103") == ["1800000001.0"]
    assert found(reader, extension="104") == ["1800000002.0"]
    assert found(reader, extension="1020") == ["1800000003.0"]
    assert found(reader, extension="999") == []


def test_contacts_are_found_by_any_part_of_a_number_or_a_name(writer: HistoryWriter, reader: HistoryReader) -> None:
    store(
        writer,
        contact(0, caller="+966551234567", caller_name="ليلى حداد"),
        contact(1, caller="103", caller_name='O"Neil % _'),
        contact(2, caller="104", caller_name="王小明", called="*97"),
    )
    assert found(reader, search="5512345") == ["1800000000.0"]
    assert found(reader, search="حداد") == ["1800000000.0"]
    assert found(reader, search='o"neil') == ["1800000001.0"]
    assert found(reader, search="小明") == ["1800000002.0"]
    assert found(reader, search="*97") == ["1800000002.0"]
    assert found(reader, search="%") == ["1800000001.0"]
    assert found(reader, search="102") == ["1800000002.0", "1800000001.0", "1800000000.0"]
    assert found(reader, search="nobody") == []
    assert found(reader, search='" OR words MATCH "') == []


def test_contacts_are_found_by_time_and_outcome(writer: HistoryWriter, reader: HistoryReader) -> None:
    store(writer, *(contact(number, outcome=list(Outcome)[number % 2]) for number in range(6)))
    assert found(reader, since=START + timedelta(minutes=2), until=START + timedelta(minutes=4)) == [
        "1800000003.0",
        "1800000002.0",
    ]
    assert found(reader, outcome=Outcome.BUSY) == ["1800000005.0", "1800000003.0", "1800000001.0"]
    assert found(reader, outcome=Outcome.BUSY, extension="102", search="Recep", since=START + timedelta(minutes=4)) == [
        "1800000005.0"
    ]


def test_an_open_contact_is_shown_only_when_asked_for(writer: HistoryWriter, reader: HistoryReader) -> None:
    store(writer, contact(0, ended=None, outcome=None))
    assert found(reader) == []
    assert found(reader, include_open=True) == ["1800000000.0"]


def test_a_contact_that_is_not_there_is_said_so(reader: HistoryReader) -> None:
    with pytest.raises(MissingError):
        reader.contact(1)


def test_gaps_are_kept(writer: HistoryWriter, reader: HistoryReader) -> None:
    gap = Gap(START, START + timedelta(seconds=7), "eof")
    writer.write([gap])
    assert reader.gaps(START - timedelta(hours=1), START + timedelta(hours=1)) == (gap,)
    assert reader.gaps(START + timedelta(seconds=3), START + timedelta(hours=1)) == (gap,)
    assert reader.gaps(START + timedelta(minutes=1), START + timedelta(hours=1)) == ()


def test_until_when_asterisk_was_heard_outlives_the_daemon(writer: HistoryWriter, reader: HistoryReader) -> None:
    assert reader.known_until() is None
    writer.mark_known(START)
    writer.mark_known(START + timedelta(seconds=5))
    assert reader.known_until() == START + timedelta(seconds=5)


def test_old_contacts_are_forgotten_whole_and_open_ones_kept(
    writer: HistoryWriter, reader: HistoryReader, database: Database
) -> None:
    store(writer, *(contact(number) for number in range(10)), contact(11, ended=None, outcome=None))
    assert writer.remove_before(START + timedelta(minutes=20), limit=4) == 4
    assert len(reader.contacts()) == 6
    assert writer.remove_before(START + timedelta(minutes=20)) == 6
    assert reader.contacts() == ()
    assert len(reader.open_contacts()) == 1
    left = {
        table: database.one(f"SELECT count(*) AS n FROM {table}") for table in ("segments", "parties", "contact_search")
    }
    assert left == {"segments": {"n": 1}, "parties": {"n": 2}, "contact_search": {"n": 1}}


def test_a_page_continues_after_a_contact_that_has_been_forgotten(writer: HistoryWriter, reader: HistoryReader) -> None:
    store(writer, contact(0), contact(1))
    oldest = reader.contacts()[-1]
    writer.remove_before(START + timedelta(seconds=1))
    assert reader.contacts(before=oldest.id) == ()


def test_a_spreadsheet_gets_no_formula_from_a_callers_name() -> None:
    row = dict(
        zip(
            CSV_COLUMNS,
            csv_row(StoredContact(1, contact(0, caller="+966551", caller_name='=HYPERLINK("x")'))),
            strict=True,
        )
    )
    assert row["caller"] == "+966551"
    assert row["caller_name"] == '\'=HYPERLINK("x")'
    assert row["started"] == "2027-01-03T08:00:00.123+00:00"
    assert row["talk_s"] == "27.5"
    assert row["answered_by"] == "102"
    for name in ("+1+cmd", "-2", "@sum", "\tx"):
        assert csv_row(StoredContact(1, contact(0, caller_name=name)))[2] == f"'{name}"


@pytest.mark.parametrize(
    ("wanted", "index"),
    [
        (Filter(), "contacts_started"),
        (Filter(since=START, until=START + timedelta(days=1)), "contacts_started"),
        (Filter(outcome=Outcome.BUSY), "contacts_outcome"),
        (Filter(extension="102"), "PRIMARY KEY"),
        (Filter(extension="102", since=START), "PRIMARY KEY"),
    ],
    ids=str,
)
@pytest.mark.parametrize("place", [None, (5, 5)])
def test_a_page_is_read_from_an_index_in_its_order(
    database: Database, wanted: Filter, index: str, place: tuple[int, int] | None
) -> None:
    sql, parameters = _query(wanted, place)
    plan = "\n".join(row["detail"] for row in database.query(f"EXPLAIN QUERY PLAN {sql} LIMIT 50", parameters))
    assert index in plan
    assert "SCAN c\n" not in f"{plan}\n".replace("SCAN c USING", "")
    assert "USE TEMP B-TREE FOR ORDER BY" not in plan


def test_a_search_goes_through_the_trigrams_not_through_the_contacts(database: Database) -> None:
    sql, parameters = _query(Filter(search="Recep"), None)
    plan = [row["detail"] for row in database.query(f"EXPLAIN QUERY PLAN {sql} LIMIT 50", parameters)]
    assert any(step.startswith("SCAN contact_search VIRTUAL TABLE INDEX") for step in plan)
    assert any(step.startswith("SEARCH c USING INTEGER PRIMARY KEY") for step in plan)


@pytest.mark.parametrize("name", ["attended_transfer", "killed", "voicemail", "pick_up"])
def test_recorded_calls_are_stored_as_the_event_path_told_them(
    name: str, writer: HistoryWriter, reader: HistoryReader
) -> None:
    story = replay_file(name)
    for fact in story.facts:
        writer.write([fact])
    stored = {one.record.key: one.record for one in reader.contacts(Filter(include_open=True))}
    assert stored == story.contacts
    assert list(reader.gaps(START - timedelta(days=365), START + timedelta(days=1))) == story.gaps
