"""``loopstart audit``: who did what."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from appliance.cli.options import Commands, command

if TYPE_CHECKING:
    from appliance.cli.terminal import Terminal


def add_commands(commands: Commands) -> None:
    """Add ``audit``."""
    audit_ = command(commands, "audit", show, "who did what, and whether the log is whole")
    audit_.add_argument("--search", default="", metavar="TEXT", help="in who, action, subject and address")
    audit_.add_argument("--limit", type=int, default=20, metavar="N", help="how many (default: %(default)s)")
    audit_.add_argument("--before", type=int, metavar="NUMBER", help="only older lines than this")


def show(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """List lines, newest first. A broken chain is an exit code of its own."""
    from appliance.cli import exits
    from appliance.cli.table import table

    result = terminal.ask("audit.list", search=arguments.search, limit=arguments.limit, before=arguments.before)
    broken = exits.REFUSED if not result["whole"] else None
    if terminal.answer(result):
        return broken
    word = terminal.word
    rows = [
        (
            entry["number"],
            terminal.moment(entry["at"]),
            f"{entry['who']} {entry['address']}".strip(),
            entry["action"],
            entry["subject"],
        )
        for entry in result["entries"]
    ]
    terminal.say(table([word(key) for key in ("number", "when", "who", "action", "subject")], rows))
    (terminal.say if broken is None else terminal.say_error)(word("chain_whole" if broken is None else "chain_broken"))
    return broken
