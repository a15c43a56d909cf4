"""Somebody at the serial console of a machine, with a terminal that shows what a VT100 shows.

Unlike a pseudo-terminal of the menu's own, the line also carries what firmware, GRUB, the kernel and systemd print. A
person looks past it, and presses Ctrl-L when it stands in the way.
"""

from __future__ import annotations

import codecs
import re
import select
import socket
import time

from tests.image.machine import Machine
from tests.terminal import Vt100

_ANY_SEQUENCE = re.compile(r"\x1b(\[[0-9;?<=>]*[ -/]*[@-~]|[()][A-Z0-9]|[=>cM78]|\][^\x07\x1b]*(\x07|\x1b\\))")
_CONTROLS = re.compile(r"[\x00-\x1a\x1c-\x1f\x7f-\x9f]")
REDRAW_S = 15.0


class Glass(Vt100):
    """A terminal that forgives: other sequences do nothing, text runs off its edge."""

    def feed(self, text: str) -> None:
        text = self._rest + text
        self._rest = ""
        while text:
            escape = text.find("\x1b")
            if escape:
                plain, text = (text, "") if escape < 0 else (text[:escape], text[escape:])
                self.rows[self._row] += _CONTROLS.sub("", plain)
                continue
            found = _ANY_SEQUENCE.match(text)
            if found is None:
                if len(text) < 32:
                    self._rest = text
                    return
                text = text[1:]
                continue
            row = re.fullmatch(r"\x1b\[(\d*)(?:;(\d*))?H", found[0])
            if row is not None:
                self._row = min(int(row[1] or 1), len(self.rows)) - 1
                self.rows[self._row] = ""
            elif found[0] == "\x1b[2J":
                self.rows = [""] * len(self.rows)
            text = text[found.end() :]


class SerialLine:
    """The other end of the cable. One at a time for a machine, which must be switched on."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self.glass = Glass()
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._line = socket.socket(socket.AF_UNIX)
        deadline = time.monotonic() + 10
        while True:
            try:
                self._line.connect(str(machine.folder / "serial"))
                return
            except OSError:
                assert time.monotonic() < deadline, "no serial port"
                time.sleep(0.1)

    def type(self, keys: str) -> None:
        """A person's pace: a key, then the next."""
        for key in keys:
            self._line.sendall(key.encode())
            self._hear(0.2)

    def sees(self, *wanted: str, seconds: float) -> str:
        """Wait until all of it is on the screen; the screen. Draws it anew when something else printed over it."""
        deadline, redraw = time.monotonic() + seconds, time.monotonic() + REDRAW_S
        while not all(one in self.glass.text for one in wanted):
            now = time.monotonic()
            assert now < deadline, f"not seen: {wanted}\n{self.glass.text}\n{self.machine.console_text()[-2000:]}"
            assert self.machine.runs, f"it went off before {wanted}\n{self.glass.text}"
            if now > redraw and "Loopstart" in self.glass.text:
                self._line.sendall(b"\x0c")
            redraw = now + REDRAW_S if now > redraw else redraw
            self._hear(0.5)
        return self.glass.text

    def sees_it_go_off(self, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while self.machine.runs:
            assert time.monotonic() < deadline, f"still on\n{self.glass.text}"
            self._hear(0.5)

    def leave(self) -> None:
        self._line.close()

    def _hear(self, seconds: float) -> None:
        if select.select([self._line], [], [], seconds)[0] and (data := self._line.recv(65536)):
            self.glass.feed(self._decoder.decode(data))
        elif not self.machine.runs:
            time.sleep(seconds)
