"""How the box sends mail, and whom it tells when something is wrong."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from appliance.model.changes import Shown
from appliance.model.fields import Email, Hidden, Noun, Rule, Whole

HostName = Annotated[str, Rule("host_name", r"^[A-Za-z0-9]([A-Za-z0-9.:\-]{0,251}[A-Za-z0-9])?$", 1, 253)]
"""A name or an address, of IPv4 or IPv6."""
MailUser = Annotated[str, Rule("mail_user", r"^[!-~]{1,254}$", 1, 254)]
MailSecret = Annotated[str, Rule("mail_secret", r"^[ -~]{1,128}$", 1, 128), Hidden()]
"""What mail servers take: printable ASCII (RFC 4616 would allow more, SASL preparation makes a guess of it)."""


class MailSecurity(StrEnum):
    """How the way to the mail server is encrypted: asked for in the clear (RFC 3207), from the first byte
    (RFC 8314), or not at all.
    """

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


class Smtp(Noun):
    """The mail server that takes the box's mail for delivery (RFC 6409)."""

    host: HostName
    port: Whole = Field(default=587, ge=1, le=65535)
    username: MailUser | None = None
    secret: MailSecret | None = None
    security: MailSecurity = MailSecurity.STARTTLS


class Mail(Noun):
    """Mail of the box: its server, and who is told of alarms.

    from: whom the box's mail is from. notify: nobody where it is empty.
    """

    sender: Email | None = Field(default=None, alias="from")
    smtp: Smtp | None = None
    notify: tuple[Email, ...] = Field(default=(), max_length=10)


class MailShown(Shown):
    """A mail that is not sent. due: when it is tried again, None when it was given up; error: of the last try."""

    id: int
    recipient: str
    subject: str
    queued: datetime
    due: datetime | None = None
    tries: int = 0
    error: str = ""
