"""Files named on the command line."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from appliance.cli.exits import UsageError

if TYPE_CHECKING:
    from appliance.cli.terminal import Terminal


def read(terminal: Terminal, path: str) -> str:
    """The text of a file; ``-`` is standard input. Raises :class:`UsageError`."""
    try:
        data = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
        return data.decode("utf-8-sig")
    except OSError as error:
        detail = error.strerror or str(error)
    except UnicodeDecodeError:
        detail = "not UTF-8"
    raise UsageError(terminal.word("no_such_file", path=path, detail=detail))


def write(terminal: Terminal, path: str, text: str) -> bool:
    """Write a file that only its owner can read; whether it could be. Why not is said."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            os.fchmod(descriptor, 0o600)  # a file that was there may be open to others
            file.write(text)
    except OSError as error:
        terminal.say_error(f"{path}: {error.strerror}")
        return False
    return True
