"""The only importer of pyst2: one connection, used once, with pyst2 0.5.1's hazards closed.

What pyst2 does, what it would do to us, and what is done here (each has a test in
``tests/ami/test_hazards.py``):

- its reader calls ``recv`` once per byte, waits for markers of Asterisk 1.4 (a caller named ``status will
  follow`` would stop every event), and its parser stalls on ``ChanVariable`` and keeps only the last of
  repeated headers and ``Output`` lines: reading and parsing are ours, :mod:`appliance.ami.framing`;
- an exception in a callback ends its dispatch thread: ours are caught and logged;
- answers are matched by arrival and waited for without end: ours by ActionID, with a deadline;
- it sends line breaks in values as they are: refused before anything is sent;
- its ``connect`` waits for the greeting for ever, ``close`` (also called by ``__del__``) sends Logoff and
  waits: ours have a deadline, and close just cuts the socket;
- its threads are made in ``__init__``, so an object connects once: so does ours, and says so.
"""

from __future__ import annotations

import contextlib
import logging
import queue
import socket
import struct
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from asterisk.manager import Manager, ManagerAuthException, ManagerException

from appliance.ami.actions import Action
from appliance.ami.captures import Recorder
from appliance.ami.connection import (
    ConnectionLostError,
    LoginRefusedError,
    NotConnectedError,
    Response,
    UnansweredError,
)
from appliance.ami.framing import Answer, FramingError, Sorter, checked, headers_of, read_message
from appliance.live.headers import Headers, text

log = logging.getLogger(__name__)

GREETING_TIMEOUT_S = 5.0


@dataclass(frozen=True, slots=True)
class _Event:
    """What pyst2's dispatch thread hands to callbacks: it asks for ``name`` only."""

    name: str
    headers: Headers
    at: datetime


class _Answers(queue.Queue[Any]):
    """pyst2 waits for an answer without end; here a wait ends at the deadline, with None, which it reads as
    lost.
    """

    deadline: float = 0.0
    missed: bool = False

    def get(self, block: bool = True, timeout: float | None = None) -> Any:
        """The next answer, or None at the deadline. Both arguments are pyst2's and mean nothing here."""
        try:
            return super().get(timeout=max(0.0, self.deadline - time.monotonic()))
        except queue.Empty:
            self.missed = True
            return None


class _Reply:
    """An answer in the shape pyst2's ``login`` reads."""

    def __init__(self, response: Response) -> None:
        self.response = response

    def get_header(self, name: str, default: str | None = None) -> str | None:
        """A header, as pyst2's own messages give it."""
        return self.response.header(name) or default


