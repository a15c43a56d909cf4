"""Call records in the daemon: taken from the facts on their way into the history, kept, and sent to their readers.

The buffer is written before the history. Killed in between, the call is told again after the restart, as one whose
end was not seen, and the buffer knows it already: one record, however often it is told.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import TypeAlias

from appliance.control.history_feed import FactWriter
from appliance.control.running_site import wall_clock
from appliance.hardware.serial.settings import SerialSettings
from appliance.hardware.smdr.queue import ReaderState, Waiting
from appliance.hardware.smdr.to_serial import SerialReader
from appliance.hardware.smdr.to_tcp import TcpReader
from appliance.live.facts import ContactUpdate, Fact
from appliance.live.smdr import call_record
from appliance.model.site import Site
from appliance.model.smdr import CallRecord, SmdrFormat
from appliance.render.smdr import line, seven_bit
from appliance.store.errors import StoreError
from appliance.store.smdr import ReaderPlace, SmdrBuffer

log = logging.getLogger(__name__)

SERIAL, TCP = "serial", "tcp"
MOST_HELD = 5_000
"""Records held in memory while the buffer cannot be written."""
_RETRY_S = 1.0
Reader: TypeAlias = SerialReader | TcpReader


@dataclass(frozen=True, slots=True)
class SmdrSettings:
    """Where call records go. Neither serial nor tcp_port: nowhere, and none are kept. zone: of the times in them."""

    serial: SerialSettings | None = None
    tcp_port: int | None = None
    layout: SmdrFormat = SmdrFormat.CSV
    zone: tzinfo = UTC


def settings_of(site: Site) -> SmdrSettings:
    """What a site says of call records."""
    smdr = site.hardware.smdr
    serial = None if smdr.serial is None else SerialSettings(smdr.serial, smdr.speed, smdr.framing, smdr.flow)
    return SmdrSettings(serial, smdr.tcp_port, smdr.format, wall_clock(site))


@dataclass(frozen=True, slots=True)
class ReaderStatus:
    """A reader: how its line is, and how far it has come."""

    place: ReaderPlace
    state: ReaderState


class Smdr:
    """Safe to use from any thread."""

    def __init__(self, buffer: SmdrBuffer, history: FactWriter) -> None:
        self._buffer = buffer
        self._history = history
        self._setting = threading.Lock()
        self._keeping = threading.Lock()
        self._changed = threading.Condition()
        self._ending = threading.Event()
        self._settings = SmdrSettings()
        self._readers: dict[str, Reader] = {}
        self._held: dict[tuple[str, int], CallRecord] = {}
        self._lost = 0
        self._failing = False

    # --- from the calls

    def write(self, facts: Iterable[Fact]) -> None:
        """Keep the records of calls that ended, then write the facts into the history. Raises what the history does:
        a fault of the buffer must not cost the history, so its records are held and tried again with the next.
        """
        facts = tuple(facts)
        if self._readers:
            ended = (call_record(fact.record) for fact in facts if isinstance(fact, ContactUpdate))
            self._keep(record for record in ended if record is not None)
        self._history.write(facts)

    def mark_known(self, until: datetime) -> None:
        """See :class:`appliance.control.history_feed.FactWriter`; called every few seconds, also for what is held."""
        if self._held:
            self._keep(())
        self._history.mark_known(until)

    def _keep(self, records: Iterable[CallRecord]) -> None:
        with self._keeping:
            for record in records:
                if len(self._held) >= MOST_HELD:
                    self._held.pop(next(iter(self._held)))
                    self._lost += 1
                self._held[record.call_id, record.sequence] = record
            if not self._held:
                return
            try:
                self._buffer.add(self._held.values())
            except StoreError as error:
                if not self._failing:
                    log.error("the buffer of call records cannot be written, they are kept in memory: %s", error)
                self._failing = True
                return
            self._held.clear()
            if self._failing:
                log.warning("the buffer of call records is written again, %d records were lost", self._lost)
                self._failing = False
        self._wake()

    # --- to the readers

    def set(self, settings: SmdrSettings) -> None:
        """Take settings into effect. A reader whose own settings stay is not interrupted. Raises StoreError."""
        with self._setting:
            wanted: dict[str, SerialSettings | int] = {}
            if settings.serial is not None:
                wanted[SERIAL] = settings.serial
            if settings.tcp_port is not None:
                wanted[TCP] = settings.tcp_port
            self._buffer.set_readers(wanted)
            self._settings = settings
            for name in list(self._readers):
                if _wanted_by(self._readers[name]) != wanted.get(name):
                    self._readers.pop(name).stop()
            for name, one in wanted.items():
                if name not in self._readers:
                    queue = _Queue(self._buffer, name, self._line, self._changed, self._ending)
                    reader = SerialReader(one, queue) if isinstance(one, SerialSettings) else TcpReader(one, queue)
                    reader.start()
                    self._readers[name] = reader

    def stop(self) -> None:
        """End every reader; what is not delivered waits in the buffer."""
        self._ending.set()
        self._wake()
        with self._setting:
            for reader in self._readers.values():
                reader.stop()

    @property
    def alive(self) -> bool:
        """Whether every reader's thread runs."""
        return all(reader.alive for reader in list(self._readers.values()))

    @property
    def lost(self) -> int:
        """Records that could be kept neither on disk nor in memory, since the daemon started."""
        return self._lost

    @property
    def settings(self) -> SmdrSettings:
        """Those in effect."""
        return self._settings

    def status(self) -> tuple[ReaderStatus, ...]:
        """Every reader, by name. Raises StoreError."""
        with self._setting:
            readers = dict(self._readers)
        return tuple(
            ReaderStatus(place, readers[place.reader].state)
            for place in self._buffer.places()
            if place.reader in readers
        )

    def tail(self, limit: int) -> tuple[tuple[CallRecord, str], ...]:
        """The newest records with their lines, oldest first. Raises StoreError."""
        return tuple((record, self._line(record)) for record in self._buffer.tail(limit))

    def test(self, now: datetime) -> str:
        """Send a record of a call that never was, marked as such; its call id. Raises StoreError."""
        call_id = f"test-{now.timestamp():.6f}"
        record = CallRecord(call_id, 0, now, now, "internal", "0000", "0000", caller_name="Loopstart", outcome="test")
        self._buffer.add([record])
        self._wake()
        return call_id

    def _line(self, record: CallRecord) -> str:
        return line(record, self._settings.layout, self._settings.zone)

    def _wake(self) -> None:
        with self._changed:
            self._changed.notify_all()


