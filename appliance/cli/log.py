"""``loopstart log``: what the box has to say, without secrets."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from appliance.cli.options import Commands, command

if TYPE_CHECKING:
    from appliance.cli.terminal import Terminal


def add_commands(commands: Commands) -> None:
    """Add ``log``."""
    log_ = command(commands, "log", show, "recent warnings of every service, secrets masked")
    log_.add_argument("--everything", action="store_true", help="not only warnings")
    log_.add_argument("--limit", type=int, default=100, metavar="N", help="how many (default: %(default)s)")


def show(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """Oldest first, as a log is read."""
    from appliance.cli.table import table

    level = "everything" if arguments.everything else "warning"
    result = terminal.ask("log.list", limit=arguments.limit, level=level)
    if terminal.answer(result):
        return None
    word = terminal.word
    if not result["lines"]:
        terminal.say(word("log_empty"))
        return None
    rows = [
        (terminal.moment(line["at"]), line["unit"], line["priority"], line["message"])
        for line in reversed(result["lines"])
    ]
    terminal.say(table([word("when"), word("service"), word("severity"), word("message")], rows, 10_000))
    return None
