"""Keeps one live connection to Asterisk: connects, signs in, pings, and begins again whenever it is lost.

Two threads. The worker owns the connection: it is the only one that sends, one action at a time, each with a
deadline. The dispatcher calls the subscribers, one notice at a time, so a subscriber may send and wait.
Between pyst2's thread and the dispatcher stands a bounded queue: when it is full, events would be lost in the
middle, so the connection is dropped and the state rebuilt instead.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from appliance.ami.actions import Action, Command, Ping
from appliance.ami.captures import Recorder
from appliance.ami.connection import (
    AmiError,
    Arrived,
    Connected,
    ConnectionLostError,
    ConnectionState,
    LoginRefusedError,
    Lost,
    NotConnectedError,
    Notice,
    Response,
    Subscriber,
)
from appliance.ami.framing import checked
from appliance.ami.wire import Wire
from appliance.live.headers import Headers

log = logging.getLogger(__name__)

BACKOFF_S = (1.0, 2.0, 4.0, 5.0)
QUEUE_EVENTS = 50_000
"""About 450 calls' worth of events (110 each): a subscriber this far behind will not catch up by waiting."""
PING_EVERY_S = 5.0
PING_TIMEOUT_S = 5.0


@dataclass(frozen=True, slots=True)
class Account:
    """Where Asterisk's manager interface is, and who we are there."""

    username: str
    secret: str = field(repr=False)
    host: str = "127.0.0.1"
    port: int = 5038


@dataclass(frozen=True, slots=True)
class _Job:
    action: Action
    deadline: float
    answer: Future[Response]


class _Notices:
    """The queue to the dispatcher.

    Events are refused when it is full; that the connection came or went never is.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._waiting: deque[Notice] = deque()
        self._changed = threading.Condition()
        self._closed = False

    def put(self, notice: Notice) -> bool:
        """Whether there was room."""
        with self._changed:
            if isinstance(notice, Arrived) and len(self._waiting) >= self._limit:
                return False
            self._waiting.append(notice)
            self._changed.notify()
            return True

    def take(self) -> Notice | None:
        """The next notice; None once closed."""
        with self._changed:
            while not self._waiting and not self._closed:
                self._changed.wait(1.0)
            return None if self._closed else self._waiting.popleft()

    def close(self) -> None:
        """Let :meth:`take` give None from now on."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()


