"""``loopstart revisions`` and ``loopstart diff``."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from appliance.cli.options import Commands, command, which

if TYPE_CHECKING:
    from appliance.cli.terminal import Terminal


def add_commands(commands: Commands) -> None:
    """Add the commands of revisions."""
    list_ = command(commands, "revisions", show, "what was applied, by whom, and what became of it")
    list_.add_argument("--limit", type=int, default=20, metavar="N", help="how many (default: %(default)s)")
    list_.add_argument("--before", type=int, metavar="REV", help="only older ones than this")
    diff_ = command(commands, "diff", diff, "what differs between two states of the site")
    diff_.add_argument("before", type=which, metavar="A", help="draft, running or a revision's number")
    diff_.add_argument("after", type=which, metavar="B", help="draft, running or a revision's number")
    diff_.add_argument("--files", action="store_true", help="show the changed lines of the rendered files")


def show(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """List revisions."""
    from appliance.cli.table import table

    result = terminal.ask("revision.list", limit=arguments.limit, before=arguments.before)
    if terminal.answer(result):
        return None
    word = terminal.word
    rows = [
        (
            revision["number"],
            terminal.moment(revision["created"]),
            revision["author"],
            f"{word(revision['state'])}{', ' + word('runs') if revision['current'] else ''}",
            revision["note"],
        )
        for revision in result["revisions"]
    ]
    terminal.say(table([word("revision"), word("when"), word("author"), word("state"), word("note")], rows))
    return None


def diff(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """Show what differs."""
    from appliance.cli.changes import say_files, say_values

    result = terminal.ask("revision.diff", **{"from": arguments.before, "to": arguments.after})
    if terminal.answer(result):
        return None
    if not result["values"] and not result["files"]:
        terminal.say(terminal.word("no_difference"))
    say_values(terminal, result["values"])
    if result["files"]:
        say_files(terminal, result["files"], with_lines=arguments.files)
    return None
