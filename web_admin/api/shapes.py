"""Bodies, queries and results of the API that are not already types of the model or of the control messages."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from appliance.control.messages import (
    Account,
    ApiToken,
    AuditEntry,
    ContactView,
    RegistrationView,
    SmdrRecordView,
)
from appliance.model.access import Permission, Role
from appliance.model.alarms import AlarmShown
from appliance.model.changes import FileChange, ProblemShown, Revision, Shown, ValueChange
from appliance.model.extensions import Extension, Voicemail
from appliance.model.mail import MailShown

ContactOutcome = Literal[
    "answered", "busy", "no_answer", "cancelled", "voicemail", "service", "rejected", "failed", "unknown"
]
"""As :class:`appliance.live.facts.Outcome`, which the web may not import; tests/api compares them."""

Which = Annotated[str, Field(pattern=r"^(draft|running|[1-9][0-9]{0,8})$")]
Limit = Annotated[int, Field(ge=1, le=500)]
Cursor = Annotated[int, Field(ge=1, le=2**53)]


class Asked(BaseModel):
    """A query string or a body: what it does not know it refuses."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class WhichQuery(Asked):
    """Which site: the draft, the running one, or a revision by number."""

    which: Which = "draft"


class ExtensionsQuery(WhichQuery):
    """A page of extensions, narrowed by number or name."""

    search: str = Field(default="", max_length=80)
    limit: Limit = 100
    offset: int = Field(default=0, ge=0, le=2**31)


class NewestQuery(Asked):
    """limit: how many, the newest."""

    limit: Annotated[int, Field(ge=1, le=1000)] = 20


class AlarmsQuery(Asked):
    """A page of alarms. before: the id of the last one seen. lasting: only those that have not ended. span: only of
    DAHDI's span of this number.
    """

    limit: Limit = 50
    before: Cursor | None = None
    lasting: bool = False
    span: int | None = Field(default=None, ge=1, le=2**31)


class ExpectVersionQuery(Asked):
    """The draft version this change is based on; another one gives 409."""

    expect_version: int | None = Field(default=None, ge=0, le=2**53)


class RemoveQuery(ExpectVersionQuery):
    """cascade: also remove what refers to the extension; without it that is refused with the list."""

    cascade: bool = False


class HistoryQuery(Asked):
    """Filters of the history; times are ISO 8601 with offset."""

    search: str = Field(default="", max_length=80)
    extension: str | None = Field(default=None, pattern=r"^[0-9]{2,10}$")
    outcome: ContactOutcome | None = None
    since: datetime | None = None
    until: datetime | None = None
    limit: Limit = 100
    before: Cursor | None = None


class PageQuery(Asked):
    """A page, newest first; before: the number of the last one seen."""

    limit: Limit = 100
    before: Cursor | None = None


class AuditQuery(PageQuery):
    """A page of the audit log."""

    search: str = Field(default="", max_length=80)


class DiffQuery(Asked):
    """Two revisions."""

    from_: int = Field(alias="from", ge=1, le=2**53)
    to: int = Field(ge=1, le=2**53)


class ImportBody(Asked):
    """A whole site document; ``dry_run`` only tells the problems."""

    document: dict[str, Any]
    dry_run: bool = False
    expect_version: int | None = Field(default=None, ge=0, le=2**53)


class ImportExtensionsBody(Asked):
    """Many extensions at once."""

    extensions: list[dict[str, Any]] = Field(min_length=1, max_length=10000)
    mode: Literal["add", "add_or_replace"] = "add"
    dry_run: bool = False
    expect_version: int | None = Field(default=None, ge=0, le=2**53)


class ApplyBody(Asked):
    """confirm_within_s: seconds in which the change must be confirmed, or it undoes itself."""

    note: str = Field(default="", max_length=400)
    confirm_within_s: int | None = Field(default=None, ge=5, le=86400)
    expect_version: int | None = Field(default=None, ge=0, le=2**53)


class ConfirmWithinQuery(Asked):
    """Seconds in which network settings must be confirmed, or they are undone."""

    confirm_within_s: int = Field(default=120, ge=10, le=3600)


class PowerBody(Asked):
    """now: calls that are up end; idle: when the last one has ended; HH:MM: then, in the box's time, once it has."""

    when: str = Field(default="idle", pattern=r"^(now|idle|([01][0-9]|2[0-3]):[0-5][0-9])$")


