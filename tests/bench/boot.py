"""From the start of the box's first process to the first call between two phones."""

from __future__ import annotations

import re
import socket
import subprocess
import time
from collections.abc import Iterator

from tests.bench import load
from tests.bench.bench import Bench
from tests.bench.load import Load
from tests.bench.result import Result, by
from tests.bench.sip_phone import SipPhone
from tests.boxes import COMMAND
from tests.calls.load import Pair, pairs
from tests.phones.namespace import Namespace

WITHIN_S = 90.0
TRY_S = 0.25
CALLER_PORT = 5070


def measure(bench: Bench) -> Iterator[Result]:
    """A power cut, and the box back until a call is answered; against the bare Asterisk, started, until it is."""
    members = pairs(1)
    bench.become(load.site(members))
    near, far = (Namespace(*bench.box.phone(name)) for name in ("loadnear", "loadfar"))
    calls = Load(near, far, bench.folder / "boot", members)
    bench.bare.start()
    calls.register(bench.ours)
    calls.register(bench.bare.target)
    with calls.answering(bench.ours, bench.bare.target):
        bench.say("  bare Asterisk, started")
        address = bench.bare.target.address
        bench.bare.restart()
        bare = first_call(near, address, members[0]) - bench.bare.started_at()
        bench.bare.stop()
        bench.say("  the box, after a power cut")
        bench.box.kill()
        booting = subprocess.Popen(
            [COMMAND, "--name", bench.box.name, "reboot"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        answered = first_call(near, bench.box.address, members[0])
        booting.wait(timeout=WITHIN_S)
    bench.push()
    ours = answered - first_process_at(bench)
    yield Result(
        "boot to the first call", round(ours, 2), "s", round(bare, 2), "bare Asterisk alone, started by systemd",
        by(ours, bare),
        detail={"systemd": bench.box.exec(["systemd-analyze", "time"], check=False).stdout.splitlines()[:1],
                "asterisk_active_s": active_after(bench, "asterisk.service"),
                "daemon_active_s": active_after(bench, "loopstartd.service")},
        note=f"after a power cut; a call is tried every {1000 * TRY_S:g} ms; the phones were registered before",
    )  # fmt: skip


def first_call(near: Namespace, server: str, pair: Pair) -> float:
    """Call until it is answered; when that was. Raises RuntimeError when the time is over."""
    deadline = time.monotonic() + WITHIN_S
    with near.socket(socket.AF_INET, socket.SOCK_DGRAM) as bound:
        bound.bind((near.address, CALLER_PORT))
        phone = SipPhone(bound, (near.address, CALLER_PORT), server, pair.caller, pair.caller_secret)
        while time.monotonic() < deadline:
            answer = phone.call(pair.callee, TRY_S)
            if answer.status == 200:
                return time.monotonic()
            time.sleep(0.02 if answer.status else 0.0)
    raise RuntimeError(f"no call was answered within {WITHIN_S:g} s")


def first_process_at(bench: Bench) -> float:
    """When the box's first process was ready to start units, on this machine's monotonic clock, which is the same."""
    shown = bench.box.exec(["systemctl", "show", "-P", "UserspaceTimestampMonotonic"]).stdout
    return int(shown) / 1e6


def active_after(bench: Bench, unit: str) -> float:
    """Seconds from the first process to a unit being active."""
    shown = bench.box.exec(["systemctl", "show", "-P", "ActiveEnterTimestampMonotonic", unit]).stdout
    found = re.match(r"\d+", shown)
    return round(int(found.group()) / 1e6 - first_process_at(bench), 2) if found else float("nan")
