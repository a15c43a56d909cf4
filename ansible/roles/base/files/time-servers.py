#!/usr/bin/python3
"""Tell chrony of the time servers that DHCP brought. Standard library only.

usage: time-servers

Run by loopstart-time-servers.path when systemd-networkd has another lease. Servers are taken from what systemd-networkd
says of its links (org.freedesktop.network1(5), Describe); /run/chrony-dhcp/dhcp.sources is read again by chrony when it
has changed (chrony.conf(5), sourcedir).
"""

import ipaddress
import json
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(os.environ.get("LOOPSTART_ROOT", "/"))  # of tests; no unit of the box sets it
SOURCES = ROOT / "run/chrony-dhcp/dhcp.sources"
DESCRIBE = (
    "busctl", "--json=short", "--timeout=5", "call", "org.freedesktop.network1",
    "/org/freedesktop/network1", "org.freedesktop.network1.Manager", "Describe",
)  # fmt: skip
MOST = 8
NAME = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")


def main() -> int:
    told = subprocess.run(DESCRIBE, capture_output=True, text=True, timeout=20, check=False)
    if told.returncode:
        print(f"systemd-networkd does not answer: {told.stderr.strip()}", file=sys.stderr)
        return 1
    wanted = "".join(f"server {server} iburst\n" for server in servers(told.stdout))
    before = SOURCES.read_text() if SOURCES.exists() else ""
    if wanted == before:
        return 0
    draft = SOURCES.with_suffix(".new")  # chrony reads only names that end in .sources
    draft.write_text(wanted)
    draft.rename(SOURCES)
    print(f"time servers: {', '.join(wanted.split()[1::3]) or 'none'}")
    # Where chrony does not run it reads them when it starts.
    subprocess.run(["chronyc", "reload", "sources"], capture_output=True, timeout=20, check=False)
    return 0


def servers(described: str) -> list[str]:
    """Addresses and names of every link, each once, in their order. What is neither is passed over: it came from a
    network, and a line of chrony's would do what it says.
    """
    links = json.loads(json.loads(described)["data"][0]).get("Interfaces", [])
    found: dict[str, None] = {}
    for link in links:
        for one in link.get("NTP", []):
            server = text(one)
            if server is not None:
                found[server] = None
    return list(found)[:MOST]


def text(one: dict) -> str | None:
    if "Address" in one:
        address = one["Address"]
        if not isinstance(address, list):  # a number would be taken for a length
            return None
        try:
            return str(ipaddress.ip_address(bytes(address)))
        except (ValueError, TypeError):
            return None
    name = one.get("Server")
    return name if isinstance(name, str) and NAME.fullmatch(name) else None


if __name__ == "__main__":
    sys.exit(main())
