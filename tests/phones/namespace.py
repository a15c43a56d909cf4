"""A network namespace with one address: the socket in the wall that a phone is plugged into."""

from __future__ import annotations

import ctypes
import os
import socket
import subprocess
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CLONE_NEWNET = 0x40000000  # sched.h
_libc = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True)
class Namespace:
    """A named namespace (`ip netns`), the address in it and the interface that carries the address."""

    name: str
    address: str
    interface: str = "eth0"

    def popen(self, command: Sequence[str | Path], **options: Any) -> subprocess.Popen[bytes]:
        """Start a program inside; options as of ``subprocess.Popen``."""
        return subprocess.Popen(["ip", "netns", "exec", self.name, *map(str, command)], **options)

    def socket(self, family: int, kind: int, protocol: int = 0) -> socket.socket:
        """A socket that lives inside, usable from here.

        A socket belongs to the namespace its maker was in (network_namespaces(7)). Only a thread made for
        it goes there, because ``setns`` moves the calling thread alone and this one must not stay behind.
        """
        made: list[socket.socket | OSError] = []

        def make() -> None:
            try:
                self._enter()
                made.append(socket.socket(family, kind, protocol))
            except OSError as error:
                made.append(error)

        thread = threading.Thread(target=make)
        thread.start()
        thread.join()
        if isinstance(made[0], OSError):
            raise made[0]
        return made[0]

    def _enter(self) -> None:
        namespace = os.open(f"/run/netns/{self.name}", os.O_RDONLY | os.O_CLOEXEC)
        try:
            if _libc.setns(namespace, CLONE_NEWNET) != 0:
                error = ctypes.get_errno()
                raise OSError(error, os.strerror(error), self.name)
        finally:
            os.close(namespace)
