#!/usr/bin/python3
"""The network settings of the box: try new ones, keep them, or go back. Standard library only, as everything of root's.

usage: network ask      one request of the daemon, a JSON line on standard input; one JSON line in answer
       network start    before systemd-networkd: put in place what was confirmed
       network expire   the time of a trial is over (loopstart-network-expire.timer)

Requests: {"do": "try", "settings": ..., "files": {name: text}, "seconds": N}, {"do": "confirm"}, {"do": "revert"}.
Answers: {"ok": true}, or {"error": what}.

/data/system/network.json
    what was confirmed: {"settings", "files"}; no file: the image's own settings, DHCP on every interface
/run/loopstart-network/trial.json
    what is being tried: the same, with "until" (UTC). In memory, so that a power cut or a restart ends the trial
/run/loopstart-network/last.json
    how the last trial ended: {"how": "confirmed", "undone", "expired" or "failed", "at"}
/run/systemd/network
    the files that are in effect. They come from an unprivileged user: only these names, sections and keys pass

The trial's end is systemd's timer, not the daemon's: it comes whatever becomes of the daemon.
"""

import json
import os
import re
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(os.environ.get("LOOPSTART_ROOT", "/"))  # of tests; no unit of the box sets it
KEPT = ROOT / "data/system/network.json"
STATE = ROOT / "run/loopstart-network"
TRIAL, LAST = STATE / "trial.json", STATE / "last.json"
PLACE = ROOT / "run/systemd/network"
TIMER, EXPIRE = "loopstart-network-expire.timer", "loopstart-network-expire.service"
VLAN_FILE, VLAN = "10-loopstart-phones.netdev", "phones"
# Time for the answer to reach a browser that is about to lose its way to the box.
BEFORE_S = 1.5
ADDRESS_S = 20
TOOL_S = 30

KEYS = {
    "10-loopstart-lan.network": {
        "Match": {"Name", "MACAddress", "Type"},
        "Network": {"DHCP", "MulticastDNS", "LLMNR", "IPv6AcceptRA", "LinkLocalAddressing", "Address", "Gateway", "DNS",
                    "VLAN"},
        "DHCPv4": {"ClientIdentifier", "UseNTP", "UseHostname", "UseDNS"},
        "DHCPv6": {"UseDNS"},
        "IPv6AcceptRA": {"UseDNS"},
    },
    VLAN_FILE: {"NetDev": {"Name", "Kind"}, "VLAN": {"Id"}},
    "11-loopstart-phones.network": {
        "Match": {"Name", "Type"},
        "Network": {"DHCP", "MulticastDNS", "LLMNR", "IPv6AcceptRA", "LinkLocalAddressing", "Address"},
        "DHCPv4": {"ClientIdentifier", "UseNTP", "UseHostname", "UseDNS", "UseGateway"},
    },
}  # fmt: skip
LINE = re.compile(r"([A-Za-z0-9]+)=([A-Za-z0-9:./_!* -]*)")
SECTION = re.compile(r"\[([A-Za-z0-9]+)\]")


class RefusedError(Exception):
    """The request is none of ours."""


def main() -> int:
    doing = sys.argv[1] if len(sys.argv) == 2 else ""
    if doing == "start":
        put(confirmed()["files"])
        return 0
    if doing == "expire":
        if TRIAL.exists():
            print("the new network settings were not confirmed: the earlier ones are back", flush=True)
            go_back("expired")
        return 0
    if doing != "ask":
        print(__doc__, file=sys.stderr)
        return 2
    try:
        later = take(json.loads(sys.stdin.readline(1 << 20)))
    except (RefusedError, ValueError, TypeError, KeyError, AttributeError) as error:
        answer({"error": str(error) or type(error).__name__})
        return 1
    except (OSError, subprocess.SubprocessError) as error:
        answer({"error": told(error)})
        return 1
    answer({"ok": True})
    if later is not None:
        time.sleep(BEFORE_S)
        later()
    return 0


