"""Waiting for the last call to end goes on when Asterisk goes away between two questions."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from appliance.ami.connection import NotConnectedError
from appliance.control import power
from appliance.control.machine_tasks import MachineTasks

AT = datetime(2026, 11, 22, tzinfo=UTC)


def test_what_waits_waits_on_when_nobody_can_say_whether_calls_are_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(power, "LOOK_S", 0.01)
    asked = threading.Semaphore(0)

    def idle() -> bool:
        asked.release()
        raise NotConnectedError

    waiting = power.Power(MachineTasks(tmp_path / "run", tmp_path / "kept"), tmp_path / "power.json", idle)
    waiting.when_idle("restart")
    waiting.start()
    try:
        for _ in range(3):
            assert asked.acquire(timeout=10)
        assert waiting.alive
        assert waiting.view().waiting == "restart"
    finally:
        waiting.stop()


def test_what_waits_for_a_time_waits_for_it_and_then_for_calls(tmp_path: Path) -> None:
    went: list[str] = []

    class Tasks(MachineTasks):
        def ask(self, task: str, **request: object) -> dict[str, object]:
            went.append(str(request["do"]))
            return {"ok": True}

    now, calls = [AT], [1]
    note = tmp_path / "power.json"
    waiting = power.Power(Tasks(), note, lambda: calls[0] == 0, lambda: now[0])
    waiting.when_idle("off", AT + timedelta(hours=1))
    assert (waiting.view().waiting, waiting.view().at) == ("off", AT + timedelta(hours=1))
    calls[0] = 0
    waiting.tick()
    assert went == []
    now[0], calls[0] = AT + timedelta(hours=1), 2
    # A daemon that starts again goes on waiting.
    waiting = power.Power(Tasks(), note, lambda: calls[0] == 0, lambda: now[0])
    waiting.tick()
    assert went == []
    calls[0] = 0
    waiting.tick()
    assert went == ["off"] and waiting.view().waiting is None
