"""What runs beside everything else in the daemon: a thread each, from its start until its stop."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod


class Worker(ABC):
    """One thread, from :meth:`start` until :meth:`stop`; what it does is ``_run``, which ends soon after ``_stopping``.

    name: of the thread, for a debugger. stop_s: seconds that a stop waits for what is under way; the thread does not
    keep the process from ending.
    """

    def __init__(self, name: str, stop_s: float = 10.0) -> None:
        self._stopping = threading.Event()
        self._stop_s = stop_s
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin. Once only."""
        self._thread.start()

    def stop(self) -> None:
        """End, after what is under way. Also right for one that was never started, or has ended."""
        self._stopping.set()
        self._wake()
        if self._thread.is_alive():
            self._thread.join(timeout=self._stop_s)

    @property
    def alive(self) -> bool:
        """Whether it runs: one that has ended before its stop has failed."""
        return self._thread.is_alive()

    def _wake(self) -> None:  # noqa: B027  # most wait for nothing else
        """End what it waits for other than ``_stopping``."""

    @abstractmethod
    def _run(self) -> None:
        """The thread."""
