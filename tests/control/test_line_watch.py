"""Alarms of a constructed tree, watched into the history and told by mail."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from appliance.ami.supervisor import Account, Supervisor
from appliance.apply.inventory import BoxInventory
from appliance.control.alarm_mail import AT_MOST_EVERY_S, GATHER, AlarmMail, written
from appliance.control.line_watch import LineWatch
from appliance.model.alarms import AlarmKind, AlarmPlace, AlarmRecord
from appliance.model.fields import Language
from appliance.model.site import Site
from appliance.store.alarms import AlarmStore
from appliance.store.database import Database, open_writer
from appliance.store.history_migrations import MIGRATIONS
from appliance.store.mails import MailStore
from appliance.store.paths import DataPaths
from appliance.store.stores import opened_stores
from tests.hardware.test_cards import PCI, PROFILES, drive
from tests.hardware.trees import Box, spans_of

SPAN = {"name": "r2", "port": 1, "kind": "e1", "signalling": "mfcr2", "r2": {"variant": "mx"}}
SITE = Site.from_document(
    {
        "box": {"name": "najd", "language": "en", "country": "SA", "time_zone": "Asia/Riyadh"},
        "mail": {
            "from": "pbx@najd.example",
            "smtp": {"host": "localhost"},
            "notify": ["layla@najd.example", "omar@najd.example"],
        },
        "hardware": {
            "spans": [{"name": "r2", "port": 1, "kind": "e1", "signalling": "mfcr2", "r2": {"variant": "mx"}}]
        },
    }
)


class Watched:
    """A watch over a tree, with a clock of the test's own. Asterisk is away: its part is tested where there is one."""

    def __init__(self, inventory: BoxInventory, database: Database, tree: Path) -> None:
        self.inventory, self.tree = inventory, tree
        self.now = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
        self.alarms, self.mails = AlarmStore(database), MailStore(database)
        self.start()

    def start(self) -> None:
        """As the daemon does; again for a daemon that starts anew."""
        mail = AlarmMail(self.alarms, lambda: self.now)
        nobody = Supervisor(Account("nobody", "nothing"))
        self.watch = LineWatch(nobody, self.inventory, self.alarms, mail, lambda: self.now)
        self.watch.set(SITE)

    def look(self, seconds: float = 1) -> None:
        self.now += timedelta(seconds=seconds)
        self.watch.look()

    def raise_alarm(self, mask: int) -> None:
        folder = self.tree / f"sys/devices/pci0000:00/0000:00:1c.0/{PCI}/pci:{PCI}/span-1"
        (folder / "alarms").write_text(f"{mask:#x}\n")

    def seen(self) -> list[tuple[str, bool]]:
        return [(one.record.place.kind.value, one.record.ended is None) for one in self.alarms.page()]


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Watched]:
    database = open_writer(tmp_path / "history.db", MIGRATIONS, tmp_path / "backups")
    with opened_stores(DataPaths(tmp_path / "data")) as stores:
        tree = tmp_path / "tree"
        drive(Box(tree), PROFILES["digium/te131"], spans_of(PROFILES["digium/te131"]))
        yield Watched(BoxInventory(stores.places, tree), database, tree)
    database.close()


def test_an_alarm_goes_into_the_history_and_out_by_mail_to_everybody(watched: Watched) -> None:
    watched.look()
    assert watched.seen() == []
    watched.raise_alarm(0x8)
    watched.look()
    assert watched.seen() == [("red", True)]
    assert watched.mails.waiting() == ()  # more may follow
    watched.look(GATHER.total_seconds() + 1)
    mails = watched.mails.waiting()
    assert [mail.recipient for mail in mails] == ["layla@najd.example", "omar@najd.example"]
    assert mails[0].subject == "najd: alarm on r2"
    assert mails[0].words.splitlines()[0] == "r2 (span 1): red: no signal, since 2026-11-22 11:00:02"
    assert mails[0].message_id != mails[1].message_id
    for _ in range(3):
        watched.look(60)
    assert len(watched.mails.waiting()) == 2


