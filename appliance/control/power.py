"""Restarting the box and switching it off: at once, when no call is up, or then but not before a moment.

What waits is kept beside the control socket, in memory: a daemon that starts again goes on waiting, a box that was
switched off meanwhile has nothing left to do.
"""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Literal

from appliance.control.machine_tasks import MachineError, MachineTasks, read_json
from appliance.model.machine_shown import PowerView
from appliance.store.moments import utc_now
from appliance.worker import Worker

log = logging.getLogger(__name__)

LOOK_S = 1.0
Action = Literal["restart", "off"]


class Power(Worker):
    """Waits for the last call to end, from :meth:`start` until :meth:`stop`; what waits then does so at the next start.

    idle: whether no call is up; None when that is not known (Asterisk does not answer): then it waits on.
    """

    def __init__(
        self,
        tasks: MachineTasks,
        note: Path,
        idle: Callable[[], bool | None],
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        super().__init__("power")
        self._tasks = tasks
        self._note = note
        self._idle = idle
        self._clock = clock
        self._lock = threading.Lock()

    def view(self) -> PowerView:
        """What waits."""
        found = read_json(self._note)
        if found is None:
            return PowerView()
        at = found.get("at")
        return PowerView(
            waiting=found["action"],
            since=datetime.fromisoformat(found["since"]),
            at=datetime.fromisoformat(at) if at else None,
        )

    def now(self, action: Action) -> None:
        """Do it. Raises :class:`MachineError`."""
        with self._lock:
            self._tasks.ask("power", do=action)
            self._note.unlink(missing_ok=True)

    def when_idle(self, action: Action, not_before: datetime | None = None) -> None:
        """Do it once no call is up, and not before a moment."""
        noted = {
            "action": action,
            "since": self._clock().isoformat(),
            "at": not_before.isoformat() if not_before is not None else None,
        }
        with self._lock:
            beside = self._note.with_suffix(".new")
            beside.write_text(json.dumps(noted), encoding="utf-8")
            beside.replace(self._note)

    def cancel(self) -> bool:
        """Wait no more; whether something waited."""
        with self._lock:
            waited = self._note.exists()
            self._note.unlink(missing_ok=True)
            return waited

    def tick(self) -> None:
        """Do what waits if no call is up."""
        view = self.view()
        waiting = view.waiting
        if waiting is None or (view.at is not None and self._clock() < view.at) or not self._idle():
            return
        log.info("no call is up: the box goes down (%s)", waiting)
        try:
            self.now(waiting)
        except MachineError as error:
            self.cancel()
            log.error("the box could not be switched: %s", error)

    def _run(self) -> None:
        while not self._stopping.wait(LOOK_S):
            try:
                self.tick()
            except Exception:  # Asterisk may go away between two questions: what waits waits on
                log.exception("whether calls are up is not known")
