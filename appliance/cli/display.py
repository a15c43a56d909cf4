"""``loopstart display``: the front panel."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from appliance.cli.options import Commands, command, group

if TYPE_CHECKING:
    from appliance.cli.terminal import Terminal


def add_commands(commands: Commands) -> None:
    """Add ``display``."""
    verbs = group(commands, "display", "the front panel")
    command(verbs, "show", show, "what is on it now")
    command(verbs, "test", test, "light every dot and lamp for a minute, or until a key is pressed")


def show(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """The rows in a frame, the lamps beside them."""
    _say(terminal, terminal.ask("display.show"))
    return None


def test(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """Light it, and show what is on it."""
    _say(terminal, terminal.ask("display.test"))
    return None


def _say(terminal: Terminal, view: dict[str, Any]) -> None:
    if terminal.answer(view):
        return
    state = terminal.word("connected") if view["connected"] else view["fault"] or terminal.word("no_display")
    terminal.say(f"{view['kind']}: {state}")
    terminal.say(f"+{'-' * 20}+")
    for row, lamp in zip(view["rows"], view["lamps"], strict=True):
        terminal.say(f"|{row}| {terminal.word('lamp_' + lamp)}")
    terminal.say(f"+{'-' * 20}+")
