"""AMI headers to typed events: the edge where text becomes values.

Total: whatever comes in, nothing is raised.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from appliance.live import events
from appliance.live.headers import Headers, person_name, text

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
STEP_EVENT = "LoopstartStep"
TEST_CALLS = "port-test-"
"""How ids of calls begin that a test of a port makes: they are nobody's, and no contact.

Such a call begins with a Local channel, whose unique id can be given. Analog channels take none (chan_dahdi.c,
``my_new_analog_ast_channel``), but the one of a test is linked to it from its first event on.
"""


def parse(headers: Headers, at: datetime) -> events.Event | None:
    """The event that the headers tell of; None for an event that nothing depends on, or without what it must
    have.

    at: when it was read, UTC; taken where the event has no ``Timestamp`` header (``timestampevents`` in
    manager.conf).
    """
    parser = _PARSERS.get(text(headers, "Event"))
    return parser(headers, event_time(headers, at)) if parser else None


def event_time(headers: Headers, at: datetime) -> datetime:
    """Asterisk's own time of the event: ``Timestamp`` is Unix seconds with microseconds."""
    stamp = headers.get("Timestamp")
    if not isinstance(stamp, str):
        return at
    seconds, _, fraction = stamp.partition(".")
    try:
        return EPOCH + timedelta(seconds=int(seconds), microseconds=int((fraction + "000000")[:6]))
    except (ValueError, OverflowError):
        return at


def snapshot(headers: Headers, prefix: str = "") -> events.Snapshot | None:
    """The channel that an event shows under a prefix (``Dest``, ``Transferer`` …), None where there is
    none, or that of a test.
    """
    uniqueid = text(headers, prefix + "Uniqueid")
    linkedid = text(headers, prefix + "Linkedid") or uniqueid
    if not uniqueid or linkedid.startswith(TEST_CALLS):
        return None
    return events.Snapshot(
        uniqueid=uniqueid,
        linkedid=linkedid,
        name=text(headers, prefix + "Channel"),
        state=_number(text(headers, prefix + "ChannelState")),
        number=text(headers, prefix + "CallerIDNum"),
        caller_name=person_name(headers, prefix + "CallerIDName"),
        connected_number=text(headers, prefix + "ConnectedLineNum"),
        connected_name=person_name(headers, prefix + "ConnectedLineName"),
        exten=text(headers, prefix + "Exten"),
        context=text(headers, prefix + "Context"),
        account=text(headers, prefix + "AccountCode"),
    )


def _number(value: str) -> int:
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else 0


Parser = Callable[[Headers, datetime], "events.Event | None"]


def _of_channel(make: Callable[[datetime, events.Snapshot], events.Event]) -> Parser:
    def parser(headers: Headers, at: datetime) -> events.Event | None:
        channel = snapshot(headers)
        return make(at, channel) if channel else None

    return parser


def _with_cause(make: Callable[[datetime, events.Snapshot, int], events.Event]) -> Parser:
    def parser(headers: Headers, at: datetime) -> events.Event | None:
        channel = snapshot(headers)
        return make(at, channel, _number(text(headers, "Cause"))) if channel else None

    return parser


def _dial_begin(headers: Headers, at: datetime) -> events.Event | None:
    target = snapshot(headers, "Dest")
    return events.DialBegin(at, snapshot(headers), target, text(headers, "DialString")) if target else None


def _dial_state(headers: Headers, at: datetime) -> events.Event | None:
    target = snapshot(headers, "Dest")
    return events.DialState(at, target, text(headers, "DialStatus")) if target else None


def _dial_end(headers: Headers, at: datetime) -> events.Event | None:
    target = snapshot(headers, "Dest")
    if not target:
        return None
    return events.DialEnd(at, snapshot(headers), target, text(headers, "DialStatus"), text(headers, "Forward"))


def _bridge_destroy(headers: Headers, at: datetime) -> events.Event | None:
    bridge = text(headers, "BridgeUniqueid")
    return events.BridgeDestroy(at, bridge) if bridge else None


def _bridge_enter(headers: Headers, at: datetime) -> events.Event | None:
    bridge, channel = text(headers, "BridgeUniqueid"), snapshot(headers)
    if not bridge or not channel:
        return None
    return events.BridgeEnter(at, bridge, channel, text(headers, "BridgeType"), text(headers, "SwapUniqueid"))


