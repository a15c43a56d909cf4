"""A worker begins, ends when it is told, and shows when it has failed."""

from __future__ import annotations

import threading

from appliance.worker import Worker


class Counting(Worker):
    """Counts until its stop; ends early where it is told to fail."""

    def __init__(self, *, fails: bool = False) -> None:
        super().__init__("counting", stop_s=5)
        self.begun = threading.Event()
        self.awake = threading.Event()
        self.ended = False
        self._fails = fails

    def _wake(self) -> None:
        self.awake.set()

    def _run(self) -> None:
        self.begun.set()
        if not self._fails:
            self.awake.wait(30)
            assert self._stopping.is_set()
            self.ended = True


def test_it_runs_from_its_start_until_its_stop() -> None:
    worker = Counting()
    assert not worker.alive
    worker.start()
    assert worker.begun.wait(5)
    assert worker.alive
    worker.stop()
    assert (worker.ended, worker.alive) == (True, False)
    worker.stop()


def test_one_that_was_never_started_is_stopped_at_once() -> None:
    Counting().stop()


def test_one_that_ended_by_itself_is_not_alive() -> None:
    worker = Counting(fails=True)
    worker.start()
    assert worker.begun.wait(5)
    worker._thread.join(5)
    assert not worker.alive
