"""What travels over the control socket: JSON, one message a line, UTF-8, at most :data:`MAX_LINE` bytes.

Request::

    {"v": 1, "id": "7", "verb": "extension.edit", "args": {…}, "auth": {"session": "…"}}

Reply, or for a watched stream many replies and then a last one with ``"end": true``::

    {"v": 1, "id": "7", "ok": true, "result": {…}}
    {"v": 1, "id": "7", "ok": false, "error": {"code": "problems", "problems": […]}}

Who is asking comes from the peer credentials of the socket (``SO_PEERCRED``, unix(7)): root and the box's own
``loopstart`` user are the local console and may do everything; the web's user must attach a session or an
API token, from which the daemon itself finds account and role; anybody else is refused.

The verbs are listed in ``ARCHITECTURE.md`` under "The control socket".
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import Field

from appliance.model.access import Permission, Role
from appliance.model.changes import ProblemShown, Shown

PROTOCOL = 1
MAX_LINE = 16 * 1024 * 1024
"""Bytes. A site of 5,000 extensions is about 1.5 MB of JSON."""
SOCKET_PATH = "/run/loopstart/control.sock"


class Auth(Shown):
    """What the web attaches: one of a browser session's token or an API token, and where the person sits."""

    session: str | None = None
    token: str | None = None
    address: str | None = None
    user_agent: str | None = None


class Request(Shown):
    """A verb and its arguments."""

    v: int = PROTOCOL
    id: str
    verb: str
    args: dict[str, Any] = Field(default_factory=dict)
    auth: Auth | None = None


class ErrorBody(Shown):
    """Why a request was refused.

    code: ``problems`` (see ``problems``), ``not_found``, ``forbidden``, ``not_signed_in``, ``conflict``,
    ``overtaken`` (the draft moved on), ``bad_request``, ``unknown_verb``, ``version``, ``unavailable``,
    ``internal``, or a code of :mod:`appliance.model.texts`.
    """

    code: str
    params: dict[str, str | int] = Field(default_factory=dict)
    problems: tuple[ProblemShown, ...] = ()
    text: dict[str, str] = Field(default_factory=dict)


class Reply(Shown):
    """One answer."""

    v: int = PROTOCOL
    id: str
    ok: bool
    result: Any = None
    error: ErrorBody | None = None
    end: bool = True


class Account(Shown):
    """An account as others see it: never with its password.

    extension: the extension that is theirs (for ``history.own``), if any.
    """

    name: str
    full_name: str = ""
    role: Role
    language: str | None = None
    extension: str | None = None
    totp: bool = False
    enabled: bool = True
    created: datetime
    last_sign_in: datetime | None = None


class Session(Shown):
    """A browser signed in. ``id`` names it for revoking; the token itself is never shown again."""

    id: str
    account: str
    created: datetime
    last_seen: datetime
    expires: datetime
    address: str = ""
    user_agent: str = ""
    current: bool = False


class WhoAmI(Shown):
    """The asker as the daemon sees them."""

    name: str
    role: Role
    permissions: tuple[Permission, ...]
    language: str | None = None
    extension: str | None = None
    session: str | None = None
    scopes: tuple[Permission, ...] | None = None
    must_change_password: bool = False
    """Signed in by a reset link: until ``password.change`` nothing but the own account can be reached."""


class ApiToken(Shown):
    """An API token; its secret is shown once, when it is made."""

    id: str
    label: str
    scopes: tuple[Permission, ...]
    created_by: str
    created: datetime
    expires: datetime | None = None
    last_used: datetime | None = None


class PartyView(Shown):
    """One end of a live call.

    channel: Asterisk's channel name; number and name as shown to people; extension if it is one of ours;
    trunk: by which somebody outside is reached.
    """

    channel: str
    number: str = ""
    name: str = ""
    extension: str | None = None
    state: Literal["dialling", "ringing", "up", "held"] = "dialling"
    trunk: str | None = None


class CallView(Shown):
    """A call that is up or being set up.

    id: the linkedid of Asterisk; state of the whole; since: of that state; service: e.g. ``voicemail``,
    ``echo_test`` when the far end is a service of the box.
    """

    id: str
    state: Literal["dialling", "ringing", "talking", "held", "service"]
    started: datetime
    answered: datetime | None = None
    parties: tuple[PartyView, ...] = ()
    service: str | None = None


class RegistrationView(Shown):
    """One phone registered to an extension.

    reachable: as Asterisk's qualify sees it; rtt_ms: its round trip.
    """

    extension: str
    uri: str
    user_agent: str = ""
    transport: str = ""
    reachable: bool | None = None
    rtt_ms: float | None = None
    since: datetime | None = None


class LiveView(Shown):
    """Everything live, as one value. While Asterisk does not answer (``connected`` False) it may be stale."""

    at: datetime
    connected: bool
    calls: tuple[CallView, ...] = ()
    registrations: tuple[RegistrationView, ...] = ()


