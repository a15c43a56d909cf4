"""Watches the lines of the running site: alarms into the history, D-channels and error rates for whoever looks.

DAHDI is looked at once a second, Asterisk's D-channels every few seconds and whenever Asterisk says that something
happened. The rules of when an alarm begins and ends are pure (:mod:`appliance.live.alarms`).
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from datetime import datetime

from appliance.ami.actions import DAHDIShowChannels, PRIShowSpans
from appliance.ami.connection import AmiError, Arrived, Connection, ConnectionState, Notice
from appliance.apply.inventory import BoxInventory
from appliance.control.alarm_mail import AlarmMail
from appliance.hardware.span_states import span_states
from appliance.live.alarms import Look, WatchedLine, looked, resumed, told
from appliance.live.headers import Headers, text
from appliance.model.alarms import AlarmRecord
from appliance.model.site import Site
from appliance.model.span_state import SpanCounts, SpanState, counted_between
from appliance.model.spans import SpanKind
from appliance.render.span_channels import of_site
from appliance.store.alarms import AlarmStore
from appliance.store.errors import StoreError
from appliance.store.moments import utc_now
from appliance.worker import Worker

log = logging.getLogger(__name__)

LOOK_S = 1.0
ASK_EVERY_S = 3.0
"""How often Asterisk is asked for its D-channels."""
FIND_EVERY_S = 15.0
"""How often cards are looked for."""
SAMPLE_S = 10.0
SAMPLES = 31
"""Counts are kept for five minutes, for rates."""
_EVENTS = frozenset({"SpanAlarm", "SpanAlarmClear", "Alarm", "AlarmClear"})


class LineWatch(Worker):
    """Runs from :meth:`start` until :meth:`stop`. :meth:`set` says which site runs."""

    def __init__(
        self,
        connection: Connection,
        inventory: BoxInventory,
        store: AlarmStore,
        mail: AlarmMail,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        super().__init__("line-watch")
        self._connection = connection
        self._inventory = inventory
        self._store = store
        self._mail = mail
        self._clock = clock
        self._site = Site()
        self._lines: Mapping[int, WatchedLine] = {}
        self._watch = resumed(store.lasting())
        self._unwritten: list[AlarmRecord] = []
        self._d_channels: Mapping[int, bool] | None = None
        self._samples: deque[tuple[float, Mapping[int, SpanCounts]]] = deque(maxlen=SAMPLES)
        self._next_ask = self._next_find = self._next_sample = 0.0
        self._events: deque[Arrived] = deque(maxlen=1000)
        self._awake = threading.Event()
        self._failing = False
        self._unsubscribe: Callable[[], None] | None = None

    def set(self, site: Site) -> None:
        """This site runs now."""
        self._site = site
        self._mail.set(site)
        self._next_find = 0.0
        self._awake.set()

    def start(self) -> None:
        """Begin to watch. The connection must not have been started yet."""
        self._unsubscribe = self._connection.subscribe(self._hear)
        super().start()

    def _wake(self) -> None:
        self._awake.set()
        if self._unsubscribe is not None:
            self._unsubscribe()

    def lines(self) -> Mapping[int, WatchedLine]:
        """The spans that the site uses, by DAHDI's number."""
        return self._lines

    def d_channels(self) -> Mapping[int, bool] | None:
        """Whether each D-channel is up, by span; None where Asterisk cannot be asked."""
        return self._d_channels

    def uses(self) -> Mapping[int, str]:
        """The unique id of Asterisk's channel on each channel of DAHDI's that carries a call; empty where Asterisk
        cannot be asked.
        """
        if not self._lines:
            return {}
        try:
            answer = self._connection.send(DAHDIShowChannels())
        except AmiError:
            return {}
        found = ((text(event, "DAHDIChannel"), text(event, "Uniqueid")) for event in answer.events)
        return {int(number): uniqueid for number, uniqueid in found if number.isdecimal() and uniqueid}

    def rates(self, state: SpanState) -> dict[str, float]:
        """Errors a minute over the last five minutes, those that are not 0, by the names of :class:`SpanCounts`."""
        samples = [(at, counts[state.span]) for at, counts in self._samples if state.span in counts]
        if not samples:
            return {}
        began, counts = samples[0]
        seconds = max(time.monotonic() - began, SAMPLE_S)
        new = counted_between(counts, state.counts)
        names = SpanCounts.__dataclass_fields__
        return {name: round(getattr(new, name) * 60 / seconds, 2) for name in names if getattr(new, name)}

    def _hear(self, notice: Notice) -> None:
        if isinstance(notice, Arrived) and text(notice.headers, "Event") in _EVENTS:
            self._events.append(notice)
            self._next_ask = 0.0
            self._awake.set()

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self.look()
            except (StoreError, OSError) as error:
                if not self._failing:
                    log.error("lines cannot be watched: %s", error)
                self._failing = True
            else:
                if self._failing:
                    log.info("lines are watched again")
                self._failing = False
            self._awake.wait(LOOK_S)
            self._awake.clear()

    def look(self) -> None:
        """One look. Raises what the stores and the hardware do; nothing is lost by it."""
        now = time.monotonic()
        if now >= self._next_find:
            self._next_find = now + FIND_EVERY_S
            self._lines = self._watched()
        if self._lines or self._watch.active or self._unwritten:
            self._look(now)
        self._mail.tick()

    def _look(self, now: float) -> None:
        states = {state.span: state for state in span_states(self._inventory.root)}
        if now >= self._next_sample:
            self._next_sample = now + SAMPLE_S
            self._samples.append((now, {span: state.counts for span, state in states.items()}))
        if now >= self._next_ask or self._connection.state is not ConnectionState.CONNECTED:
            self._next_ask = now + ASK_EVERY_S
            self._d_channels = self._asked()
        while self._events:
            event = self._events.popleft()
            self._watch, changed = told(self._watch, event.headers, event.at, self._lines)
            self._note(changed)
        look = Look(self._clock(), self._lines, states, self._d_channels)
        self._watch, changed = looked(self._watch, look)
        self._note(changed)
        if self._unwritten:
            self._store.write(self._unwritten)
            self._unwritten.clear()

    def _note(self, changed: tuple[AlarmRecord, ...]) -> None:
        """Log each transition once, and have it written; what cannot be written is tried again with the next look."""
        for record in changed:
            place = record.place
            where = f"span {place.span} ({record.name})" + (f" channel {place.channel}" if place.channel else "")
            if record.ended is None:
                log.warning("alarm on %s: %s %s", where, place.kind, record.cause)
            else:
                log.info("alarm on %s ended: %s%s", where, place.kind, ", unwatched" if record.unwatched else "")
        self._unwritten.extend(changed)

    def _watched(self) -> Mapping[int, WatchedLine]:
        """The spans of the site that ever had a card; those that share one of DAHDI's (an analog card) are one line."""
        found: dict[int, WatchedLine] = {}
        for one in of_site(self._site, self._inventory.look()).values():
            if one.place is None:
                continue
            before = found.get(one.place.span)
            found[one.place.span] = WatchedLine(
                name=one.span.name if before is None else f"{before.name}, {one.span.name}",
                card=one.place.identity,
                channels=frozenset(one.bearers) | (before.channels if before else frozenset()),
                isdn=one.span.isdn,
                analog=one.span.kind is SpanKind.ANALOG,
            )
        return found

    def _asked(self) -> Mapping[int, bool] | None:
        if not any(line.isdn for line in self._lines.values()):
            return {}
        try:
            answer = self._connection.send(PRIShowSpans())
        except AmiError:
            return None
        return _up(answer.events) if answer.ok else None


def _up(events: tuple[Headers, ...]) -> dict[int, bool]:
    """Whether the active D-channel of each span is up (sig_pri.c, ``sig_pri_ami_show_spans``)."""
    up: dict[int, bool] = {}
    for event in events:
        span = text(event, "Span")
        if span.isdecimal():
            up[int(span)] = up.get(int(span), False) or text(event, "Up") == "Yes"
    return up
