#!/usr/bin/python3
"""Restart the box, switch it off, or begin a factory reset. One request of the daemon on standard input, one answer.

usage: power

Requests: {"do": "restart"}, {"do": "off"}, {"do": "reset", "keep": true or false}.
Answers: {"ok": true}, or {"error": what}.

A reset is only noted here, in /data/system/reset; the next start does it before anything uses /data
(/usr/lib/loopstart/reset), and again from the beginning if the power goes meanwhile.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(os.environ.get("LOOPSTART_ROOT", "/"))  # of tests; no unit of the box sets it
MARK = ROOT / "data/system/reset"
BEFORE_S = 1.5


def main() -> int:
    try:
        request = json.loads(sys.stdin.readline(4096))
        doing = {"restart": "reboot", "off": "poweroff", "reset": "reboot"}[request["do"]]
        if request["do"] == "reset":
            note("keep" if request["keep"] is True else "all")
    except (ValueError, TypeError, KeyError) as error:
        return answer({"error": f"no request of ours: {error!r}"}, 1)
    except OSError as error:
        return answer({"error": str(error)}, 1)
    answer({"ok": True}, 0)
    time.sleep(BEFORE_S)
    return subprocess.run(["systemctl", "--no-block", doing], check=False).returncode


def note(what: str) -> None:
    """On disk before the box goes down."""
    MARK.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    draft = MARK.with_suffix(".new")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644), "w") as handle:
        handle.write(f"{what}\n")
        handle.flush()
        os.fsync(handle.fileno())
    draft.rename(MARK)
    folder = os.open(MARK.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def answer(value: dict, code: int) -> int:
    print(json.dumps(value), flush=True)
    return code


if __name__ == "__main__":
    sys.exit(main())