class SegmentView(Shown):
    """One stretch of a contact with one party that was rung or talked to.

    target: extension number or service; ended_by: ``caller``, ``target``, ``system`` or None while unknown.
    times in UTC; hold_s: seconds on hold.
    """

    target: str
    kind: str
    ring_at: datetime
    answer_at: datetime | None = None
    end_at: datetime | None = None
    hold_s: float = 0.0
    outcome: str = ""
    transferred_to: str | None = None


class ContactView(Shown):
    """A call in the history.

    outcome: ``answered``, ``busy``, ``no_answer``, ``cancelled``, ``voicemail``, ``service``, ``rejected``,
    ``failed`` or ``unknown`` (a gap hid its end); gap: whether the view of it was interrupted.
    joined: the call id of the contact it became part of by an attended transfer or a pick-up.
    trunk: by which it came in or went out, ``""`` for none; cause: ITU-T Q.850, with which the line was given up, or 0.
    """

    id: int
    call_id: str
    started: datetime
    answered: datetime | None = None
    ended: datetime | None = None
    caller: str
    caller_name: str = ""
    called: str
    direction: Literal["internal", "inbound", "outbound"] = "internal"
    outcome: str
    ended_by: str | None = None
    talk_s: float = 0.0
    gap: bool = False
    joined: str | None = None
    trunk: str = ""
    cause: int = 0
    segments: tuple[SegmentView, ...] = ()


class ServiceState(Shown):
    """A service of the box and what systemd says of it.

    applicable: False where this machine cannot have it: a container has no right to set the clock, so systemd does not
    start the service that would (``Condition…=`` of its unit).
    """

    name: str
    active: bool
    state: str
    applicable: bool = True
    since: datetime | None = None
    memory_bytes: int | None = None


class DiskState(Shown):
    """A file system: bytes."""

    path: str
    total: int
    free: int


class StatusView(Shown):
    """How the box is.

    certificate_waits: Asterisk still shows phones the certificate before; it restarts when no call is up.
    unsettled: Asterisk answers, but did not take what should run; see :mod:`appliance.apply.unsettled`.
    """

    name: str
    version: str
    at: datetime
    uptime_s: float
    daemon_uptime_s: float
    asterisk_connected: bool
    asterisk_version: str | None = None
    asterisk_since: datetime | None = None
    generation: int | None = None
    revision: int | None = None
    generation_state: str | None = None
    confirm_by: datetime | None = None
    pending: str | None = None
    certificate_waits: bool = False
    unsettled: bool = False
    services: tuple[ServiceState, ...] = ()
    disks: tuple[DiskState, ...] = ()
    load: tuple[float, float, float] = (0.0, 0.0, 0.0)
    memory_total: int = 0
    memory_free: int = 0
    extensions: int = 0
    registered: int = 0
    calls: int = 0
    records_waiting: int = 0
    """Call records that a reader has yet to get."""
    records_dropped: int = 0
    """Call records that a reader will never get."""


class SmdrReaderView(Shown):
    """Where call records go.

    name: ``serial`` or ``tcp``; where: the line or port as set; peer: who is connected; fault: why nobody can be
    reached, ``""`` for none; waiting: records yet to be delivered; delivered_to: number of the last one that was;
    dropped: that went from the full buffer undelivered; refused: connections turned away since the start.
    """

    name: str
    where: str
    connected: bool
    peer: str = ""
    fault: str = ""
    waiting: int = 0
    delivered_to: int = 0
    dropped: int = 0
    refused: int = 0


class SmdrView(Shown):
    """Call records: their layout and readers.

    lost: records that could not be kept at all since the daemon started. ports: serial ports of the box by name, with
    device and what is on them.
    """

    format: str
    readers: tuple[SmdrReaderView, ...] = ()
    lost: int = 0
    ports: dict[str, str] = Field(default_factory=dict)


class SmdrRecordView(Shown):
    """A call record as its readers get it."""

    number: int
    line: str


class DisplayView(Shown):
    """The front panel: its display, and what is on it.

    rows: four of twenty characters; lamps: four, from the top. fault: why nothing is shown, ``""`` for nothing.
    """

    kind: str
    connected: bool
    fault: str = ""
    rows: tuple[str, ...] = ()
    lamps: tuple[str, ...] = ()


class LogLine(Shown):
    """A line of the box's log. priority: ``err``, ``warning`` and so on (syslog(3)); secrets are masked."""

    at: datetime
    unit: str
    priority: str
    message: str


class BundleView(Shown):
    """A support bundle that was written. files: what is in it."""

    path: str
    bytes: int
    files: tuple[str, ...]


class AuditEntry(Shown):
    """One line of the audit log; ``hash`` chains it to the line before."""

    number: int
    at: datetime
    who: str
    address: str = ""
    action: str
    subject: str = ""
    detail: dict[str, Any] = Field(default_factory=dict)
    hash: str
