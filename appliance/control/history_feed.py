"""From the event path to ``history.db``: facts are gathered and written in batches by one thread.

A burst of events must not wait for the disk. While nothing can be written (a full disk) facts are kept, of
each contact the newest, and written once there is room again.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Protocol

from appliance.live.facts import ContactUpdate, Fact
from appliance.store.errors import StoreError
from appliance.worker import Worker

log = logging.getLogger(__name__)

BATCH_S = 0.2
"""How long facts are gathered: what one call costs in writes, a hundred at once cost too."""
RETRY_S = 5.0
KNOWN_EVERY_S = 5.0
MOST_KEPT = 50_000
"""Facts kept while nothing can be written; at some 500 bytes each, 25 MB."""


class FactWriter(Protocol):
    """What facts are written with: :class:`appliance.store.history.HistoryWriter`, and what stands before it."""

    def write(self, facts: Iterable[Fact]) -> None:
        """Store facts, all or none. Raises StoreError."""
        ...

    def mark_known(self, until: datetime) -> None:
        """Asterisk was heard until then. Raises StoreError."""
        ...


class HistoryFeed(Worker):
    """Runs from :meth:`start` until :meth:`stop`, which writes what waits.

    ``last_heard`` tells until when Asterisk was heard, if it is now.
    """

    def __init__(self, writer: FactWriter, last_heard: Callable[[], datetime | None]) -> None:
        super().__init__("history")
        self._writer = writer
        self._last_heard = last_heard
        self._waiting: dict[object, Fact] = {}
        self._changed = threading.Condition()
        self._failing = False
        self._dropped = 0

    def _wake(self) -> None:
        with self._changed:
            self._changed.notify_all()

    def put(self, facts: Iterable[Fact]) -> None:
        """Take facts to be written. Returns at once."""
        with self._changed:
            for fact in facts:
                key: object = fact.record.key if isinstance(fact, ContactUpdate) else fact
                self._waiting.pop(key, None)
                if len(self._waiting) >= MOST_KEPT:
                    self._waiting.pop(next(iter(self._waiting)))
                    self._dropped += 1
                self._waiting[key] = fact
            self._changed.notify_all()

    def _run(self) -> None:
        while not self._stopping.is_set():
            with self._changed:
                self._changed.wait_for(lambda: self._waiting or self._stopping.is_set(), KNOWN_EVERY_S)
            self._stopping.wait(RETRY_S if self._failing else BATCH_S)
            self._write()
        self._write()

    def _write(self) -> None:
        with self._changed:
            batch, self._waiting = self._waiting, {}
        try:
            self._writer.write(batch.values())
            heard = self._last_heard()
            if heard is not None:
                self._writer.mark_known(heard)
        except StoreError as error:
            if not self._failing:
                log.error("the call history cannot be written, it is kept in memory meanwhile: %s", error)
            self._failing = True
            with self._changed:
                self._waiting = batch | self._waiting  # what came meanwhile is newer
            return
        if self._failing:
            log.warning("the call history is written again, %d contacts were lost", self._dropped)
            self._failing, self._dropped = False, 0
