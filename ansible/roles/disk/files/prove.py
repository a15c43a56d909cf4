#!/usr/bin/python3
"""The system that has just started proves itself: then its slot is marked good. Otherwise the box goes back.

The rule: every service below is active; the daemon says that Asterisk answers it, that a generation is in effect (so
its databases are migrated), and that every line that was up before an update's restart is up again; the web answers
through nginx. GRUB counts the starts of a slot that was not marked good since, and takes the other after three; this
program does not wait for that: when the time is over and the other slot is good, it marks its own bad, notes the
reasons, and restarts the box. Without another good slot the box stays up as it is: half a telephone system is better
than none.

The note, /data/system/proof-A.json or proof-B.json, is read by the daemon of whichever system runs then:
{"update": id, "good": bool, "stays": bool, "reasons": [{"code", "params", "said"}]}. The codes have sentences in
appliance/model/texts/update.py; `said` is for a daemon that does not know them.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import socket
import ssl
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

SERVICES = ("asterisk.service", "loopstartd.service", "loopstart-web.service", "nginx.service")
NOTES = Path("/data/system")
STATE = Path("/data/update/state.json")
RUNNING = ("confirmed", "awaiting")
LEFT = ("restarting", "proving", "fallen_back")
DAEMON = Path("/run/loopstart/control.sock")
PROTOCOL = 1
DAEMON_SECONDS = 30
RECENT = 120  # seconds
UNHEARD = {"proof_unit", "proof_daemon", "proof_program"}  # with these nothing is known of what the daemon would say
WEB = ("127.0.0.1", 443)
WEB_SECONDS = 20

Reason = dict[str, object]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=600, help="how long the system may take")
    deadline = time.monotonic() + parser.parse_args().seconds
    heard, heard_at = [], 0.0
    while reasons := looked():
        now = time.monotonic()
        if not UNHEARD & {one["code"] for one in reasons}:
            heard, heard_at = reasons, now
        if now > deadline:
            # A daemon that is slow to answer just then would hide the line that is missing.
            before = heard if heard is not reasons and now - heard_at <= RECENT else []
            return give_up([*reasons, *before])
        time.sleep(1)
    output("rauc", "status", "mark-good", "booted")
    slot, _ = slots()
    note(slot, good=True)
    # Whoever has proved itself is the next one too. Without this, GRUB would come back to an update that was tried in
    # vain as soon as power cuts had used up this system's starts.
    output("rauc", "status", "mark-active", "booted")
    last = state().get("last")
    if isinstance(last, dict) and last.get("slot") != slot and last.get("stage") in LEFT:
        output("rauc", "status", "mark-bad", "other")
    print(f"system {slot} has proved itself")
    return 0


def looked() -> list[Reason]:
    """What speaks against this system; a fault of this program speaks against it too."""
    try:
        return missing()
    except Exception as error:  # whatever it is: a system whose proof does not run has not proved itself
        return [reason("proof_program", f"the proof failed: {error!r}", detail=repr(error))]


def missing() -> list[Reason]:
    """What speaks against this system; empty when nothing does."""
    states = output("systemctl", "is-active", *SERVICES, check=False).split()
    if len(states) != len(SERVICES):
        return [reason("proof_unit", "systemd does not answer", unit="systemd", state="?")]
    reasons = [
        reason("proof_unit", f"{unit} is {state}", unit=unit.removesuffix(".service"), state=state)
        for unit, state in zip(SERVICES, states, strict=True)
        if state != "active"
    ]
    if reasons:
        return reasons
    try:
        status, update = asked("status.show"), asked("update.show")
    except (OSError, ValueError):
        return [reason("proof_daemon", "the daemon does not answer")]
    if not status.get("asterisk_connected"):
        reasons.append(reason("proof_asterisk", "Asterisk does not answer the daemon"))
    state = status.get("generation_state")
    if state not in RUNNING:
        reasons.append(reason("proof_generation", f"the generation is {state}", state=str(state)))
    if is_new() and (update.get("last") or {}).get("stage") == "restarting":
        # The daemon has yet to look: only then does it say which lines are missing.
        reasons.append(reason("proof_daemon", "the daemon has not looked yet"))
    for line in update.get("missing_lines", ()):
        reasons.append(reason("proof_line", f"{line} was up before and is not now", line=line))
    return reasons or web()


def asked(verb: str) -> dict[str, Any]:
    """What the daemon answers (appliance/control/messages.py), without the seconds that starting its command takes.

    Raises OSError when it cannot be asked, ValueError when it refuses or answers with something else.
    """
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(DAEMON_SECONDS)
        line.connect(str(DAEMON))
        line.sendall(json.dumps({"v": PROTOCOL, "id": "proof", "verb": verb}).encode() + b"\n")
        with line.makefile("rb") as answers:
            reply = json.loads(answers.readline())
    if not reply["ok"]:
        raise ValueError(f"{verb}: {reply['error']}")
    return dict(reply["result"])


def web() -> list[Reason]:
    """Whether a page comes through nginx. The certificate is the box's own, and not what is asked about."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    connection = http.client.HTTPSConnection(*WEB, timeout=WEB_SECONDS, context=context)
    try:
        connection.request("GET", "/sign-in", headers={"Host": "localhost"})
        status = connection.getresponse().status
    except OSError as error:
        return [reason("proof_web", f"the web does not answer: {error}", detail=str(error))]
    finally:
        connection.close()
    return [] if status < 500 else [reason("proof_web", f"the web answers {status}", detail=str(status))]


