"""The live hub, fed with what a real Asterisk once said, and the feed that writes the history."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from appliance.ami.actions import Action
from appliance.ami.captures import read_capture
from appliance.ami.connection import (
    ConnectionState,
    Lost,
    NotConnectedError,
    Notice,
    Response,
    Subscriber,
)
from appliance.ami.framing import Answer
from appliance.control.history_feed import HistoryFeed
from appliance.control.live_hub import LiveHub
from appliance.live.facts import ContactRecord, ContactUpdate, Fact
from appliance.store.database import open_reader, open_writer
from appliance.store.errors import DiskFullError
from appliance.store.history import Filter, HistoryReader, HistoryWriter
from appliance.store.history_migrations import MIGRATIONS

CAPTURES = Path(__file__).parent.parent / "captures"
NOON = datetime(2027, 1, 3, 12, 0, tzinfo=UTC)


class Tape:
    """A connection that plays a capture: notices to its subscribers, the recorded answers to whoever asks."""

    state = ConnectionState.CONNECTED

    def __init__(self, name: str) -> None:
        with (CAPTURES / f"{name}.ami").open("rb") as file:
            played = list(read_capture(file))
        self._answers = deque(one.response for one in played if isinstance(one, Answer))
        self.notices: list[Notice] = [one for one in played if not isinstance(one, Answer)]
        self._subscribers: list[Subscriber] = []
        self.last_heard: datetime | None = None

    def send(self, action: Action, timeout_s: float = 5.0) -> Response:
        if not self._answers:
            raise NotConnectedError("the tape is at its end")
        return self._answers.popleft()

    def command(self, text: str, timeout_s: float = 10.0) -> tuple[str, ...]:
        raise NotConnectedError(text)

    def subscribe(self, callback: Subscriber) -> Callable[[], None]:
        self._subscribers.append(callback)
        return lambda: self._subscribers.remove(callback)

    def play(self, notices: Iterable[Notice]) -> None:
        for notice in notices:
            self.last_heard = notice.last_heard if isinstance(notice, Lost) else notice.at
            for subscriber in self._subscribers:
                subscriber(notice)


@contextmanager
def history(root: Path) -> Iterator[tuple[HistoryWriter, HistoryReader]]:
    database = open_writer(root / "history.db", MIGRATIONS, root / "backups", synchronous="NORMAL")
    reader = open_reader(database.path)
    yield HistoryWriter(database), HistoryReader(reader)
    reader.close()
    database.close()


def test_a_call_is_seen_live_and_is_in_the_history_afterwards(tmp_path: Path) -> None:
    tape = Tape("call")
    with history(tmp_path) as (writer, reader):
        hub = LiveHub(tape, writer, reader, lambda: NOON)
        hub.start()
        most = 0
        for notice in tape.notices:
            tape.play([notice])
            most = max(most, len(hub.view().calls))
        assert hub.view().connected
        assert most == 1
        assert hub.view().calls == ()
        hub.stop()
        [contact] = reader.contacts(Filter())
        assert contact.record.outcome == "answered"
        assert reader.known_until() is not None


def test_a_daemon_that_starts_again_closes_what_the_last_one_left_open(tmp_path: Path) -> None:
    """The first hub is stopped in the middle of the call; the second finds an Asterisk without channels."""
    tape = Tape("call")
    with history(tmp_path) as (writer, reader):
        first = LiveHub(tape, writer, reader)
        first.start()
        for notice in tape.notices:
            tape.play([notice])
            if first.view().calls:
                break
        first.stop()
        assert [record.ended for record in reader.open_contacts()] == [None]
        again = Tape("call")
        second = LiveHub(again, writer, reader)
        second.start()
        again.play(again.notices[:1])
        second.stop()
        assert reader.open_contacts() == ()
        [contact] = reader.contacts(Filter())
        assert (contact.record.outcome, contact.record.gap) == ("unknown", True)
        [gap] = reader.gaps(NOON - timedelta(days=3650), NOON + timedelta(days=3650))
        assert gap.reason == "daemon_restarted"


def test_a_watcher_gets_the_first_view_at_once_and_the_newest_after_a_burst(tmp_path: Path) -> None:
    tape = Tape("three_phones")
    with history(tmp_path) as (writer, reader):
        hub = LiveHub(tape, writer, reader)
        hub.start()
        watching = hub.watch()
        first = next(watching)
        assert first is not None
        assert not first.connected
        tape.play(tape.notices)
        second = next(watching)
        assert second is not None
        assert second.model_copy(update={"at": NOON}) == hub.view().model_copy(update={"at": NOON})
        assert next(watching) is None, "nothing new: the burst was one view"
        hub.stop()
        assert list(watching) == []


def test_a_view_is_made_once_for_all_who_watch(tmp_path: Path) -> None:
    tape = Tape("call")
    with history(tmp_path) as (writer, reader):
        hub = LiveHub(tape, writer, reader)
        hub.start()
        tape.play(tape.notices[:8])
        assert hub.view().calls is hub.view().calls
        hub.stop()


def _contact(number: int, ended: bool = False) -> Fact:
    return ContactUpdate(ContactRecord(f"c{number}", NOON, "101", "102", ended=NOON if ended else None))


class FullDisk:
    """A writer whose disk is full until it is told otherwise."""

    def __init__(self) -> None:
        self.full = True
        self.tried = threading.Event()
        self.written: list[Fact] = []

    def write(self, facts: Iterable[Fact]) -> None:
        self.tried.set()
        if self.full:
            raise DiskFullError(path="history.db")
        self.written += facts

    def mark_known(self, until: datetime) -> None:
        """Nothing to do."""


def test_what_cannot_be_written_is_kept_the_newest_of_each_contact_and_written_later(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("appliance.control.history_feed.RETRY_S", 0.05)
    monkeypatch.setattr("appliance.control.history_feed.BATCH_S", 0.0)
    disk = FullDisk()
    feed = HistoryFeed(disk, lambda: None)  # type: ignore[arg-type]
    feed.start()
    feed.put([_contact(1), _contact(2)])
    assert disk.tried.wait(20)
    feed.put([_contact(1, ended=True)])
    disk.full = False
    feed.stop()
    newest = {fact.record.call_id: fact.record.ended for fact in disk.written if isinstance(fact, ContactUpdate)}
    assert newest == {"c1": NOON, "c2": None}
    assert [record.levelname for record in caplog.records].count("ERROR") == 1, "told once, not at every try"


def test_what_is_kept_while_the_disk_is_full_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("appliance.control.history_feed.MOST_KEPT", 10)
    disk = FullDisk()
    feed = HistoryFeed(disk, lambda: None)  # type: ignore[arg-type]
    feed.put(_contact(number) for number in range(25))
    disk.full = False
    feed.start()
    feed.stop()
    kept = [fact.record.call_id for fact in disk.written if isinstance(fact, ContactUpdate)]
    assert kept == [f"c{number}" for number in range(15, 25)]
