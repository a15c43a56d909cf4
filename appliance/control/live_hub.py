"""The live state in the daemon: fed by Asterisk's events, watched by people, written into the history.

The notices of the AMI connection come on one thread; each event goes through the pure ``reduce``. After every
(re)connection the state is rebuilt from what Asterisk answers, and the gap is marked.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import datetime

from appliance.ami.actions import (
    CoreShowChannels,
    PJSIPShowRegistrationInboundContactStatuses,
)
from appliance.ami.connection import AmiError, Arrived, Connected, Connection, Lost, Notice
from appliance.control.history_feed import FactWriter, HistoryFeed
from appliance.control.messages import LiveView
from appliance.live.facts import Fact
from appliance.live.parse import parse
from appliance.live.rebuild import census, lost, rebuild, restored
from appliance.live.reduce import reduce
from appliance.live.state import State
from appliance.live.view import live_view
from appliance.store.history import HistoryReader
from appliance.store.moments import utc_now

log = logging.getLogger(__name__)

AT_MOST_EVERY_S = 0.2
"""Between two views to one watcher: five a second."""
AT_LEAST_EVERY_S = 15.0
"""So that a watcher behind a proxy is not taken for dead."""
LOOK_S = 1.0
"""How often a watcher with nothing new sees whether it is still wanted."""
CENSUS_TIMEOUT_S = 10.0


class LiveHub:
    """Holds the newest live state. Safe to use from any thread."""

    def __init__(
        self,
        connection: Connection,
        writer: FactWriter,
        reader: HistoryReader,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self._connection = connection
        self._clock = clock
        self._state = restored(reader.open_contacts(), reader.known_until())
        self._reason = "daemon_restarted"
        self._changed = threading.Condition()
        self._version = 0
        self._shown: tuple[int, LiveView] | None = None
        self._stopping = threading.Event()
        self._feed = HistoryFeed(writer, self._heard)
        self._unsubscribe: Callable[[], None] | None = None

    def start(self) -> None:
        """Listen to the connection, which must not have been started yet.

        Its first ``Connected`` is needed.
        """
        self._feed.start()
        self._unsubscribe = self._connection.subscribe(self._on_notice)

    def stop(self) -> None:
        """End every watch, and write what the history still has to get."""
        self._stopping.set()
        if self._unsubscribe is not None:
            self._unsubscribe()
        with self._changed:
            self._changed.notify_all()
        self._feed.stop()

    @property
    def alive(self) -> bool:
        """Whether the history is being written."""
        return self._feed.alive

    @property
    def state(self) -> State:
        """The newest state."""
        return self._state

    def view(self) -> LiveView:
        """Everything live, as people see it."""
        with self._changed:
            version, state, shown = self._version, self._state, self._shown
        if shown is not None and shown[0] == version:
            return shown[1].model_copy(update={"at": self._clock()})
        view = LiveView.model_validate(asdict(live_view(state, self._clock())))
        self._shown = (version, view)  # one view for all who watch
        return view

    def watch(self) -> Iterator[LiveView | None]:
        """A view now, and one after each change: the newest, when several fell into one interval.

        None where nothing changed for :data:`LOOK_S`. Ends when the hub stops.
        """
        seen, sent = -1, 0.0
        while not self._stopping.is_set():
            version = self._wait_beyond(seen)
            if self._stopping.is_set():
                return
            if version == seen and time.monotonic() - sent < AT_LEAST_EVERY_S:
                yield None
                continue
            seen, sent = version, time.monotonic()
            yield self.view()
            self._stopping.wait(AT_MOST_EVERY_S)

    def _wait_beyond(self, seen: int) -> int:
        """The version, once it is another than ``seen``; after :data:`LOOK_S` at the latest."""
        with self._changed:
            self._changed.wait_for(lambda: self._version != seen or self._stopping.is_set(), LOOK_S)
            return self._version

    def _on_notice(self, notice: Notice) -> None:
        match notice:
            case Arrived(at=at, headers=headers):
                event = parse(headers, at)
                if event is not None:
                    self._take(*reduce(self._state, event))
            case Lost(last_heard=last_heard, reason=reason):
                self._reason = reason
                self._take(lost(self._state, last_heard), ())
            case Connected():
                self._rebuild()

    def _rebuild(self) -> None:
        """Ask Asterisk what is up.

        When it does not answer, the connection is dropped and this comes again.
        """
        try:
            channels = self._connection.send(CoreShowChannels(), CENSUS_TIMEOUT_S)
            contacts = self._connection.send(PJSIPShowRegistrationInboundContactStatuses(), CENSUS_TIMEOUT_S)
        except AmiError as error:
            log.warning("the live state could not be rebuilt: %s", error)
            return
        now = self._clock()
        listed = (*channels.events, *contacts.events)
        state, facts = rebuild(self._state, census(listed, now), now, self._reason)
        self._take(state, facts)
        log.info("live state rebuilt: %d calls, %d registrations", len(state.calls), len(state.registrations))

    def _take(self, state: State, facts: tuple[Fact, ...]) -> None:
        with self._changed:
            before, self._state = self._state, state
            same = (
                state.calls is before.calls
                and state.registrations is before.registrations
                and state.connected == before.connected
            )
            if not same:
                self._version += 1
                self._changed.notify_all()
        if facts:
            self._feed.put(facts)

    def _heard(self) -> datetime | None:
        """Until when nothing was missed; answered pings count, so a quiet night is not a gap."""
        return self._connection.last_heard if self._state.connected else None