def give_up(reasons: list[Reason]) -> int:
    """Go back to the other slot if it is good. Returns the exit code of a box that stays."""
    slot, others = slots()
    print(f"system {slot} has not proved itself: {'; '.join(str(one['said']) for one in reasons)}", file=sys.stderr)
    if "good" not in others.values():
        print("there is no other good system: staying", file=sys.stderr)
        note(slot, good=False, stays=True, reasons=reasons)
        return 1
    note(slot, good=False, reasons=reasons)
    output("rauc", "status", "mark-bad", "booted")
    output("systemctl", "--no-block", "reboot")
    return 1


def slots() -> tuple[str, dict[str, str]]:
    """The slot that runs, and of the others whether they are good; as GRUB calls them."""
    shown = json.loads(output("rauc", "status", "--output-format=json"))
    found = [slot for entry in shown["slots"] for slot in entry.values()]
    running = next(slot["bootname"] for slot in found if slot["state"] == "booted")
    return running, {slot["bootname"]: slot["boot_status"] for slot in found if slot["state"] != "booted"}


def is_new() -> bool:
    """Whether this start is the first after an update's restart."""
    return state().get("boot_id") not in ("", None, Path("/proc/sys/kernel/random/boot_id").read_text().strip())


def state() -> dict[str, object]:
    """What the daemon keeps of the last update."""
    try:
        found = json.loads(STATE.read_text())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def note(slot: str, *, good: bool, stays: bool = False, reasons: list[Reason] | None = None) -> None:
    """Leave word for the daemon, whole or not at all."""
    last = state().get("last")
    update = last.get("id", "") if isinstance(last, dict) else ""
    path = NOTES / f"proof-{slot}.json"
    draft = path.with_suffix(".new")
    with draft.open("w") as sink:
        json.dump({"update": update, "good": good, "stays": stays, "reasons": reasons or []}, sink)
        sink.flush()
        os.fsync(sink.fileno())
    draft.rename(path)
    folder = os.open(NOTES, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def reason(code: str, said: str, **params: str) -> Reason:
    return {"code": code, "params": params, "said": said}


def output(*command: str, check: bool = True) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if check and done.returncode:
        print(f"{' '.join(command)}: {done.stderr.strip()}", file=sys.stderr)
        done.check_returncode()
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
