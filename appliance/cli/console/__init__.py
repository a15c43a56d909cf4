"""``loopstart console``: the menu for a technician without a network, on the screen or a serial port.

::

    keys.py     bytes -> keys                    drive.py    the terminal and the daemon, nothing else
    machine.py  (state, event) -> (state, asks); state -> screen
    pages.py    state -> lines of each page      screen.py, qr.py, words.py   what lines are made of
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from appliance.cli.options import Commands, command

if TYPE_CHECKING:
    from appliance.cli.terminal import Terminal


def add_commands(commands: Commands) -> None:
    """Add ``console``."""
    command(commands, "console", run, "the menu of the box's screen and serial ports; Ctrl-D ends it")


def run(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """Run the menu on standard input and output, which must be a terminal."""
    import os
    import sys

    from appliance.cli.console.drive import drive, host_name
    from appliance.cli.console.screen import Charset
    from appliance.cli.console.state import State
    from appliance.cli.exits import UsageError

    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(terminal.word("needs_terminal"))
    on_screen = os.environ.get("TERM") == "linux"
    charset, best = (Charset.VGA, Charset.VGA) if on_screen else (Charset.ASCII, Charset.UTF8)
    drive(terminal.client, sys.stdin.fileno(), sys.stdout.fileno(), State(charset, best, host_name()))
    return None