class Wire(Manager):  # type: ignore[misc]  # pyst2 is published without types
    """One connection to one Asterisk, signed in by :meth:`open`, gone for good after :meth:`close`.

    on_event is called on one thread for every event, in order, once :meth:`release` has been called; on_end
    once after the last one, with the reason. ``ask`` and ``open`` belong to one thread.
    """

    def __init__(
        self,
        on_event: Callable[[datetime, Headers], None],
        on_end: Callable[[str], None],
        recorder: Callable[[], Recorder | None] = lambda: None,
    ) -> None:
        super().__init__()
        self._response_queue = _Answers()
        self._on_event = on_event
        self._on_end = on_end
        self._recorder = recorder
        self._socket: socket.socket | None = None
        self._awaited = ""
        self._reason = ""
        self._released = threading.Event()
        self._discarding = False
        self.last_heard = datetime.now(UTC)
        self.register_event("*", self._hand_on)

    def open(self, host: str, port: int, username: str, secret: str, timeout_s: float) -> None:
        """Connect and sign in. Raises LoginRefusedError, ConnectionLostError, RefusedValueError."""
        if self.message_thread.ident is not None:
            raise NotConnectedError("a connection is used once: make another")
        try:
            self._response_queue.deadline = time.monotonic() + timeout_s
            self.connect(host, port)
            self._response_queue.deadline = time.monotonic() + timeout_s
            self.login(username, secret)
        except ManagerAuthException as error:
            self._discard("login refused")
            raise LoginRefusedError(str(error)) from None
        except (ManagerException, OSError) as error:
            self._discard("no sign-in")
            raise ConnectionLostError(self._why(error)) from None
        except ValueError:
            self._discard("refused value")
            raise

    def connect(self, host: str, port: int = 5038) -> Any:
        """As pyst2's, with deadlines, and a socket that can be cut from outside. Raises OSError."""
        connection = socket.create_connection((host, port), GREETING_TIMEOUT_S)
        connection.settimeout(None)
        # A peer that reads nothing must not hold a send for ever; socket(7), SO_SNDTIMEO is a struct timeval.
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, struct.pack("ll", int(GREETING_TIMEOUT_S), 0))
        self._socket = connection
        self._sock = connection.makefile("wb")
        self._connected.set()
        self._running.set()
        self.message_thread.start()
        self.event_dispatch_thread.start()
        greeting = self._response_queue.get()
        if greeting is None:
            raise OSError("no greeting")
        return greeting

    def ask(self, action: Action, timeout_s: float) -> Response:
        """Send and wait for the whole answer.

        Raises UnansweredError (the connection is then cut), ConnectionLostError, NotConnectedError,
        RefusedValueError.
        """
        if not self.connected():
            raise NotConnectedError(self._reason or "not connected")
        self._response_queue.deadline = time.monotonic() + timeout_s
        try:
            reply: _Reply = self.send_action(action.headers())
        except (ManagerException, OSError) as error:
            if self._response_queue.missed:
                self.abandon("unanswered")
                raise UnansweredError(f"{action.NAME}: no answer within {timeout_s:g} s") from None
            self.abandon("eof")
            raise ConnectionLostError(self._why(error)) from None
        return reply.response

    def send_action(self, cdict: dict[str, Any] | None = None, **kwargs: Any) -> Any:
        """As pyst2's (its ``login`` comes through here too), with the values checked and the answer
        matched.
        """
        headers = {**(cdict or {}), **kwargs}
        headers["ActionID"] = f"loopstart-{self.next_seq()}"
        checked(headers)
        self._awaited = headers["ActionID"]
        try:
            return super().send_action(headers)
        except TypeError as error:
            # pyst2 builds its socket exception from errno and text, and some errors carry none.
            raise OSError(str(error)) from None
        finally:
            self._awaited = ""

    def release(self) -> None:
        """Let events through from now on, also those of a connection that has ended by now; until then they
        wait.
        """
        self._released.set()

    def abandon(self, reason: str) -> None:
        """Cut the connection at once, from any thread, without a word to Asterisk. on_end follows."""
        self._reason = self._reason or reason
        self._connected.clear()
        if self._socket is not None:
            with contextlib.suppress(OSError):  # the other side was quicker
                self._socket.shutdown(socket.SHUT_RDWR)
        self._response_queue.put(None)

    def close(self) -> None:
        """In place of pyst2's, which sends Logoff and waits for threads; ``__del__`` calls it."""
        if hasattr(self, "_response_queue"):
            self.abandon("closed")
            self._released.set()

    def message_loop(self) -> None:
        """Read until the end: in place of pyst2's two threads."""
        assert self._socket is not None
        try:
            with self._socket.makefile("rb", 256 * 1024) as reader:
                greeting = reader.readline(1024)
                if greeting.endswith(b"\n"):
                    self._response_queue.put(_Reply(Response(True, {}, greeting.decode("ascii", "replace").strip())))
                    self._read(reader)
        except (OSError, ValueError) as error:
            self._reason = self._reason or str(error) or "eof"
        except FramingError as error:
            self._reason = self._reason or str(error)
        except Exception:
            log.exception("reading from Asterisk failed")
            self._reason = self._reason or "internal"
        finally:
            self.abandon("eof")
            self._event_queue.put(None)
            self._socket.close()

    def _read(self, reader: Any) -> None:
        sorter = Sorter()
        while (lines := read_message(reader)) is not None:
            at = self.last_heard = datetime.now(UTC)
            recorder = self._recorder()
            if recorder is not None:
                recorder.message(at, lines)
            sorted_out = sorter.take(headers_of(lines))
            if isinstance(sorted_out, Answer):
                # An answer that nobody waits for any more came after its deadline.
                if sorted_out.action_id == self._awaited:
                    self._response_queue.put(_Reply(sorted_out.response))
            elif sorted_out is not None:
                self._event_queue.put(_Event(text(sorted_out, "Event"), sorted_out, at))

    def _discard(self, reason: str) -> None:
        """Nobody was told of this connection, so its events are told to nobody."""
        self._discarding = True
        self.abandon(reason)
        self._released.set()

    def event_dispatch(self) -> None:
        """pyst2's own loop, and then the end told once."""
        self._released.wait()
        try:
            if not self._discarding:
                super().event_dispatch()
        finally:
            self._on_end(self._reason or "eof")

    def _hand_on(self, event: _Event, _manager: Manager) -> bool:
        try:
            self._on_event(event.at, event.headers)
        except Exception:
            # What escapes here would end pyst2's dispatch thread while pings still answer.
            log.exception("an event was lost: %s", event.name)
        return False

    def _why(self, error: Exception) -> str:
        return self._reason or str(error) or type(error).__name__