class Supervisor:
    """A :class:`~appliance.ami.connection.Connection` that comes back. ``start`` it once, ``stop`` it once."""

    def __init__(
        self,
        account: Account,
        *,
        backoff_s: Sequence[float] = BACKOFF_S,
        queue_events: int = QUEUE_EVENTS,
        ping_every_s: float = PING_EVERY_S,
        ping_timeout_s: float = PING_TIMEOUT_S,
    ) -> None:
        self._account = account
        self._backoff_s = tuple(backoff_s)
        self._ping_every_s = ping_every_s
        self._ping_timeout_s = ping_timeout_s
        self._state = ConnectionState.CONNECTING
        self._jobs: queue.Queue[_Job | None] = queue.Queue()
        self._notices = _Notices(queue_events)
        self._subscribers: tuple[Subscriber, ...] = ()
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._recorder: Recorder | None = None
        self._wire: Wire | None = None
        self._last_heard: datetime | None = None
        self._worker = threading.Thread(target=self._work, name="ami-worker", daemon=True)
        self._dispatcher = threading.Thread(target=self._dispatch, name="ami-dispatcher", daemon=True)

    @property
    def state(self) -> ConnectionState:
        """See the protocol."""
        return self._state

    @property
    def alive(self) -> bool:
        """Whether both threads run: that the connection is being kept, not that Asterisk is there."""
        return self._worker.is_alive() and self._dispatcher.is_alive()

    @property
    def last_heard(self) -> datetime | None:
        """See the protocol."""
        return self._last_heard

    def start(self) -> None:
        """Begin to connect; returns at once."""
        self._dispatcher.start()
        self._worker.start()

    def stop(self, timeout_s: float = 5.0) -> None:
        """Drop the connection and end both threads. Subscribers hear nothing more."""
        self._stopping.set()
        self._state = ConnectionState.CLOSED
        self._notices.close()
        wire = self._wire
        if wire is not None:
            wire.abandon("closed")
        self._jobs.put(None)
        for thread in (self._worker, self._dispatcher):
            if thread.ident is not None and thread is not threading.current_thread():
                thread.join(timeout_s)
        self.stop_recording()

    def subscribe(self, callback: Subscriber) -> Callable[[], None]:
        """See the protocol. Who subscribes late is not told of a connection that is already up."""
        with self._lock:
            self._subscribers = (*self._subscribers, callback)

        def unsubscribe() -> None:
            with self._lock:
                self._subscribers = tuple(one for one in self._subscribers if one is not callback)

        return unsubscribe

    def send(self, action: Action, timeout_s: float = 5.0) -> Response:
        """See the protocol."""
        checked(action.headers())
        if self._state is not ConnectionState.CONNECTED:
            raise NotConnectedError("Asterisk is not connected")
        job = _Job(action, time.monotonic() + timeout_s, Future())
        self._jobs.put(job)
        try:
            # The worker keeps the deadline; the second is for its turn-around.
            return job.answer.result(timeout_s + 1.0)
        except TimeoutError:
            if job.answer.cancel():
                raise NotConnectedError(f"{action.NAME} waited its whole time for others; not sent") from None
            raise ConnectionLostError(f"{action.NAME}: no answer") from None

    def command(self, text: str, timeout_s: float = 10.0) -> tuple[str, ...]:
        """See the protocol."""
        return self.send(Command(text), timeout_s).output

    def record(self, path: Path, max_bytes: int | None = None) -> None:
        """Write everything Asterisk says into a capture from now on, in place of one that runs.

        Raises OSError.
        """
        recorder = Recorder(path) if max_bytes is None else Recorder(path, max_bytes)
        self.stop_recording()
        self._recorder = recorder

    def stop_recording(self) -> None:
        """Finish the capture, if one runs."""
        recorder, self._recorder = self._recorder, None
        if recorder is not None:
            recorder.close()

    def _tell(self, notice: Connected | Lost) -> None:
        recorder = self._recorder
        if recorder is not None:
            recorder.notice(notice)
        self._notices.put(notice)

    def _work(self) -> None:
        failures = 0
        while not self._stopping.is_set():
            try:
                wire = self._connect()
            except AmiError as error:
                if failures == 0 and not self._stopping.is_set():
                    level = logging.ERROR if isinstance(error, LoginRefusedError) else logging.WARNING
                    log.log(level, "Asterisk cannot be reached, trying on: %s", error)
                self._stopping.wait(self._backoff_s[min(failures, len(self._backoff_s) - 1)])
                failures += 1
                continue
            log.info("Asterisk connected")
            failures = 0
            try:
                self._serve(wire)
            except Exception:
                log.exception("the connection to Asterisk is dropped")
                wire.abandon("internal")
            self._refuse_waiting()
            if not self._stopping.is_set():
                self._state = ConnectionState.CONNECTING
                self._stopping.wait(self._backoff_s[0])

    def _connect(self) -> Wire:
        ended = threading.Event()
        announced = threading.Event()
        decided = threading.Event()
        wires: list[Wire] = []

        def on_event(at: datetime, headers: Headers) -> None:
            if not ended.is_set() and not self._notices.put(Arrived(at, headers)):
                ended.set()
                log.error("events come faster than they are handled; connecting anew")
                wires[0].abandon("overflow")

        def on_end(reason: str) -> None:
            ended.set()
            # A connection may end while it is still being announced; its end is told after its beginning.
            decided.wait(3 * self._ping_timeout_s)
            if not announced.is_set() or self._stopping.is_set():
                return
            if self._state is ConnectionState.CONNECTED:
                self._state = ConnectionState.CONNECTING
            log.warning("Asterisk lost: %s", reason)
            self._last_heard = wires[0].last_heard
            self._tell(Lost(datetime.now(UTC), wires[0].last_heard, reason))
            self._jobs.put(None)

        wire = Wire(on_event, on_end, lambda: self._recorder)
        wires.append(wire)
        self._wire = wire
        account = self._account
        try:
            wire.open(account.host, account.port, account.username, account.secret, self._ping_timeout_s)
            announced.set()
            self._state = ConnectionState.CLOSED if self._stopping.is_set() else ConnectionState.CONNECTED
            self._tell(Connected(datetime.now(UTC)))
        finally:
            decided.set()
        wire.release()
        return wire

    def _serve(self, wire: Wire) -> None:
        """Send what is asked for until the connection is gone; ping when nothing is."""
        while wire.connected() and not self._stopping.is_set():
            try:
                job = self._jobs.get(timeout=self._ping_every_s)
            except queue.Empty:
                job = _Job(Ping(), time.monotonic() + self._ping_timeout_s, Future())
            if job is not None:
                _answer(wire, job)
            self._last_heard = wire.last_heard

    def _refuse_waiting(self) -> None:
        while True:
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                return
            if job is not None and job.answer.set_running_or_notify_cancel():
                job.answer.set_exception(NotConnectedError("Asterisk was lost; not sent"))

    def _dispatch(self) -> None:
        while (notice := self._notices.take()) is not None:
            for subscriber in self._subscribers:
                try:
                    subscriber(notice)
                except Exception:
                    log.exception("a subscriber failed on %s", type(notice).__name__)


def _answer(wire: Wire, job: _Job) -> None:
    if not job.answer.set_running_or_notify_cancel():
        return
    left = job.deadline - time.monotonic()
    if left <= 0:
        job.answer.set_exception(NotConnectedError(f"{job.action.NAME} waited its whole time for others"))
        return
    try:
        job.answer.set_result(wire.ask(job.action, left))
    except AmiError as error:
        job.answer.set_exception(error)
    except Exception as error:
        job.answer.set_exception(error)
        raise
