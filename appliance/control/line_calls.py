"""Calls that tests of ports make, as Asterisk's events tell of them."""

from __future__ import annotations

import queue
import secrets
import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import NamedTuple

from appliance.ami.actions import Hangup, Originate
from appliance.ami.connection import AmiError, Arrived, Connection, ConnectionLostError, NotConnectedError, Notice
from appliance.live.headers import Headers, text
from appliance.live.parse import TEST_CALLS
from appliance.live.port_tests import CLEARED, Called, CameBack
from appliance.render.asterisk.port_tests import CONTEXT, PORT

_UP, _RINGING = "6", "5"
"""Channel states (Asterisk's include/asterisk/channelstate.h)."""
_LOOK_S = 0.2


class _Inbound(NamedTuple):
    uniqueid: str
    name: str
    at: float
    called: str
    caller: str


class LineCall:
    """One call on one port. Hung up on leaving, however that comes about.

    expected: which called number of a call that comes in meanwhile means that it may be this one.
    """

    def __init__(
        self,
        connection: Connection,
        stopping: threading.Event,
        expected: Callable[[str], bool] = lambda _: False,
    ) -> None:
        self._connection = connection
        self._stopping = stopping
        self._expected = expected
        self._id = f"{TEST_CALLS}{secrets.token_hex(8)}"
        self._notices: queue.SimpleQueue[Notice] = queue.SimpleQueue()
        self._began = 0.0
        self._name = ""
        self._ended = False
        self._rang_s: float | None = None
        self._answered_s: float | None = None
        self._cause = 0
        self._inbound: dict[str, _Inbound] = {}
        self._gone: set[str] = set()

    def __enter__(self) -> LineCall:
        self._unsubscribe = self._connection.subscribe(self._notices.put)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self.hang_up()
        except AmiError:  # it ends by itself: no extension of the tests lasts longer than a minute
            pass
        finally:
            self._unsubscribe()

    @property
    def called(self) -> Called:
        """How it went so far."""
        return Called(self._rang_s, self._answered_s, self._cause)

    def begin(self, port: str, extension: str, *, ring_s: float, caller_id: str | None = None) -> None:
        """Seize a port and lead it to an extension of the tests. Raises :class:`AmiError`.

        port: DAHDI's number of the channel; with ``/`` and a number, which is called on it.
        """
        self._began = time.monotonic()
        answer = self._connection.send(
            Originate(
                channel=f"Local/line@{CONTEXT}/n", context=CONTEXT, exten=extension, priority="1",
                timeout_ms=int(ring_s * 1000), caller_id=caller_id, channel_id=self._id, variables=(f"{PORT}={port}",),
            )
        )  # fmt: skip
        self._ended = not answer.ok

    def ended(self, within_s: float) -> bool:
        """Wait until it has ended. Raises :class:`ConnectionLostError`."""
        return self._wait(lambda: self._ended, within_s)

    def came_in(self, within_s: float) -> bool:
        """Wait until a call comes in that may be this one, or this one has ended."""
        self._wait(lambda: self._ended or bool(self._inbound), within_s)
        return bool(self._inbound)

    def cleared(self, within_s: float) -> CameBack | None:
        """Hang up, and see whether one of those that came in ends with it: that was it."""
        self.hang_up()
        self._wait(lambda: bool(self._gone & self._inbound.keys()), within_s)
        if not self._inbound:
            return None
        found = next((one for key, one in self._inbound.items() if key in self._gone), None)
        one = found or next(iter(self._inbound.values()))
        return CameBack(one.at - self._began, one.name, one.called, one.caller, cleared=found is not None)

    def hang_up(self) -> None:
        """End it. Raises :class:`AmiError`."""
        if self._name and not self._ended:
            self._connection.send(Hangup(self._name, CLEARED))

    def _wait(self, true: Callable[[], bool], within_s: float) -> bool:
        ends = time.monotonic() + within_s
        while not true():
            if self._stopping.is_set() or time.monotonic() > ends:
                return False
            try:
                notice = self._notices.get(timeout=_LOOK_S)
            except queue.Empty:
                continue
            if not isinstance(notice, Arrived):
                raise ConnectionLostError("during a test")
            self._hear(notice.headers)
        return True

    def _hear(self, event: Headers) -> None:
        kind, uniqueid = text(event, "Event"), text(event, "Uniqueid")
        now = time.monotonic()
        if text(event, "Linkedid") == self._id and text(event, "Channel").startswith("DAHDI/"):
            self._of_line(kind, event, now - self._began)
        elif kind == "OriginateResponse" and text(event, "Context") == CONTEXT:
            self._ended = self._ended or text(event, "Response") == "Failure"
        elif kind == "Newchannel" and _from_line(event) and self._expected(text(event, "Exten")):
            self._inbound[uniqueid] = _Inbound(
                uniqueid, text(event, "Channel"), now, text(event, "Exten"), text(event, "CallerIDNum")
            )
        elif kind == "Hangup":
            self._gone.add(uniqueid)

    def _of_line(self, kind: str, event: Headers, after_s: float) -> None:
        if kind == "Newchannel":
            self._name = text(event, "Channel")
        elif kind == "Newstate":
            state = text(event, "ChannelState")
            if state == _RINGING and self._rang_s is None:
                self._rang_s = after_s
            elif state == _UP and self._answered_s is None:
                self._answered_s = after_s
        elif kind == "Hangup":
            cause = text(event, "Cause")
            self._cause = int(cause) if cause.isdecimal() else 0
            self._ended = True


def connected(connection: Connection) -> None:
    """Raises :class:`NotConnectedError` where Asterisk cannot be asked."""
    if connection.state != "connected":
        raise NotConnectedError("a test needs Asterisk")


def _from_line(event: Headers) -> bool:
    """A call that a line of the telephone company brings."""
    whole = text(event, "Uniqueid") == text(event, "Linkedid")
    return whole and text(event, "Channel").startswith("DAHDI/") and text(event, "AccountCode").startswith("trunk/")
