"""``loopstart smdr``: call records on their way to accounting systems."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from appliance.cli.options import Commands, command, group

if TYPE_CHECKING:
    from appliance.cli.terminal import Terminal


def add_commands(commands: Commands) -> None:
    """Add ``smdr``."""
    verbs = group(commands, "smdr", "call records for accounting systems")
    command(verbs, "status", status, "where they go, what waits, what was lost, and the serial ports there are")
    tail_ = command(verbs, "tail", tail, "the newest records as their readers get them")
    tail_.add_argument("--limit", type=int, default=20, metavar="N", help="how many (default: %(default)s)")
    command(verbs, "test", test, "send a record of a call that never was")


def status(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """Layout, readers, ports."""
    from appliance.cli.table import pairs, table

    view = terminal.ask("smdr.status")
    if terminal.answer(view):
        return None
    word = terminal.word
    terminal.say(pairs([(word("layout"), view["format"]), (word("lost"), view["lost"])]))
    terminal.say()
    rows = [
        (
            reader["where"],
            reader["fault"] or reader["peer"] or word("nobody"),
            reader["waiting"],
            reader["dropped"],
            reader["refused"],
        )
        for reader in view["readers"]
    ]
    if rows:
        terminal.say(
            table([word("reader"), word("state"), word("waiting"), word("dropped"), word("turned_away")], rows)
        )
    else:
        terminal.say(word("no_readers"))
    if view["ports"]:
        terminal.say()
        terminal.say(table([word("serial_port"), word("phone_or_device")], sorted(view["ports"].items())))
    return None


def tail(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """One line each, oldest first."""
    result = terminal.ask("smdr.tail", limit=arguments.limit)
    if terminal.answer(result):
        return None
    for record in result["records"]:
        terminal.say(record["line"])
    if not result["records"]:
        terminal.say_error(terminal.word("nothing"))
    return None


def test(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """Send it, and say under which call id to look for it."""
    result = terminal.ask("smdr.test")
    if not terminal.answer(result):
        terminal.say(terminal.word("smdr_test_sent", call_id=result["call_id"]))
    return None
