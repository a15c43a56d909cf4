"""From the power switch to the first call: the flashed image at its first start, beside a plain Debian with Asterisk.

Both on the same emulated machine, in turns. A telephone inside the machine calls the echo test until it is answered;
on our image a site with that telephone is imported and applied first, as soon as the daemon takes it.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench import load, plain_debian
from tests.bench.bench import PYTHON, Bench
from tests.bench.result import Result, at_most, by, median
from tests.calls.load import pairs
from tests.image.machine import Machine

TOP = Path(__file__).resolve().parents[2]
AIM = 1.25
CALL_S = 900.0
SETTLE_S = 60.0
"""After the first call, until memory is read."""
ECHO = "*43"
PHONE = (Path(__file__).parent / "sip_phone.py").read_text()
CALLING = """

def call_until_answered(number, secret, service, within):
    bound = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    bound.bind(("127.0.0.1", 5070))
    phone = SipPhone(bound, ("127.0.0.1", 5070), "127.0.0.1", number, secret)
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        answer = phone.call(service, 2.0)
        if answer.status == 200:
            return
        time.sleep(0.05)
    raise SystemExit(f"no call was answered: the last answer was {answer.status}")
"""
OURS = """
import json
from appliance.control.client import ControlClient, ControlError
client, deadline = ControlClient(timeout=300), time.monotonic() + 900
while True:
    try:
        client.ask("site.import", document=json.loads(SITE))
        break
    except ControlError as error:
        if error.code != "unavailable" or time.monotonic() > deadline:
            raise
        time.sleep(0.2)
outcome = client.ask("site.apply", note="first boot")
assert outcome["state"] == "confirmed", outcome
"""


def measure(bench: Bench) -> Iterator[Result]:
    """Three rounds of each, ours and the plain one in turns; the medians."""
    shown = subprocess.run([TOP / "image_build/image", "--raw"], stdout=subprocess.PIPE, text=True, check=True)
    ours = Path(shown.stdout.split()[0])
    plain = plain_debian.image(ours.parent / "BOOTX64.EFI")
    member = pairs(1)[0]
    site = json.dumps(load.site([member]))
    programs = {
        "ours": (ours, PYTHON, f"SITE = {site!r}\n{OURS}", member.caller, member.caller_secret, ECHO),
        "plain": (plain, "/usr/bin/python3", "", plain_debian.NUMBER, plain_debian.SECRET, plain_debian.SERVICE),
    }  # fmt: skip
    seconds: dict[str, list[float]] = {name: [] for name in programs}
    memory: dict[str, list[float]] = {name: [] for name in programs}
    stages: dict[str, str] = {}
    for _ in range(1 if bench.quick else 3):
        for name, (image, python, before, number, secret, service) in programs.items():
            bench.say(f"  first start: {name}")
            script = f"{PHONE}{CALLING}{before}\ncall_until_answered({number!r}, {secret!r}, {service!r}, {CALL_S})\n"
            with first_start(image) as machine:
                began = time.monotonic()
                machine.up(CALL_S)
                machine.exec([python, "-"], input=script, seconds=CALL_S)
                seconds[name].append(time.monotonic() - began)
                time.sleep(SETTLE_S)
                memory[name].append(used_mb(machine))
                stages[name] = machine.sh("systemd-analyze time | head -n 1", check=False).strip()
            bench.say(f"  first start: {name}: {seconds[name][-1]:.0f} s, {memory[name][-1]:.0f} MB used")
    took, base = median(seconds["ours"]), median(seconds["plain"])
    yield Result(
        "first start of the flashed image, to the first call", round(took, 1), "s",
        round(base, 1), "plain Debian 13 with the same Asterisk", by(took, base),
        aims=(at_most(took / base, AIM, f"within {AIM:g}x of plain Debian"),),
        detail={"seconds": {name: [round(one, 1) for one in each] for name, each in seconds.items()}, "stages": stages},
        note="software emulation; ours makes its identity, its own CA and its databases, and applies a site",
    )  # fmt: skip
    used, base_used = median(memory["ours"]), median(memory["plain"])
    yield Result(
        "memory used by the whole machine, idle", round(used), "MB", round(base_used),
        "plain Debian 13 with the same Asterisk", by(used, base_used),
        aims=(at_most(used, 400, "under 400 MB"),),
        note="what `free` calls used, a minute after the first call, of a machine with 1 GiB",
    )  # fmt: skip


@contextlib.contextmanager
def first_start(image: Path) -> Iterator[Machine]:
    """A machine with a new disk of this image, still off."""
    with tempfile.TemporaryDirectory(prefix="first-") as folder:
        machine = Machine(Path(folder), image, disk_size="8G")
        try:
            yield machine
        finally:
            machine.kill()


def used_mb(machine: Machine) -> float:
    """Memory that could not be given to another program, in MB."""
    lines = dict(line.split(":") for line in machine.sh("cat /proc/meminfo").splitlines())
    kib = {name: int(lines[name].split()[0]) for name in ("MemTotal", "MemAvailable")}
    return (kib["MemTotal"] - kib["MemAvailable"]) * 1024 / 1e6
