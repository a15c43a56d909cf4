"""Waiting for the last call to end goes on when Asterisk goes away between two questions."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
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
    waiting.when_idle("restart", AT)
    waiting.start()
    try:
        for _ in range(3):
            assert asked.acquire(timeout=10)
        assert waiting.alive
        assert waiting.view().waiting == "restart"
    finally:
        waiting.stop()
