"""The actions we send to Asterisk, each a frozen type: a wrong header name cannot be written by a caller.

Names and headers: Asterisk 22, ``manager show command <name>``.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any, ClassVar


def _header(name: str, **default: Any) -> Any:
    """A dataclass field that travels as the AMI header ``name``."""
    return field(metadata={"header": name}, **default)


@dataclass(frozen=True, slots=True)
class Action:
    """One action. NAME is the ``Action`` header; fields that are None or False are left out."""

    NAME: ClassVar[str] = ""

    def headers(self) -> dict[str, str | list[str]]:
        """The headers to send, ``Action`` first; a tuple of values becomes a repeated header."""
        sent: dict[str, str | list[str]] = {"Action": self.NAME}
        for one in fields(self):
            value = getattr(self, one.name)
            if value is None or value is False:
                continue
            if isinstance(value, tuple):
                if value:
                    sent[one.metadata["header"]] = [str(item) for item in value]
            else:
                sent[one.metadata["header"]] = "true" if value is True else str(value)
        return sent


@dataclass(frozen=True, slots=True)
class Ping(Action):
    """Ask whether Asterisk is there."""

    NAME: ClassVar[str] = "Ping"


@dataclass(frozen=True, slots=True)
class Command(Action):
    """Run one line of Asterisk's CLI."""

    NAME: ClassVar[str] = "Command"
    command: str = _header("Command")


@dataclass(frozen=True, slots=True)
class Reload(Action):
    """Reload one module, e.g. ``res_pjsip.so``.

    The module is required: everything at once is never reloaded.
    """

    NAME: ClassVar[str] = "Reload"
    module: str = _header("Module")


@dataclass(frozen=True, slots=True)
class CoreStatus(Action):
    """Start-up and reload time, calls up."""

    NAME: ClassVar[str] = "CoreStatus"


@dataclass(frozen=True, slots=True)
class CoreSettings(Action):
    """Asterisk's version, system name, limits."""

    NAME: ClassVar[str] = "CoreSettings"


@dataclass(frozen=True, slots=True)
class CoreShowChannels(Action):
    """List: every channel, with ``BridgeId``, ``Linkedid`` and the application it runs."""

    NAME: ClassVar[str] = "CoreShowChannels"


@dataclass(frozen=True, slots=True)
class BridgeList(Action):
    """List: every bridge."""

    NAME: ClassVar[str] = "BridgeList"


@dataclass(frozen=True, slots=True)
class BridgeInfo(Action):
    """List: the channels of one bridge."""

    NAME: ClassVar[str] = "BridgeInfo"
    bridge: str = _header("BridgeUniqueid")


@dataclass(frozen=True, slots=True)
class Hangup(Action):
    """Hang up a channel. cause: of Q.850, 16 is normal clearing."""

    NAME: ClassVar[str] = "Hangup"
    channel: str = _header("Channel")
    cause: int | None = _header("Cause", default=None)


@dataclass(frozen=True, slots=True)
class Originate(Action):
    """Ring ``channel`` and lead it to ``exten@context`` or to an application.

    timeout_ms: how long to ring. variables: ``NAME=value`` each. run_async: answer at once,
    ``OriginateResponse`` follows as an event.
    """

    NAME: ClassVar[str] = "Originate"
    channel: str = _header("Channel")
    context: str | None = _header("Context", default=None)
    exten: str | None = _header("Exten", default=None)
    priority: str | None = _header("Priority", default=None)
    application: str | None = _header("Application", default=None)
    data: str | None = _header("Data", default=None)
    timeout_ms: int = _header("Timeout", default=30000)
    caller_id: str | None = _header("CallerID", default=None)
    channel_id: str | None = _header("ChannelId", default=None)
    codecs: str | None = _header("Codecs", default=None)
    variables: tuple[str, ...] = _header("Variable", default=())
    run_async: bool = _header("Async", default=True)


@dataclass(frozen=True, slots=True)
class Redirect(Action):
    """Send a running channel to another place of the dialplan."""

    NAME: ClassVar[str] = "Redirect"
    channel: str = _header("Channel")
    context: str = _header("Context")
    exten: str = _header("Exten")
    priority: str = _header("Priority", default="1")


@dataclass(frozen=True, slots=True)
class DBGet(Action):
    """Read one key of Asterisk's own database; the value is ``Val`` of the one event."""

    NAME: ClassVar[str] = "DBGet"
    family: str = _header("Family")
    key: str = _header("Key")


@dataclass(frozen=True, slots=True)
class DBPut(Action):
    """Write one key of Asterisk's own database."""

    NAME: ClassVar[str] = "DBPut"
    family: str = _header("Family")
    key: str = _header("Key")
    value: str = _header("Val")


@dataclass(frozen=True, slots=True)
class DBDel(Action):
    """Remove one key of Asterisk's own database."""

    NAME: ClassVar[str] = "DBDel"
    family: str = _header("Family")
    key: str = _header("Key")


@dataclass(frozen=True, slots=True)
class ShowDialPlan(Action):
    """List: the dialplan, or one extension or context of it (``ListDialplan`` events)."""

    NAME: ClassVar[str] = "ShowDialPlan"
    context: str | None = _header("Context", default=None)
    extension: str | None = _header("Extension", default=None)


@dataclass(frozen=True, slots=True)
class ExtensionStateList(Action):
    """List: the state of every hint (``ExtensionStatus`` events)."""

    NAME: ClassVar[str] = "ExtensionStateList"


@dataclass(frozen=True, slots=True)
class PJSIPShowEndpoints(Action):
    """List: every endpoint in short (``EndpointList`` events)."""

    NAME: ClassVar[str] = "PJSIPShowEndpoints"


@dataclass(frozen=True, slots=True)
class PJSIPShowEndpoint(Action):
    """List: one endpoint with its AORs, authentications and contacts (``EndpointDetail`` and others)."""

    NAME: ClassVar[str] = "PJSIPShowEndpoint"
    endpoint: str = _header("Endpoint")


@dataclass(frozen=True, slots=True)
class VoicemailUserStatus(Action):
    """List: one mailbox (``VoicemailUserDetail``); success without an event where there is none."""

    NAME: ClassVar[str] = "VoicemailUserStatus"
    context: str = _header("Context")
    mailbox: str = _header("Mailbox")


@dataclass(frozen=True, slots=True)
class PJSIPShowContacts(Action):
    """List: every contact (``ContactList`` events); ``Error`` when there is none."""

    NAME: ClassVar[str] = "PJSIPShowContacts"


@dataclass(frozen=True, slots=True)
class PJSIPShowRegistrationInboundContactStatuses(Action):
    """List: every registered contact with its status (``ContactStatusDetail`` events)."""

    NAME: ClassVar[str] = "PJSIPShowRegistrationInboundContactStatuses"


@dataclass(frozen=True, slots=True)
class MailboxCount(Action):
    """New and old messages of a mailbox, ``102@default``."""

    NAME: ClassVar[str] = "MailboxCount"
    mailbox: str = _header("Mailbox")


@dataclass(frozen=True, slots=True)
class DAHDIShowChannels(Action):
    """List: every channel that chan_dahdi has (``DAHDIShowChannels`` events); ``Error`` where it is not loaded."""

    NAME: ClassVar[str] = "DAHDIShowChannels"


@dataclass(frozen=True, slots=True)
class PRIShowSpans(Action):
    """List: every D-channel (``PRIShowSpans`` events: ``Span``, ``DChannel``, ``Active``, ``Alarm``, ``Up``)."""

    NAME: ClassVar[str] = "PRIShowSpans"
