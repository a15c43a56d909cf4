"""The far end of the console menu: a terminal of 80x24 that knows what a VT100 knows, and a pty to sit at.

Written from the VT100 user guide (DEC EK-VT100-UG, chapter 3) and VT220's for what hides the cursor. What it does not
know fails the test: a dumb terminal would show it as rubbish.
"""

from __future__ import annotations

import os
import pty
import re
import select
import struct
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence
from fcntl import ioctl

from appliance.cli.table import cells

COLUMNS, ROWS = 80, 24
_SEQUENCE = re.compile(r"\x1b\[(\??)([0-9;]*)([A-Za-z])")


class Vt100:
    """What is on the glass. Its lines are texts, for it is told a whole line at a time."""

    def __init__(self) -> None:
        self.rows = [""] * ROWS
        self._row = 0
        self._rest = ""

    def feed(self, text: str) -> None:
        text = self._rest + text
        self._rest = ""
        while text:
            escape = text.find("\x1b")
            if escape:
                plain, text = (text, "") if escape < 0 else (text[:escape], text[escape:])
                self._print(plain)
                continue
            found = _SEQUENCE.match(text)
            if found is None:
                assert len(text) < 12, f"no sequence of a VT100: {text[:20]!r}"
                self._rest = text
                return
            self._do(*found.groups())
            text = text[found.end() :]

    def _print(self, text: str) -> None:
        assert not re.search(r"[\x00-\x1f\x7f-\x9f]", text), repr(text)
        self.rows[self._row] += text
        assert cells(self.rows[self._row]) < COLUMNS, self.rows[self._row]

    def _do(self, private: str, numbers: str, final: str) -> None:
        if private:
            assert (numbers, final) in {("25", "l"), ("25", "h")}
        elif final == "H":
            row, _, column = (numbers or "1;1").partition(";")
            assert column == "1"
            self._row = int(row) - 1
            self.rows[self._row] = ""
        elif final == "J":
            assert numbers == "2"
            self.rows = [""] * ROWS
        else:
            assert final in "mK", final

    @property
    def text(self) -> str:
        return "\n".join(row.rstrip() for row in self.rows)


class Seat:
    """Somebody at a terminal on which a program runs."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str] | None = None) -> None:
        self.glass = Vt100()
        self._master, slave = pty.openpty()
        ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self.process = subprocess.Popen(
            command, stdin=slave, stdout=slave, stderr=subprocess.PIPE, start_new_session=True,
            env={**os.environ, "TERM": "vt100", **(environment or {})},
        )  # fmt: skip
        os.close(slave)

    def type(self, keys: str) -> None:
        os.write(self._master, keys.encode())

    def sees(self, *wanted: str, seconds: float = 30.0) -> str:
        """Wait until all of it is on the screen; the screen."""
        deadline = time.monotonic() + seconds
        while not all(one in self.glass.text for one in wanted):
            left = deadline - time.monotonic()
            assert left > 0, f"not seen: {wanted}\n{self.glass.text}"
            if select.select([self._master], [], [], min(left, 0.5))[0]:
                self.glass.feed(os.read(self._master, 65536).decode())
        return self.glass.text

    def leave(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.communicate()
        os.close(self._master)
