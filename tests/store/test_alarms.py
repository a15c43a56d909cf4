"""Alarms and mails in the history's database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from appliance.model.alarms import AlarmKind, AlarmPlace, AlarmRecord
from appliance.store.alarms import AlarmStore
from appliance.store.database import Database, open_writer
from appliance.store.history_migrations import MIGRATIONS
from appliance.store.mails import MailStore

START = datetime(2026, 11, 22, 8, 0, 0, 123456, tzinfo=UTC)
RED = AlarmRecord(AlarmPlace(AlarmKind.RED, 2), "pri", "TE131-1", START)
PORT = AlarmRecord(AlarmPlace(AlarmKind.RED, 4, 67), "fxo", "A8B", START + timedelta(seconds=5))


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = open_writer(tmp_path / "history.db", MIGRATIONS, tmp_path / "backups")
    yield made
    made.close()


@pytest.fixture
def alarms(database: Database) -> AlarmStore:
    return AlarmStore(database)


def ended(record: AlarmRecord, seconds: float, *, unwatched: bool = False) -> AlarmRecord:
    return replace(record, ended=record.began + timedelta(seconds=seconds), unwatched=unwatched)


def test_an_alarm_is_one_row_from_its_beginning_to_its_end(alarms: AlarmStore) -> None:
    alarms.write([RED, PORT])
    assert alarms.lasting() == {RED.place: RED, PORT.place: PORT}
    alarms.write([ended(RED, 7, unwatched=True)])
    assert [stored.record for stored in alarms.page()] == [PORT, ended(RED, 7, unwatched=True)]
    assert alarms.lasting() == {PORT.place: PORT}


def test_an_alarm_that_comes_again_is_another(alarms: AlarmStore) -> None:
    again = replace(RED, began=START + timedelta(minutes=1), cause="")
    alarms.write([RED])
    alarms.write([ended(RED, 1), again])
    assert [stored.record for stored in alarms.page()] == [again, ended(RED, 1)]


def test_pages_go_on_after_the_last_one_seen_and_can_be_narrowed(alarms: AlarmStore) -> None:
    records = [replace(RED, began=START + timedelta(seconds=n)) for n in range(5)]
    for record in records:
        alarms.write([ended(record, 0.5)])
    alarms.write([PORT])
    first = alarms.page(limit=2)
    second = alarms.page(limit=10, before=first[-1].id)
    assert [one.id for one in (*first, *second)] == sorted((one.id for one in (*first, *second)), reverse=True)
    assert len(first) + len(second) == 6
    assert [one.record for one in alarms.page(lasting=True)] == [PORT]
    assert [one.record for one in alarms.page(span=4)] == [PORT]


def test_beginning_and_end_are_told_once_each(alarms: AlarmStore, database: Database) -> None:
    mails = MailStore(database)
    alarms.write([RED])
    told = alarms.untold()
    assert [one.record for one in told] == [RED]
    alarms.tell(told, [("a@b.example", "Alarm", "red", "<1@b.example>")], START)
    assert alarms.untold() == ()
    alarms.write([ended(RED, 7)])
    assert [one.record.ended for one in alarms.untold()] == [START + timedelta(seconds=7)]
    alarms.tell(alarms.untold(), [], START)
    assert alarms.untold() == ()
    [mail] = mails.due(START)
    assert (mail.recipient, mail.subject, mail.words, mail.tries) == ("a@b.example", "Alarm", "red", 0)


def test_an_alarm_that_began_and_ended_untold_is_told_once(alarms: AlarmStore) -> None:
    alarms.write([RED])
    alarms.write([ended(RED, 1)])
    alarms.tell(alarms.untold(), [], START)
    assert alarms.untold() == ()


def test_a_mail_is_due_again_later_and_gone_when_it_is_sent(database: Database) -> None:
    mails = MailStore(database)
    mails.add("a@b.example", "Test", "words", "<1@b>", START)
    [mail] = mails.due(START)
    later = START + timedelta(minutes=5)
    mails.failed(mail.id, "connection refused", later)
    assert mails.due(START + timedelta(minutes=4)) == ()
    [again] = mails.due(later)
    assert (again.tries, again.error, again.message_id) == (1, "connection refused", "<1@b>")
    mails.sent(again.id)
    assert mails.waiting() == ()


def test_a_mail_that_is_given_up_is_shown_and_not_tried(database: Database) -> None:
    mails = MailStore(database)
    mails.add("a@b.example", "Test", "words", "<1@b>", START)
    mails.failed(mails.due(START)[0].id, "550 no such user", START, refused=True)
    assert mails.due(START + timedelta(days=1)) == ()
    assert [mail.refused for mail in mails.waiting()] == [True]
    assert mails.forget_before(START + timedelta(seconds=1)) == 1
    assert mails.waiting() == ()
