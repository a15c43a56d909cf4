"""A serial cable made of a pseudo-terminal, with a plug: the box has one end, a far end of the tests the other.

Nothing of the appliance is imported by far ends: they know the specification and the bytes.
"""

from __future__ import annotations

import contextlib
import os
import pty
import select
import termios
import time
from pathlib import Path

XON, XOFF = b"\x11", b"\x13"


class Wire:
    """`port` is a link, as udev makes them: it is there while the plug is in."""

    def __init__(self, port: Path) -> None:
        self.port = port
        self._end: int | None = None

    def plug(self) -> None:
        """A new device appears under the old name, as an adapter does that was pulled and put in again."""
        self._end, box_end = pty.openpty()
        os.set_blocking(self._end, False)
        self.port.unlink(missing_ok=True)
        self.port.symlink_to(os.ttyname(box_end))
        # As a port nobody has opened yet. Without an opener the far end reads EIO, which `read` waits out.
        os.close(box_end)

    def unplug(self) -> None:
        self.port.unlink(missing_ok=True)
        if self._end is not None:
            os.close(self._end)
            self._end = None

    def write(self, data: bytes) -> None:
        """Towards the box. What does not fit is waited for."""
        while data:
            assert self._end is not None
            select.select([], [self._end], [], 1.0)
            with contextlib.suppress(BlockingIOError):
                data = data[os.write(self._end, data) :]

    def read(self, wait_s: float = 0.2) -> bytes:
        """What the box sent; b"" when nothing came within the time."""
        assert self._end is not None
        deadline = time.monotonic() + wait_s
        while True:
            left = deadline - time.monotonic()
            with contextlib.suppress(OSError):  # EIO: the box has not opened its end
                if select.select([self._end], [], [], max(0.0, left))[0]:
                    return os.read(self._end, 65536)
            if left <= 0:
                return b""
            time.sleep(0.01)

    def read_until(self, enough: bytes, wait_s: float = 20.0) -> bytes:
        """Everything up to and with these bytes, at least; fails when they do not come."""
        got = b""
        deadline = time.monotonic() + wait_s
        while enough not in got:
            assert time.monotonic() < deadline, f"{enough!r} did not come; got {got[-500:]!r}"
            got += self.read()
        return got

    def settings(self) -> tuple[int, int, int]:
        """What the box set its end to: speed (as termios numbers it), control flags, input flags."""
        assert self._end is not None
        flags = termios.tcgetattr(self._end)
        return flags[5], flags[2], flags[0]
