"""What the rest of the daemon sees of Asterisk's manager interface.

Errors::

    AmiError                      code
    ├── NotConnectedError         asterisk_not_connected   nothing was sent
    ├── ConnectionLostError       asterisk_lost            sent, or about to be; whether it was done is not
    known │   └── UnansweredError       asterisk_unanswered      no answer before the deadline; the connection
    was dropped ├── LoginRefusedError         asterisk_login_refused   wrong name or secret └──
    RefusedValueError         ami_refused_value        a value that could inject a header; nothing was sent
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Protocol, TypeAlias

from appliance.ami.actions import Action
from appliance.live.headers import Headers, text


class AmiError(Exception):
    """Asterisk could not be asked. ``code`` is for translation."""

    code: ClassVar[str] = "asterisk_error"


class NotConnectedError(AmiError):
    """There is no live connection; nothing was sent."""

    code = "asterisk_not_connected"


class ConnectionLostError(AmiError):
    """The connection went away before the answer came."""

    code = "asterisk_lost"


class UnansweredError(ConnectionLostError):
    """No answer before the deadline.

    The connection has been dropped, since later answers could not be trusted.
    """

    code = "asterisk_unanswered"


class LoginRefusedError(AmiError):
    """Asterisk knows no such manager, or the secret is wrong."""

    code = "asterisk_login_refused"


class RefusedValueError(AmiError, ValueError):
    """A header or value with CR, LF or NUL, or too long for Asterisk's line buffer. Nothing was sent."""

    code = "ami_refused_value"


class ConnectionState(StrEnum):
    """Where a supervised connection stands."""

    CONNECTED = "connected"
    CONNECTING = "connecting"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Response:
    """Asterisk's answer to one action.

    ok: whether ``Response`` was not ``Error``; message: Asterisk's own words.
    events: for list actions every event up to, not including, the one that completes the list.
    output: of ``Command``: every line.
    """

    ok: bool
    headers: Headers
    message: str = ""
    events: tuple[Headers, ...] = ()
    output: tuple[str, ...] = ()

    def header(self, name: str) -> str:
        """A header of the answer, ``""`` where missing."""
        return text(self.headers, name)


@dataclass(frozen=True, slots=True)
class Arrived:
    """An event of Asterisk's, still as headers. at: when it was read off the socket, UTC."""

    at: datetime
    headers: Headers


@dataclass(frozen=True, slots=True)
class Connected:
    """A connection is up and signed in. Events follow; those since the last :class:`Lost` were missed."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Lost:
    """The connection went away.

    last_heard: when Asterisk was last heard, UTC: what happened later is not known.
    reason: ``eof``, ``unanswered``, ``overflow``, ``closed`` or an error's text.
    """

    at: datetime
    last_heard: datetime
    reason: str = field(default="eof")


Notice: TypeAlias = Arrived | Connected | Lost
Subscriber: TypeAlias = Callable[[Notice], None]


class Connection(Protocol):
    """One live connection to Asterisk. All methods may be called from any thread."""

    @property
    def state(self) -> ConnectionState:
        """Whether an action sent now has somebody to go to."""
        ...

    @property
    def last_heard(self) -> datetime | None:
        """When Asterisk last said anything, be it the answer to a ping, UTC; None before the first time."""
        ...

    def send(self, action: Action, timeout_s: float = 5.0) -> Response:
        """Send an action and wait for its answer, for list actions for the whole list.

        Raises the errors of this module. An answer of Asterisk's that says ``Error`` is no exception: see
        ``ok``.
        """
        ...

    def command(self, text: str, timeout_s: float = 10.0) -> tuple[str, ...]:
        """Run a command line of Asterisk's CLI; every line it printed. Raises as :meth:`send` does."""
        ...

    def subscribe(self, callback: Subscriber) -> Callable[[], None]:
        """Call back with every notice, in order, on one thread; the result unsubscribes.

        A callback may call :meth:`send`: notices wait meanwhile. What it raises is logged and does not stop
        others.
        """
        ...
