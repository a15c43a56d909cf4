"""The power fails during the first start, at many points: afterwards the box is whole, always.

Guest writes that reached the emulator stay, later ones are lost: what a disk without a write cache keeps.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable

import pytest

from tests.image.channel import NoAnswer
from tests.image.machine import Machine

pytestmark = [pytest.mark.image, pytest.mark.timeout(1800)]

DATABASES = ("/data/site/site.db", "/data/history/history.db", "/data/site/accounts.db")
# A path that appears at some moment of the first start: the cut comes as soon as it is seen.
MOMENTS = (
    "/data/system/machine-id",
    "/data/system/ssh/host_key",
    "/data/secrets/tls/ca.key",
    "/data/site/site.db",
    "/data/generations/current",
)


def whole(machine: Machine) -> None:
    """Started with everything, the databases sound, the slot good."""
    assert machine.wait_until_started() == "running", machine.sh("systemctl --failed --plain --no-legend")
    for path in DATABASES:
        check = f"import sqlite3; print(sqlite3.connect('{path}').execute('pragma integrity_check').fetchone()[0])"
        assert machine.exec(["python3", "-c", check]).stdout == "ok\n"
    assert "A_TRY=0" in machine.sh("grub-editenv /efi/grub/grubenv list").split()
    assert machine.sh("loopstart status --json | head -c 1") == "{"


def test_cuts_during_the_first_start_leave_a_box_that_starts(machines: Callable[..., Machine]) -> None:
    machine = machines("cuts", network="none", disk_size="5G")
    for path in MOMENTS:
        machine.up()
        wait_for(machine, path)
        machine.kill()
    machine.up()
    whole(machine)
    machine.kill()  # the processors are for the next one


def wait_for(machine: Machine, path: str) -> None:
    deadline = time.monotonic() + 200
    while time.monotonic() < deadline:
        with contextlib.suppress(NoAnswer):
            if machine.exec(["test", "-e", path], check=False, seconds=5).returncode == 0:
                return
        time.sleep(0.05)
    raise AssertionError(f"{path} did not appear:\n{machine.console_text()[-2000:]}")
