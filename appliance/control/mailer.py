"""Sends the mails that wait, one by one, to the mail server of the running site; tries again until it is taken.

Mail is submitted (RFC 6409), never delivered: the box has no mail server of its own.
"""

from __future__ import annotations

import logging
import smtplib
import ssl
from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid

from appliance.model.mail import MailSecurity, Smtp
from appliance.model.site import Site
from appliance.model.texts.mail import WORDS
from appliance.store.errors import StoreError
from appliance.store.mails import MailStore, StoredMail
from appliance.store.moments import utc_now
from appliance.worker import Worker

log = logging.getLogger(__name__)

LOOK_S = 2.0
TIMEOUT_S = 30.0
RETRY = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 15, 30, 60))
"""Between two tries; the last one repeats."""
GIVEN_UP_AFTER = timedelta(days=3)
FORGOTTEN_AFTER = timedelta(days=10)
_PERMANENT = 500
"""Replies from here on say that trying again is no use (RFC 5321, 4.2.1)."""


class RefusedForGoodError(Exception):
    """The mail server will not take this mail, whenever it is tried."""


class Mailer(Worker):
    """Runs from :meth:`start` until :meth:`stop`. tls: whom to trust; by default the system's authorities."""

    def __init__(
        self,
        store: MailStore,
        clock: Callable[[], datetime] = utc_now,
        tls: Callable[[], ssl.SSLContext] = ssl.create_default_context,
    ) -> None:
        super().__init__("mailer", stop_s=5)
        self._store = store
        self._clock = clock
        self._tls = tls
        self._site = Site()
        self._failing = False

    def set(self, site: Site) -> None:
        """This site runs now."""
        self._site = site

    def waiting(self) -> tuple[StoredMail, ...]:
        """What is not sent, and why. Raises StoreError."""
        return self._store.waiting()

    def test(self) -> tuple[str, ...]:
        """Queue a test mail to everybody who is told of alarms; whom. Nobody where mail is not set up."""
        mail, box = self._site.mail, self._site.box
        if mail.smtp is None or mail.sender is None:
            return ()
        subject, words = (WORDS[key][box.language.value].format(box=box.name) for key in ("subject_test", "test"))
        for recipient in mail.notify:
            message_id = make_msgid(domain=mail.sender.rpartition("@")[2])
            self._store.add(recipient, subject, f"{words}\n", message_id, self._clock())
        return mail.notify

    def send_due(self) -> None:
        """Try what is due. Raises StoreError."""
        mail = self._site.mail
        if mail.smtp is None or mail.sender is None:
            return
        for one in self._store.due(self._clock()):
            if self._stopping.is_set():
                return
            self._try(one, mail.smtp, mail.sender)
        self._store.forget_before(self._clock() - FORGOTTEN_AFTER)

    def _try(self, one: StoredMail, smtp: Smtp, sender: str) -> None:
        try:
            submit(smtp, _message(one, sender), self._site.box.name, self._tls)
        except (OSError, smtplib.SMTPException, RefusedForGoodError) as error:
            now = self._clock()
            refused = isinstance(error, RefusedForGoodError) or now - one.queued > GIVEN_UP_AFTER
            due = now + RETRY[min(one.tries, len(RETRY) - 1)]
            self._store.failed(one.id, str(error) or type(error).__name__, due, refused=refused)
            if refused:
                log.error("mail to %s is given up: %s", one.recipient, error)
            elif one.tries == 0:
                log.warning("mail to %s is tried again: %s", one.recipient, error)
        else:
            self._store.sent(one.id)
            log.info("mail to %s is with %s: %s", one.recipient, smtp.host, one.subject)

    def _run(self) -> None:
        while not self._stopping.wait(LOOK_S):
            try:
                self.send_due()
            except StoreError as error:
                if not self._failing:
                    log.error("the queue of mails fails: %s", error)
                self._failing = True
            else:
                self._failing = False


def submit(smtp: Smtp, message: EmailMessage, name: str, tls: Callable[[], ssl.SSLContext]) -> None:
    """Hand a mail to one recipient to the mail server. name: of the box, with which it says hello.

    Raises :class:`RefusedForGoodError`, ``smtplib.SMTPException`` or ``OSError``.
    """
    recipient = str(message["To"])
    if smtp.security is MailSecurity.TLS:
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            smtp.host, smtp.port, local_hostname=name, timeout=TIMEOUT_S, context=tls()
        )
    else:
        server = smtplib.SMTP(smtp.host, smtp.port, local_hostname=name, timeout=TIMEOUT_S)
    with server:
        if smtp.security is MailSecurity.STARTTLS:
            server.starttls(context=tls())
        if smtp.username is not None and smtp.secret is not None:
            server.login(smtp.username, smtp.secret)
        try:
            server.send_message(message, to_addrs=[recipient])
        except smtplib.SMTPRecipientsRefused as error:
            code, said = error.recipients[recipient]
            if code >= _PERMANENT:
                raise RefusedForGoodError(f"{code} {said.decode(errors='replace')}") from error
            raise
        except smtplib.SMTPDataError as error:
            if error.smtp_code >= _PERMANENT:
                raise RefusedForGoodError(str(error)) from error
            raise


def _message(one: StoredMail, sender: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = sender
    message["To"] = one.recipient
    message["Subject"] = one.subject
    message["Date"] = format_datetime(one.queued)
    message["Message-ID"] = one.message_id
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody's holiday answer comes back
    message.set_content(one.words)
    return message
