"""``loopstart first-run-code``: the code with which somebody becomes the first administrator."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from appliance.cli.options import Commands, command

if TYPE_CHECKING:
    from appliance.cli.terminal import Terminal


def add_commands(commands: Commands) -> None:
    """Add ``first-run-code``."""
    command(commands, "first-run-code", code, "the code of the first-run page, good for 24 hours")


def code(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """Print a new code; an earlier one is good no more."""
    from appliance.cli.links import address

    result = terminal.ask("first_run.code")
    if not terminal.answer(result):
        terminal.say(result["code"])
        terminal.say(f"https://{address()}/")
    return None
