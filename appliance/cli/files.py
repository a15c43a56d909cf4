"""Files named on the command line."""

from __future__ import annotations

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
