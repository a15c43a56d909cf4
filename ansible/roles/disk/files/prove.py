#!/usr/bin/python3
"""The system that has just started proves itself: then its slot is marked good. Otherwise the box goes back.

The rule: every service below is active, and the daemon says that Asterisk answers it and that a generation is
in effect. GRUB counts the starts of a slot that was not marked good since, and takes the other after three;
this program does not wait for that: when the time is over and the other slot is good, it marks its own bad,
notes the reason in /data/system/fallen-back.json and restarts the box. Without another good slot the box stays
up as it is: half a telephone system is better than none.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path

SERVICES = ("asterisk.service", "loopstartd.service", "loopstart-web.service", "nginx.service")
NOTE = Path("/data/system/fallen-back.json")
RUNNING = ("confirmed", "awaiting")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=600, help="how long the system may take")
    deadline = time.monotonic() + parser.parse_args().seconds
    while reasons := missing():
        if time.monotonic() > deadline:
            return give_up(reasons)
        time.sleep(1)
    output("rauc", "status", "mark-good", "booted")
    print("this system has proved itself")
    return 0


def missing() -> list[str]:
    """What speaks against this system, in words; empty when nothing does."""
    states = output("systemctl", "is-active", *SERVICES, check=False).split()
    reasons = [f"{unit} is {state}" for unit, state in zip(SERVICES, states, strict=False) if state != "active"]
    if reasons or len(states) != len(SERVICES):
        return reasons or ["systemd does not answer"]
    try:
        status = json.loads(output("loopstart", "status", "--json"))
    except (subprocess.CalledProcessError, ValueError):
        return ["the daemon does not answer"]
    if not status.get("asterisk_connected"):
        reasons.append("Asterisk does not answer the daemon")
    if status.get("generation_state") not in RUNNING:
        reasons.append(f"the generation is {status.get('generation_state')}")
    return reasons


def give_up(reasons: list[str]) -> int:
    """Go back to the other slot if it is good. Returns the exit code of a box that stays."""
    slots = [
        slot
        for entry in json.loads(output("rauc", "status", "--output-format=json"))["slots"]
        for slot in entry.values()
    ]
    booted = next(slot["bootname"] for slot in slots if slot["state"] == "booted")
    print(f"system {booted} has not proved itself: {'; '.join(reasons)}", file=sys.stderr)
    if not any(slot["state"] != "booted" and slot["boot_status"] == "good" for slot in slots):
        print("there is no other good system: staying", file=sys.stderr)
        return 1
    draft = NOTE.with_suffix(".new")
    with draft.open("w") as sink:
        json.dump({"slot": booted, "at": time.time(), "reasons": reasons}, sink)
        sink.flush()
        os.fsync(sink.fileno())
    draft.rename(NOTE)
    output("rauc", "status", "mark-bad", "booted")
    output("systemctl", "--no-block", "reboot")
    return 1


def output(*command: str, check: bool = True) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if check and done.returncode:
        print(f"{' '.join(command)}: {done.stderr.strip()}", file=sys.stderr)
        done.check_returncode()
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
