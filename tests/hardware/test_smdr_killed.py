"""The daemon may be killed while records go out: none is lost, and only what was under way may come twice."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from appliance.hardware.smdr.delivery import IN_FLIGHT
from tests.hardware.far_ends.accounting import TcpAccounting, csv_call

DAEMON = """
import sys, time
from pathlib import Path

import pytest
from appliance.control.smdr import TCP, Smdr, SmdrSettings
from appliance.store.smdr import SmdrBuffer, open_smdr
from tests.hardware.conftest import History, ended_call

folder, first = Path(sys.argv[1]), int(sys.argv[2])
smdr = Smdr(SmdrBuffer(open_smdr(folder / "smdr.db", folder)), History())
smdr.set(SmdrSettings(tcp_port=0))
assert smdr._readers[TCP].wait_until_listening(10)
print(smdr._readers[TCP].port, flush=True)
for number in range(first, 100_000):
    smdr.write([ended_call(number)])
    print(number, flush=True)
    time.sleep(0.001)
"""
ROUNDS = 5


@pytest.mark.slow
def test_killed_at_any_moment_nothing_is_lost_and_little_comes_twice(tmp_path: Path) -> None:
    moment = random.Random(os.urandom(8))
    got: list[str] = []
    told = 0
    for _ in range(ROUNDS):
        # After a restart the last calls are told again: the history may not have had them on disk.
        command = [sys.executable, "-c", DAEMON, str(tmp_path), str(max(0, told - 20))]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            reader = TcpAccounting(int(process.stdout.readline()))
            reader.connect()
            wanted = moment.randrange(50, 300)
            reader.read_until(lambda lines, wanted=wanted: len(lines) >= wanted)  # type: ignore[misc]
            process.kill()
            while reader.read():
                pass
            reader.vanish()
            said = [line for line in process.stdout.read().splitlines(keepends=True) if line.endswith("\n")]
            told = int(said[-1]) + 1
        calls = [csv_call(line) for line in reader.lines.lines]
        twice = [call for call in calls if call in got]
        assert len(twice) <= IN_FLIGHT
        assert twice == got[len(got) - len(twice) :], "only the last ones before the kill"
        got += calls[len(twice) :]
        assert got == [f"call-{number}" for number in range(len(got))]
    assert told >= len(got) - 1
