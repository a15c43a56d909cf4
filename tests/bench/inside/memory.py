"""Inside the box: memory of each process, in bytes.

Prints ``[{"unit", "command", "pss", "rss"}, …]``. PSS: the process's own pages and its share of those that
others map too (proc_pid_smaps_rollup). This process and its shell are left out.
"""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path


def row(process: Path) -> dict[str, object] | None:
    """One process; None when it has ended or is the kernel's."""
    try:
        rollup = (process / "smaps_rollup").read_text()
        command = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace").strip()
        groups = (process / "cgroup").read_text()
    except OSError:
        return None
    unit = re.search(r"/([^/\n]+\.(?:service|scope))", groups)
    sizes = {name: 1024 * int(value) for name, value in re.findall(r"^(Rss|Pss):\s+(\d+) kB", rollup, re.MULTILINE)}
    if not command or len(sizes) < 2:
        return None
    named = unit.group(1) if unit else "systemd" if process.name == "1" else "outside any unit"
    return {"unit": named, "command": command[:120], "pss": sizes["Pss"], "rss": sizes["Rss"]}


if __name__ == "__main__":
    own = {str(os.getpid()), str(os.getppid())}
    found = [row(path) for path in Path("/proc").iterdir() if path.name.isdigit() and path.name not in own]
    json.dump([one for one in found if one], sys.stdout)
