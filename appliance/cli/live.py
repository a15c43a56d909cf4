"""``loopstart calls``: calls that are up."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from appliance.cli.options import Commands, command

if TYPE_CHECKING:
    from appliance.cli.terminal import Terminal


def add_commands(commands: Commands) -> None:
    """Add ``calls``."""
    calls_ = command(commands, "calls", calls, "calls that are up")
    calls_.add_argument("--watch", action="store_true", help="go on printing whenever something changes")


def calls(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """Print them once or again and again; with --json one line each time."""
    import json

    if not arguments.watch:
        view = terminal.ask("live.show")
        if not terminal.answer(view):
            _say(terminal, view)
        return None
    for view in terminal.client.watch("live.watch"):
        if terminal.json:
            print(json.dumps(view, ensure_ascii=False), flush=True)
        else:
            terminal.say(f"--- {terminal.moment(view['at'])}")
            _say(terminal, view)
    return None


def _say(terminal: Terminal, view: dict[str, Any]) -> None:
    from datetime import datetime

    from appliance.cli.table import table
    from appliance.cli.terminal import seconds_text

    word = terminal.word
    if not view["connected"]:
        terminal.say_error(word("not_connected"))
    if not view["calls"]:
        terminal.say(word("no_calls"))
        return
    now = datetime.fromisoformat(view["at"])
    rows = []
    for call in view["calls"]:
        parties = [_party(party) for party in call["parties"]]
        called = [call["service"]] if call["service"] else parties[1:]
        seconds = (now - datetime.fromisoformat(call["started"])).total_seconds()
        rows.append((word(call["state"]), parties[0] if parties else "", ", ".join(called), seconds_text(seconds)))
    terminal.say(table([word("state"), word("caller"), word("called"), word("duration")], rows))


def _party(party: dict[str, Any]) -> str:
    number = party["number"] or party["extension"] or party["channel"]
    return f"{number} {party['name']}".strip()
