"""``loopstart sign-in-link``: into the web without a password, for whoever sits at the box."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from appliance.cli.options import Commands, command

if TYPE_CHECKING:
    from appliance.cli.terminal import Terminal

MINUTES = 15


def add_commands(commands: Commands) -> None:
    """Add ``sign-in-link``."""
    link_ = command(commands, "sign-in-link", sign_in_link, "a link that signs an account in once")
    link_.add_argument("account", metavar="ACCOUNT")


def sign_in_link(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """Print the link."""
    from appliance.cli.links import say_link

    result = terminal.ask("sign_in_link", account=arguments.account)
    if not terminal.answer(result):
        say_link(terminal, result["token"], MINUTES)
    return None
