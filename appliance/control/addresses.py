"""The box's own IPv4 addresses, for people to type in."""

from __future__ import annotations

import fcntl
import socket
import struct
from pathlib import Path

_SIOCGIFADDR = 0x8915
"""linux/sockios.h, netdevice(7): the address of an interface."""
_NAME_BYTES = 15


def addresses() -> tuple[tuple[str, str], ...]:
    """Interface and address of each interface that has one, loopback left out, in the kernel's order."""
    found = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asker:
        for name in _interfaces():
            request = struct.pack("256s", name.encode()[:_NAME_BYTES])
            try:
                answer = fcntl.ioctl(asker.fileno(), _SIOCGIFADDR, request)
            except OSError:
                continue  # it has none
            address = socket.inet_ntoa(answer[20:24])
            if not address.startswith("127."):
                found.append((name, address))
    return tuple(found)


def _interfaces() -> list[str]:
    """From sysfs: ``if_nameindex`` asks by netlink, which the unit's sandbox does not let through."""
    folder = Path("/sys/class/net")
    named = [(_number(entry / "ifindex"), entry.name) for entry in folder.iterdir()] if folder.is_dir() else []
    return [name for _, name in sorted(named)]


def _number(path: Path) -> int:
    try:
        return int(path.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return 0  # gone meanwhile
