"""Mail handed to a real server: taken, refused, away for a while."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from appliance.control.mailer import GIVEN_UP_AFTER, RETRY, Mailer
from appliance.model.site import Site
from appliance.store.database import Database, open_writer
from appliance.store.history_migrations import MIGRATIONS
from appliance.store.mails import MailStore
from tests.control.mail_server import MailServer, certificate

NOTIFY = ["layla@najd.example"]


class Clock:
    """Now, as the test says."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


class Sending:
    """A mailer over a queue; its clock and its server."""

    def __init__(self, database: Database, server: MailServer) -> None:
        self.clock, self.server = Clock(), server
        self.store = MailStore(database)
        self.mailer = Mailer(self.store, self.clock, server.trusting if server.tls else ssl.create_default_context)

    def set(self, security: str = "none", port: int | None = None, **smtp: object) -> None:
        server = {"host": "localhost", "port": port or self.server.port, "security": security, **smtp}
        mail = {"from": "pbx@najd.example", "smtp": server, "notify": NOTIFY[:1]}
        self.mailer.set(Site.from_document({"box": {"name": "najd"}, "mail": mail}))

    def send(self) -> None:
        self.mailer.send_due()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = open_writer(tmp_path / "history.db", MIGRATIONS, tmp_path / "backups")
    yield made
    made.close()


@pytest.fixture
def server() -> Iterator[MailServer]:
    with MailServer() as made:
        yield made


@pytest.fixture
def sending(database: Database, server: MailServer) -> Sending:
    made = Sending(database, server)
    made.set()
    return made


def test_a_mail_arrives_whole_and_once(sending: Sending) -> None:
    assert sending.mailer.test() == ("layla@najd.example",)
    sending.send()
    sending.send()
    [(sender, recipient, message)] = sending.server.taken
    assert (sender, recipient) == ("pbx@najd.example", "layla@najd.example")
    assert (message["From"], message["To"], message["Subject"]) == (sender, recipient, "najd: test mail")
    assert message["Auto-Submitted"] == "auto-generated" and message["Message-ID"].endswith("@najd.example>")
    assert message.get_content().strip() == "This is a test: mail of najd arrives."
    assert sending.server.greeted == ["najd"] and sending.server.signed_in == []
    assert sending.mailer.waiting() == ()


def test_other_scripts_and_a_line_that_is_a_dot_arrive(sending: Sending) -> None:
    sending.store.add("layla@najd.example", "إنذار: 線路 هشدار", "سطر\n.\nخط ۲\n", "<1@x>", sending.clock())
    sending.send()
    [(_, _, message)] = sending.server.taken
    assert message["Subject"] == "إنذار: 線路 هشدار"
    assert message.get_content().splitlines() == ["سطر", ".", "خط ۲"]


def test_a_mail_waits_for_a_server_that_is_away_and_keeps_its_id(sending: Sending) -> None:
    sending.set(port=1)
    sending.mailer.test()
    sending.send()
    [waiting] = sending.mailer.waiting()
    assert waiting.tries == 1 and "refused" in waiting.error and waiting.due == sending.clock() + RETRY[0]
    sending.set()
    sending.send()
    assert sending.server.taken == []
    sending.clock.now += RETRY[0]
    sending.send()
    assert [message["Message-ID"] for _, _, message in sending.server.taken] == [waiting.message_id]


@pytest.mark.parametrize(
    ("refuse", "for_good"),
    [
        ({"RCPT": "550 no such user"}, True),
        ({"RCPT": "450 mailbox busy"}, False),
        ({"DATA": "554 no"}, True),
        ({"MAIL": "451 later"}, False),
        ({"EHLO": "500 what", "HELO": "500 what"}, False),
    ],
)
def test_what_is_refused_for_good_is_not_tried_again(sending: Sending, refuse: dict[str, str], for_good: bool) -> None:
    sending.mailer.test()
    sending.server.refuse.update(refuse)
    sending.send()
    [waiting] = sending.mailer.waiting()
    assert waiting.refused is for_good and waiting.error
    sending.server.refuse.clear()
    sending.clock.now += timedelta(hours=2)
    sending.send()
    assert len(sending.server.taken) == (0 if for_good else 1)


def test_after_days_it_is_given_up_and_later_forgotten(sending: Sending) -> None:
    sending.set(port=1)
    sending.mailer.test()
    for _ in range(200):
        sending.send()
        sending.clock.now += RETRY[-1]
    [waiting] = sending.mailer.waiting()
    assert waiting.refused and waiting.tries * RETRY[-1] >= GIVEN_UP_AFTER - timedelta(hours=2)
    sending.clock.now += timedelta(days=10)
    sending.send()
    assert sending.mailer.waiting() == ()


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_the_password_travels_encrypted(database: Database, tmp_path: Path, security: str) -> None:
    with MailServer(tls=certificate(tmp_path), at_once=security == "tls") as server:
        sending = Sending(database, server)
        sending.set(security, username="pbx", secret="change me")
        sending.mailer.test()
        sending.send()
        assert server.signed_in == ["pbx:change me"] and server.encrypted == [True]


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_server_that_nobody_vouches_for_hears_no_password(database: Database, tmp_path: Path, security: str) -> None:
    with MailServer(tls=certificate(tmp_path), at_once=security == "tls") as server:
        sending = Sending(database, server)
        sending.mailer = Mailer(sending.store, sending.clock)
        sending.set(security, username="pbx", secret="change-me")
        sending.mailer.test()
        sending.send()
        assert server.signed_in == [] and server.taken == []
        assert "CERTIFICATE_VERIFY_FAILED" in sending.mailer.waiting()[0].error


def test_a_server_without_starttls_hears_no_password(sending: Sending) -> None:
    sending.set("starttls", username="pbx", secret="change-me")
    sending.mailer.test()
    sending.send()
    assert sending.server.signed_in == [] and sending.server.taken == []
    assert "STARTTLS" in sending.mailer.waiting()[0].error


def test_without_settings_nothing_is_sent_and_nothing_is_lost(sending: Sending) -> None:
    sending.mailer.test()
    sending.mailer.set(Site())
    sending.send()
    assert sending.mailer.test() == ()
    assert len(sending.mailer.waiting()) == 1
    sending.set()
    sending.send()
    assert len(sending.server.taken) == 1