class _Queue:
    """What one reader takes from; see :class:`appliance.hardware.smdr.queue.Queue`."""

    def __init__(
        self,
        buffer: SmdrBuffer,
        reader: str,
        line: Callable[[CallRecord], str],
        changed: threading.Condition,
        ending: threading.Event,
    ) -> None:
        self._buffer = buffer
        self._reader = reader
        self._line = line
        self._changed = changed
        self._ending = ending
        self._failing = False

    def next(self, after: int, limit: int) -> tuple[Waiting, ...]:
        """See the protocol. Nothing while the buffer cannot be read."""
        try:
            records = self._buffer.next(self._reader, after, limit)
        except StoreError as error:
            self._fail(error)
            return ()
        shown = seven_bit if self._reader == SERIAL else str
        return tuple(Waiting(record.number, shown(self._line(record))) for record in records)

    def done(self, number: int) -> None:
        """See the protocol."""
        while True:
            try:
                self._buffer.done(self._reader, number)
                self._failing = False
                return
            except StoreError as error:
                self._fail(error)
                if self._ending.wait(_RETRY_S):
                    return

    def wait(self, timeout_s: float) -> None:
        """See the protocol."""
        with self._changed:
            if not self._ending.is_set():
                self._changed.wait(timeout_s)

    def _fail(self, error: StoreError) -> None:
        if not self._failing:
            log.error("the buffer of call records fails its reader %s: %s", self._reader, error)
        self._failing = True


def _wanted_by(reader: Reader) -> SerialSettings | int:
    return reader.settings if isinstance(reader, SerialReader) else reader.wanted
