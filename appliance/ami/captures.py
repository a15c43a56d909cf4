"""Raw captures of what Asterisk said: written by the daemon on request, read by tests.

A ``.ami`` file is the AMI text as it came, each message with a line before it that says when::

    @ 2026-11-22T02:40:00.123456+00:00
    Event: Newchannel
    Channel: PJSIP/101-00000000
    …

    @ 2026-11-22T02:40:01.000000+00:00 lost 2026-11-22T02:40:00.900000+00:00 eof
    @ 2026-11-22T02:40:03.000000+00:00 connected

What we sent is not in it, so no secret of ours is; answers to actions are.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, TypeAlias

from appliance.ami.connection import Arrived, Connected, Lost
from appliance.ami.framing import Answer, Sorter, headers_of, read_message

MAX_BYTES = 64 * 1024 * 1024


class Recorder:
    """Writes one capture until it is closed or has :data:`MAX_BYTES`. Any thread may write. Raises OSError."""

    def __init__(self, path: Path, max_bytes: int = MAX_BYTES) -> None:
        self.path = path
        self._lock = threading.Lock()
        # Numbers and names of callers are in it: for the daemon's user alone.
        self._file: BinaryIO | None = os.fdopen(
            os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600), "wb"
        )
        self._left = max_bytes

    @property
    def recording(self) -> bool:
        """Whether it still writes."""
        return self._file is not None

    def message(self, at: datetime, lines: Sequence[bytes]) -> None:
        """One message as it came, without its empty line."""
        self._write(b"@ %s\n%s\n" % (at.isoformat().encode(), b"".join(_unix(line) for line in lines)))

    def notice(self, notice: Connected | Lost) -> None:
        """That the connection came or went."""
        told = f"@ {notice.at.isoformat()} connected\n"
        if isinstance(notice, Lost):
            told = f"@ {notice.at.isoformat()} lost {notice.last_heard.isoformat()} {notice.reason}\n"
        self._write(told.encode())

    def close(self) -> None:
        """Finish the file."""
        with self._lock:
            if self._file is not None:
                self._file.close()
                self._file = None

    def _write(self, data: bytes) -> None:
        with self._lock:
            if self._file is None:
                return
            self._left -= len(data)
            if self._left >= 0:
                self._file.write(data)
                return
            self._file.close()
            self._file = None


def _unix(line: bytes) -> bytes:
    return line.rstrip(b"\r\n") + b"\n"


Replayed: TypeAlias = Arrived | Connected | Lost | Answer


def read_capture(file: BinaryIO) -> Iterator[Replayed]:
    """What the daemon saw, in order: notices as they were dispatched, and whole answers to actions.

    Events that came between sign-in and the notice of the connection were dispatched after it. Raises
    ValueError at what is no capture.
    """
    early: list[Arrived] | None = []
    for taken in _replayed(file):
        if isinstance(taken, Connected):
            yield taken
            yield from early or ()
            early = None
        elif isinstance(taken, Lost):
            early = []
            yield taken
        elif early is not None and isinstance(taken, Arrived):
            early.append(taken)
        else:
            yield taken


def _replayed(file: BinaryIO) -> Iterator[Replayed]:
    sorter = Sorter()
    while line := file.readline():
        words = line.decode("utf-8", "replace").split(maxsplit=4)
        if not words:
            continue
        if words[0] != "@" or len(words) < 2:
            raise ValueError(f"no time before a message: {line[:80]!r}")
        at = datetime.fromisoformat(words[1])
        if words[2:3] == ["connected"]:
            sorter = Sorter()
            yield Connected(at)
        elif words[2:3] == ["lost"]:
            yield Lost(at, datetime.fromisoformat(words[3]), words[4].strip() if len(words) > 4 else "eof")
        else:
            lines = read_message(file)
            if lines is None:
                return
            taken = sorter.take(headers_of(lines))
            if isinstance(taken, Answer):
                yield taken
            elif taken is not None:
                yield Arrived(at, taken)
