"""Asterisk's events as frozen types, as far as the live state or the history depends on them.

Names and fields: Asterisk 22, ``main/manager_channels.c``, ``main/manager_bridges.c``,
``res/res_pjsip/pjsip_options.c``. What an event does to the state is in :mod:`appliance.live.reduce`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A channel as an event shows it.

    uniqueid: of this channel; linkedid: of the first channel of its call, as Asterisk sees it now.
    state: Asterisk's number: 0 down, 3 dialing, 4 ring, 5 ringing, 6 up
    (``include/asterisk/channelstate.h``).
    """

    uniqueid: str
    linkedid: str
    name: str
    state: int = 0
    number: str = ""
    caller_name: str = ""
    connected_number: str = ""
    connected_name: str = ""
    exten: str = ""
    context: str = ""
    account: str = ""


@dataclass(frozen=True, slots=True)
class NewChannel:
    """A channel came into being."""

    at: datetime
    channel: Snapshot


@dataclass(frozen=True, slots=True)
class NewState:
    """A channel's state changed, or its caller ID or connected line."""

    at: datetime
    channel: Snapshot


@dataclass(frozen=True, slots=True)
class DialBegin:
    """A channel is being rung. caller is None for a call Asterisk itself began (Originate)."""

    at: datetime
    caller: Snapshot | None
    target: Snapshot
    dial_string: str = ""


@dataclass(frozen=True, slots=True)
class DialState:
    """The rung end reports progress: ``RINGING``, ``PROGRESS``, ``PROCEEDING``."""

    at: datetime
    target: Snapshot
    status: str


@dataclass(frozen=True, slots=True)
class DialEnd:
    """Ringing one channel is over.

    status: ``ANSWER``, ``BUSY``, ``CANCEL``, ``CHANUNAVAIL``, ``CONGESTION``, ``NOANSWER``, ``ABORT`` ...
    forward: where the phone itself sent the call on to (SIP 302), if it did.
    """

    at: datetime
    caller: Snapshot | None
    target: Snapshot
    status: str
    forward: str = ""


@dataclass(frozen=True, slots=True)
class BridgeEnter:
    """A channel entered a bridge, in the place of ``swap`` if that is given (a uniqueid)."""

    at: datetime
    bridge: str
    channel: Snapshot
    kind: str = ""
    swap: str = ""


@dataclass(frozen=True, slots=True)
class BridgeLeave:
    """A channel left a bridge."""

    at: datetime
    bridge: str
    channel: Snapshot


@dataclass(frozen=True, slots=True)
class BridgeDestroy:
    """A bridge is gone, and whoever was in it has left."""

    at: datetime
    bridge: str


@dataclass(frozen=True, slots=True)
class Hold:
    """The person at this channel put the other side on hold."""

    at: datetime
    channel: Snapshot


@dataclass(frozen=True, slots=True)
class Unhold:
    """The person at this channel took the other side back."""

    at: datetime
    channel: Snapshot


@dataclass(frozen=True, slots=True)
class BlindTransfer:
    """Somebody sent the other side on to an extension. result: ``Success`` or why not."""

    at: datetime
    result: str
    transferer: Snapshot
    transferee: Snapshot | None
    exten: str


@dataclass(frozen=True, slots=True)
class AttendedTransfer:
    """Somebody joined the two calls they had.

    original, second: the transferer's two channels; transferee and target: the two now talking, where
    Asterisk names them. kind: ``Bridge``, ``App``, ``Link``, ``Threeway`` or ``Fail``.
    """

    at: datetime
    result: str
    original: Snapshot
    second: Snapshot
    transferee: Snapshot | None
    target: Snapshot | None
    kind: str


@dataclass(frozen=True, slots=True)
class HangupRequest:
    """The far end of the channel hung up (the phone sent BYE or CANCEL, or declined)."""

    at: datetime
    channel: Snapshot
    cause: int = 0


@dataclass(frozen=True, slots=True)
class Hangup:
    """A channel is gone. cause: ITU-T Q.850."""

    at: datetime
    channel: Snapshot
    cause: int = 0


@dataclass(frozen=True, slots=True)
class Rename:
    """A channel got another name (a masquerade)."""

    at: datetime
    uniqueid: str
    linkedid: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Pickup:
    """``channel`` takes the call that rings at ``target``."""

    at: datetime
    channel: Snapshot
    target: Snapshot


class StepKind(StrEnum):
    """What our dialplan did with a caller, told by its own user event."""

    VOICEMAIL = "voicemail"
    VOICEMAIL_MENU = "voicemail_menu"
    ECHO_TEST = "echo_test"
    OWN_NUMBER = "own_number"
    FEATURE = "feature"
    FORWARD = "forward"
    BUSY = "busy"
    LIMIT = "limit"
    DND = "dnd"
    UNREACHABLE = "unreachable"
    INVALID = "invalid"
    INBOUND = "inbound"
    """A call from outside came in; extension: the number called, detail: the trunk."""
    OUTBOUND = "outbound"
    """A call leaves; extension: the number outside, detail: the trunk."""
    NO_LINE = "no_line"
    NOT_ALLOWED = "not_allowed"
    UNROUTED = "unrouted"


@dataclass(frozen=True, slots=True)
class Step:
    """``UserEvent(LoopstartStep,Step: …,Extension: …,Detail: …)`` of our dialplan.

    extension: whose voicemail, whose forward, who is busy; detail: where to, or which feature.
    """

    at: datetime
    channel: Snapshot
    kind: StepKind
    extension: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class MessageWaiting:
    """A mailbox's message count was announced. new: unheard messages, None where Asterisk did not say."""

    at: datetime
    mailbox: str
    new: int | None


@dataclass(frozen=True, slots=True)
class ContactStatus:
    """A phone registered, unregistered, or answered or missed a qualify.

    status: ``Reachable``, ``Unreachable``, ``NonQualified``, ``Created``, ``Updated``, ``Removed``,
    ``Unknown`` ...
    rtt_ms: round trip of the qualify, None without one.
    """

    at: datetime
    aor: str
    uri: str
    status: str
    rtt_ms: float | None = None
    user_agent: str = ""


@dataclass(frozen=True, slots=True)
class Shutdown:
    """Asterisk stops: every call that is up ends now."""

    at: datetime


Event: TypeAlias = (
    NewChannel | NewState | DialBegin | DialState | DialEnd | BridgeEnter | BridgeLeave | BridgeDestroy | Hold
    | Unhold | BlindTransfer | AttendedTransfer | HangupRequest | Hangup | Rename | Pickup | Step | MessageWaiting
    | ContactStatus | Shutdown
)  # fmt: skip
