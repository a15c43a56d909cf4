"""``loopstart registrations``: phones that are registered."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from appliance.cli.options import Commands, command

if TYPE_CHECKING:
    from appliance.cli.terminal import Terminal


def add_commands(commands: Commands) -> None:
    """Add ``registrations``."""
    command(commands, "registrations", show, "phones that are registered")


def show(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """List them."""
    from appliance.cli.table import table

    result = terminal.ask("registration.list")
    if terminal.answer(result):
        return None
    word = terminal.word
    reachable = {True: word("yes"), False: word("no"), None: ""}
    rows = [
        (
            phone["extension"],
            phone["uri"],
            phone["transport"],
            reachable[phone["reachable"]] + (f" {phone['rtt_ms']:.0f} ms" if phone["rtt_ms"] is not None else ""),
            phone["user_agent"],
        )
        for phone in result["registrations"]
    ]
    if not rows:
        terminal.say(word("nobody"))
        return None
    terminal.say(table([word("extension"), word("address"), "", word("reachable"), word("phone")], rows))
    return None