class PortTestBody(Asked):
    """A test of a port. span: as the site names it; port: the place of the channel in it, from 1. number: to call.
    seconds: how long to ring, to wait for an answer, or to send. loop: where a pattern turns round.
    """

    span: str = Field(pattern=r"^[a-z0-9]([a-z0-9\-]{0,61}[a-z0-9])?$")
    kind: Literal["state", "voltage", "ring", "dial_tone", "echo", "call_back", "level", "loop"]
    port: int = Field(default=1, ge=1, le=62)
    number: str | None = Field(default=None, pattern=r"^\+?[0-9]{2,20}$")
    seconds: int | None = Field(default=None, ge=1, le=60)
    loop: Literal["plug", "card"] = "plug"


class RollBackBody(Asked):
    """revision: the one to go back to; without it the one before the running one."""

    revision: int | None = Field(default=None, ge=1, le=2**53)
    note: str = Field(default="", max_length=400)


class AccountBody(Asked):
    """A new account."""

    name: str = Field(min_length=1, max_length=64)
    full_name: str = Field(default="", max_length=80)
    role: Role
    language: str | None = None
    extension: str | None = None
    password: str = Field(min_length=1, max_length=256)


class TokenBody(Asked):
    """A new API token with no more than the scopes named."""

    label: str = Field(min_length=1, max_length=80)
    scopes: list[Permission] = Field(min_length=1)
    expires_days: int | None = Field(default=None, ge=1, le=3650)


class PlaceBody(Asked):
    """place: in the list, from 1; past the end means last."""

    place: int = Field(ge=1, le=10000)
    expect_version: int | None = Field(default=None, ge=0, le=2**53)


class Patch(BaseModel):
    """A merge patch (RFC 7396): members given replace, ``null`` removes, what is left out stays."""

    model_config = ConfigDict(extra="allow")


class VoicemailShown(Voicemail):
    """A mailbox; the PIN shows as ``***``."""

    pin: str | None = None


class ExtensionShown(Extension):
    """An extension; the secret shows as ``***``. registered: phones registered now, where the daemon knows."""

    secret: str | None = None
    voicemail: VoicemailShown = VoicemailShown()
    registered: int | None = None


class Nothing(Shown):
    """An empty object."""


class Version(Shown):
    """The draft after a change, with warnings."""

    version: int
    problems: list[ProblemShown] = []


class SiteResult(Shown):
    """A site document, secrets masked."""

    document: dict[str, Any]
    version: int | None = None
    base_revision: int | None = None
    revision: int | None = None


class RecordsResult(Shown):
    """records: oldest first."""

    records: tuple[SmdrRecordView, ...]


class SentRecord(Shown):
    """call_id: of the call that never was."""

    call_id: str


class SchemaResult(Shown):
    """The JSON schema of the site document."""

    schema_: dict[str, Any] = Field(alias="schema")


class ExtensionsResult(Shown):
    """A page of extensions and how many there are in all."""

    version: int
    total: int
    extensions: list[ExtensionShown]


class ExtensionResult(Version):
    """One extension of the draft."""

    extension: ExtensionShown


class MemberShown(Shown):
    """A span, trunk or route; key: what it is called by."""

    key: str
    document: dict[str, Any]


class MembersResult(Shown):
    """Every member of a list, in its order."""

    version: int
    members: list[MemberShown]


class MemberResult(Version):
    """One member of the draft."""

    key: str
    document: dict[str, Any]


class RemovedResult(Version):
    """removed_references: paths of what was removed with it."""

    removed_references: list[str] = []


class ReferencesResult(Shown):
    """Paths of what refers to an extension."""

    references: list[str]


class ImportExtensionsResult(Version):
    """Numbers of the extensions added and changed."""

    added: list[str] = []
    changed: list[str] = []


class RevisionsResult(Shown):
    """A page of revisions, newest first."""

    revisions: list[Revision]


class DiffResult(Shown):
    """What differs between two revisions: in values, and in files."""

    values: list[ValueChange]
    files: list[FileChange]


class RegistrationsResult(Shown):
    """Every phone registered now."""

    registrations: list[RegistrationView]


class AlarmsResult(Shown):
    """A page of alarms, newest first; more: whether there are older ones."""

    alarms: list[AlarmShown]
    more: bool


class MailsResult(Shown):
    """Every mail that is not sent."""

    mails: list[MailShown]


class RecipientsResult(Shown):
    """Whom a mail goes to."""

    recipients: list[str]


class HistoryResult(Shown):
    """A page of the history, newest first; more: whether there are older ones."""

    contacts: list[ContactView]
    more: bool


class AccountsResult(Shown):
    """Every account."""

    accounts: list[Account]


class TokensResult(Shown):
    """Every API token, without its secret."""

    tokens: list[ApiToken]


class TokenResult(Shown):
    """A new token: the only time its secret is shown."""

    token: str
    info: ApiToken


class AuditResult(Shown):
    """A page of the audit log; whole: whether the chain of hashes verifies."""

    entries: list[AuditEntry]
    whole: bool
