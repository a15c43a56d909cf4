#!/usr/bin/python3
"""The name of the machine follows the site's. Standard library only.

usage: name ask      one request of the daemon, a JSON line on standard input; one JSON line in answer
       name start    at boot, before anything shows the name

Request: {"name": "najd-clinic"}. Answer: {"ok": true, "changed": true or false}, or {"error": what}.

/data/system/hostname holds it, for the root is read-only and /etc/hostname is the image's. The kernel is told directly
(sethostname(2)): hostnamed prefers what stands in /etc/hostname.
avahi, who shows it to others (name.local), is told. The certificate names it from the next night or start on: a new one
restarts nginx, which is no good moment for whoever has just applied the name.
"""

import json
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(os.environ.get("LOOPSTART_ROOT", "/"))  # of tests; no unit of the box sets it
KEPT = ROOT / "data/system/hostname"
NAME = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
TOLD = ("systemctl", "--no-block", "try-restart", "avahi-daemon.service")


def main() -> int:
    if sys.argv[1:] == ["start"]:
        name = kept()
        if name is not None and name != socket.gethostname():
            socket.sethostname(name)
        return 0
    try:
        name = json.loads(sys.stdin.readline(4096))["name"]
        if not isinstance(name, str) or NAME.fullmatch(name) is None:
            raise ValueError(name)
    except (ValueError, TypeError, KeyError) as error:
        return answer({"error": f"no request of ours: {error!r}"}, 1)
    try:
        if kept() != name:
            keep(name)
        changed = name != socket.gethostname()
        if changed:
            socket.sethostname(name)
    except OSError as error:
        return answer({"error": str(error)}, 1)
    if changed:
        subprocess.run(TOLD, check=False)
    return answer({"ok": True, "changed": changed}, 0)


def kept() -> str | None:
    """What was kept; None where there is nothing, or something half written."""
    try:
        name = KEPT.read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return None
    return name if NAME.fullmatch(name) else None


def keep(name: str) -> None:
    """On disk, whole or not at all."""
    KEPT.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    draft = KEPT.with_suffix(".new")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644), "w", encoding="ascii") as handle:
        handle.write(f"{name}\n")
        handle.flush()
        os.fsync(handle.fileno())
    draft.rename(KEPT)
    folder = os.open(KEPT.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def answer(value: dict, code: int) -> int:
    print(json.dumps(value), flush=True)
    return code


if __name__ == "__main__":
    sys.exit(main())