def _bridge_leave(headers: Headers, at: datetime) -> events.Event | None:
    bridge, channel = text(headers, "BridgeUniqueid"), snapshot(headers)
    return events.BridgeLeave(at, bridge, channel) if bridge and channel else None


def _blind_transfer(headers: Headers, at: datetime) -> events.Event | None:
    transferer = snapshot(headers, "Transferer")
    if not transferer:
        return None
    return events.BlindTransfer(
        at, text(headers, "Result"), transferer, snapshot(headers, "Transferee"), text(headers, "Extension")
    )


def _attended_transfer(headers: Headers, at: datetime) -> events.Event | None:
    original = snapshot(headers, "OrigTransferer")
    second = snapshot(headers, "SecondTransferer")
    if not original or not second:
        return None
    return events.AttendedTransfer(
        at, text(headers, "Result"), original, second,
        snapshot(headers, "Transferee"), snapshot(headers, "TransferTarget"), text(headers, "DestType"),
    )  # fmt: skip


def _rename(headers: Headers, at: datetime) -> events.Event | None:
    uniqueid = text(headers, "Uniqueid")
    if not uniqueid:
        return None
    linkedid = text(headers, "Linkedid") or uniqueid
    return events.Rename(at, uniqueid, linkedid, text(headers, "Channel"), text(headers, "Newname"))


def _pickup(headers: Headers, at: datetime) -> events.Event | None:
    channel, target = snapshot(headers), snapshot(headers, "Target")
    return events.Pickup(at, channel, target) if channel and target else None


def _user_event(headers: Headers, at: datetime) -> events.Event | None:
    channel, step = snapshot(headers), text(headers, "Step")
    if text(headers, "UserEvent") != STEP_EVENT or not channel or step not in _STEPS:
        return None
    return events.Step(at, channel, events.StepKind(step), text(headers, "Extension"), text(headers, "Detail"))


_STEPS = frozenset(events.StepKind)


def _message_waiting(headers: Headers, at: datetime) -> events.Event | None:
    mailbox, new = text(headers, "Mailbox"), text(headers, "New")
    return events.MessageWaiting(at, mailbox, _number(new) if new else None) if mailbox else None


def contact_status(headers: Headers, at: datetime) -> events.ContactStatus | None:
    """A ``ContactStatus`` event, or one ``ContactStatusDetail`` of a listing."""
    aor, uri = text(headers, "AOR"), text(headers, "URI")
    if not aor or not uri:
        return None
    rtt = text(headers, "RoundtripUsec")
    return events.ContactStatus(
        at, aor, uri, text(headers, "ContactStatus") or text(headers, "Status"),
        _number(rtt) / 1000 if rtt.isdigit() and int(rtt[:12]) > 0 else None, text(headers, "UserAgent"),
    )  # fmt: skip


_PARSERS: dict[str, Parser] = {
    "Newchannel": _of_channel(events.NewChannel),
    "Newstate": _of_channel(events.NewState),
    "NewCallerid": _of_channel(events.NewState),
    "NewConnectedLine": _of_channel(events.NewState),
    "DialBegin": _dial_begin,
    "DialState": _dial_state,
    "DialEnd": _dial_end,
    "BridgeEnter": _bridge_enter,
    "BridgeLeave": _bridge_leave,
    "BridgeDestroy": _bridge_destroy,
    "Hold": _of_channel(events.Hold),
    "Unhold": _of_channel(events.Unhold),
    "BlindTransfer": _blind_transfer,
    "AttendedTransfer": _attended_transfer,
    "HangupRequest": _with_cause(events.HangupRequest),
    "Hangup": _with_cause(events.Hangup),
    "Rename": _rename,
    "Pickup": _pickup,
    "UserEvent": _user_event,
    "MessageWaiting": _message_waiting,
    "ContactStatus": contact_status,
    "Shutdown": lambda headers, at: events.Shutdown(at),
}
RELEVANT: frozenset[str] = frozenset(_PARSERS)
"""Names of the events that :func:`parse` reads; Asterisk need not send others."""
