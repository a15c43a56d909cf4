"""Who is at the other end of the socket, from what the kernel says of it (``SO_PEERCRED``, unix(7))."""

from __future__ import annotations

import os
import pwd
import socket
import struct
from dataclasses import dataclass
from enum import StrEnum

_UCRED = struct.Struct("3i")

WEB_USER = "loopstart-web"


class Door(StrEnum):
    """The ways into the daemon."""

    CONSOLE = "console"
    """Root and the daemon's own user: everything, without signing in."""
    WEB = "web"
    """The web's user: nothing by itself; the session or token it attaches decides."""


@dataclass(frozen=True, slots=True)
class Peer:
    """A process at the other end. user: name of its unix user, ``uid 1234`` where it has none."""

    door: Door
    user: str
    uid: int


@dataclass(frozen=True, slots=True)
class Doors:
    """Which unix users may come in, and by which door."""

    console: frozenset[int]
    web: frozenset[int]

    @classmethod
    def of_this_box(cls) -> Doors:
        """Root and the own user at the console, ``loopstart-web`` as the web where there is such a user."""
        try:
            web = frozenset({pwd.getpwnam(WEB_USER).pw_uid})
        except KeyError:
            web = frozenset()
        return cls(frozenset({0, os.getuid()}), web)

    def admit(self, connection: socket.socket) -> Peer | None:
        """The peer of a connection, None for anybody who may not come in."""
        _, uid, _ = _UCRED.unpack(connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _UCRED.size))
        if uid in self.web:
            return Peer(Door.WEB, _name(uid), uid)
        if uid in self.console:
            return Peer(Door.CONSOLE, _name(uid), uid)
        return None


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"uid {uid}"