def take(request: dict) -> object:
    """Do what has to be done before the answer; returns what comes after it."""
    if request["do"] == "try":
        files = checked(request["files"])
        seconds = int(request["seconds"])
        if not 10 <= seconds <= 3600:
            raise RefusedError("a trial takes 10 to 3600 seconds")
        until = (datetime.now(UTC) + timedelta(seconds=seconds)).isoformat()
        run("systemctl", "stop", TIMER, check=False)
        write(TRIAL, {"settings": request["settings"], "files": files, "until": until})
        run("systemd-run", "--quiet", "--collect", f"--unit={EXPIRE}", f"--on-active={seconds}",
            "--timer-property=AccuracySec=100ms")  # fmt: skip
        return begin
    if request["do"] == "confirm":
        trial = read(TRIAL)
        if trial is None:
            raise RefusedError("nothing is being tried")
        KEPT.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
        write(KEPT, {"settings": trial["settings"], "files": trial["files"]})
        run("systemctl", "stop", TIMER, check=False)
        ended("confirmed")
        return None
    if request["do"] == "revert":
        if read(TRIAL) is None:
            raise RefusedError("nothing is being tried")
        run("systemctl", "stop", TIMER, check=False)
        return lambda: go_back("undone")
    raise RefusedError("try, confirm or revert")


def begin() -> None:
    """Put the trial in effect; what systemd-networkd will not have is undone at once."""
    trial = read(TRIAL)
    if trial is None:  # undone meanwhile
        return
    try:
        effective(trial["files"])
    except (OSError, subprocess.SubprocessError) as error:
        print(f"<3>the network settings could not be tried: {told(error)}", flush=True)
        run("systemctl", "stop", TIMER, check=False)
        go_back("failed")


def go_back(how: str) -> None:
    ended(how)
    effective(confirmed()["files"])


def ended(how: str) -> None:
    write(LAST, {"how": how, "at": datetime.now(UTC).isoformat()})
    TRIAL.unlink(missing_ok=True)


def confirmed() -> dict:
    """What was confirmed; the image's own settings where there is nothing that can be read."""
    found = read(KEPT)
    try:
        return {"files": checked(found["files"])} if found is not None else {"files": {}}
    except (RefusedError, KeyError, TypeError, AttributeError) as error:
        print(f"<3>{KEPT} is damaged, addresses come by DHCP: {error}", flush=True)
        return {"files": {}}


def checked(files: dict) -> dict:
    """The files, if they are nothing but the ones we know, with the keys we know."""
    for name, text in files.items():
        known, section = KEYS.get(name), None
        if known is None:
            raise RefusedError(f"no file of ours: {name!r}")
        for line in text.split("\n"):
            if not line or line.startswith("#"):
                continue
            if (found := SECTION.fullmatch(line)) is not None and found[1] in known:
                section = found[1]
            elif section is None or (found := LINE.fullmatch(line)) is None or found[1] not in known[section]:
                raise RefusedError(f"no line of ours: {line!r}")
    return dict(files)


def put(files: dict) -> None:
    """The files and no others of ours."""
    PLACE.mkdir(mode=0o755, parents=True, exist_ok=True)
    for name in KEYS:
        path = PLACE / name
        if name in files:
            draft = path.with_suffix(".new")
            draft.write_text(files[name])
            draft.chmod(0o644)
            draft.rename(path)
        else:
            path.unlink(missing_ok=True)


def effective(files: dict) -> None:
    """Put them, and have them read; then the certificate gets the new addresses."""
    vlan = PLACE / VLAN_FILE
    before = vlan.read_text() if vlan.exists() else None
    put(files)
    if before is not None and before != files.get(VLAN_FILE):
        # systemd-networkd changes no device that is there already (networkctl(1), reload).
        run("networkctl", "delete", VLAN, check=False)
    run("networkctl", "reload")
    wait = "systemd-networkd-wait-online"
    run(wait, "--any", "--operational-state=routable", f"--timeout={ADDRESS_S}", check=False)
    run("systemctl", "--no-block", "restart", "loopstart-certificate.service", check=False)


def run(*command: str, check: bool = True) -> None:
    environment = {**os.environ, "PATH": f"{os.environ['PATH']}:/usr/lib/systemd"}
    subprocess.run(command, check=check, capture_output=True, text=True, timeout=TOOL_S, env=environment)


def told(error: Exception) -> str:
    return (getattr(error, "stderr", None) or str(error)).strip()


def read(path: Path) -> dict | None:
    try:
        found = json.loads(path.read_text())
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def write(path: Path, value: dict) -> None:
    """Whole or not at all, also when the power goes."""
    draft = path.with_suffix(".new")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644), "w") as handle:
        os.fchmod(handle.fileno(), 0o644)
        json.dump(value, handle)
        handle.flush()
        os.fsync(handle.fileno())
    draft.rename(path)
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def answer(value: dict) -> None:
    try:
        sys.stdout.write(json.dumps(value) + "\n")
        sys.stdout.flush()
    except OSError:  # whoever asked is gone; the work goes on
        sys.stdout = sys.stderr


if __name__ == "__main__":
    sys.exit(main())