def test_the_end_is_told_too_but_not_every_flutter(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    passed = 0.0
    monkeypatch.setattr("appliance.control.alarm_mail.time.monotonic", lambda: passed)
    for mask in (8, 0, 8, 0):
        watched.raise_alarm(mask)
        watched.look()
    watched.look(GATHER.total_seconds() + 1)
    [first, _] = watched.mails.waiting()
    assert first.subject == "najd: alarm on r2 ended" and first.words.count("red: no signal") == 2
    watched.raise_alarm(8)
    watched.look()
    watched.look(GATHER.total_seconds() + 1)
    assert len(watched.mails.waiting()) == 2
    passed = AT_MOST_EVERY_S
    watched.look(AT_MOST_EVERY_S)
    assert len(watched.mails.waiting()) == 4


def test_an_alarm_that_ended_while_nobody_watched_is_closed_so(watched: Watched) -> None:
    watched.raise_alarm(0x8)
    watched.look()
    watched.raise_alarm(0)
    watched.start()
    assert watched.seen() == [("red", True)]
    watched.look(600)
    [alarm] = watched.alarms.page()
    assert (alarm.record.ended, alarm.record.unwatched) == (watched.now, True)
    watched.look(GATHER.total_seconds() + 1)
    assert "it ended while nobody watched" in watched.mails.waiting()[0].words


def test_an_alarm_that_lasts_over_a_restart_is_one(watched: Watched) -> None:
    watched.raise_alarm(0x8)
    watched.look()
    watched.start()
    watched.look(600)
    assert watched.seen() == [("red", True)]
    watched.raise_alarm(0)
    watched.look()
    [alarm] = watched.alarms.page()
    assert (alarm.record.ended, alarm.record.unwatched) == (watched.now, False)


def test_a_card_that_is_pulled_is_an_alarm_and_its_return_the_end(watched: Watched) -> None:
    watched.look()
    shutil.rmtree(watched.tree)
    watched.look()
    assert watched.seen() == [("missing", True)]
    drive(Box(watched.tree), PROFILES["digium/te131"], spans_of(PROFILES["digium/te131"]))
    watched.look()
    assert watched.seen() == [("missing", False)]


def test_without_anybody_to_tell_nothing_is_queued_then_or_later(watched: Watched) -> None:
    watched.watch.set(SITE.model_copy(update={"mail": Site().mail}))
    watched.raise_alarm(0x8)
    watched.look()
    watched.look(600)
    watched.watch.set(SITE)
    watched.look(600)
    assert watched.mails.waiting() == ()


def test_rates_are_of_what_was_counted_lately(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    from appliance.hardware.span_states import span_states

    passed = 1000.0
    monkeypatch.setattr("appliance.control.line_watch.time.monotonic", lambda: passed)
    proc = watched.tree / "proc/dahdi/1"
    text = proc.read_text()

    def count(slips: int) -> dict[str, float]:
        head, _, rest = text.partition("\n")
        proc.write_text(f"{head}\n\tTiming slips: {slips}\n{rest}")
        watched.look()
        return watched.watch.rates(span_states(watched.tree)[0])

    assert count(100) == {}
    passed += 120
    assert count(110) == {"slips": 5.0}
    for _ in range(40):  # the window moves on
        passed += 10
        count(110)
    assert count(110) == {}


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("kind", list(AlarmKind))
def test_every_alarm_can_be_written_in_every_language(language: Language, kind: AlarmKind) -> None:
    began = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
    lasting = AlarmRecord(AlarmPlace(kind, 2, 7), "pri", "x", began, cause="red")
    over = AlarmRecord(AlarmPlace(kind, 2), "pri", "x", began, ended=began, unwatched=True)
    subject, words = written([lasting, over], "najd", language, UTC)
    assert "najd" in subject and "pri" in subject
    assert words.count("2026-11-22 08:00:00") == 3 and "{" not in words
