"""``loopstart mail list`` and ``test``; its settings are shown and edited like those of every part there is one of."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from appliance.cli.options import Commands, command

if TYPE_CHECKING:
    from appliance.cli.terminal import Terminal


def add_commands(mail: Commands) -> None:
    """Add them beside ``show`` and ``edit``."""
    command(mail, "list", list_mails, "mails that are not sent yet, and why")
    command(mail, "test", test, "send a mail to everybody who is told of alarms")


def list_mails(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """Oldest first."""
    from appliance.cli.table import table

    result = terminal.ask("mail.list")
    if terminal.answer(result):
        return None
    word = terminal.word
    rows = [
        (
            one["recipient"],
            one["subject"],
            terminal.moment(one["queued"]),
            terminal.moment(one["due"]) if one["due"] else word("given_up"),
            one["tries"],
            one["error"],
        )
        for one in result["mails"]
    ]
    if rows:
        terminal.say(table([word(key) for key in ("to", "subject", "queued", "next_try", "tries", "detail")], rows))
    else:
        terminal.say(word("no_mails"))
    return None


def test(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """Queue it, and say to whom."""
    result = terminal.ask("mail.test")
    if not terminal.answer(result):
        terminal.say(terminal.word("mail_queued", names=", ".join(result["recipients"])))
    return None
