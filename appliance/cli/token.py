"""``loopstart token``: API tokens."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from appliance.cli.options import Commands, command, group
from appliance.model.access import Permission

if TYPE_CHECKING:
    from appliance.cli.terminal import Terminal


def add_commands(commands: Commands) -> None:
    """Add the commands of tokens."""
    token = group(commands, "token", "API tokens: list, add, revoke")
    command(token, "list", list_tokens, "list API tokens")
    add_ = command(token, "add", add, "make an API token of an account; it is shown this once")
    add_.add_argument("label", metavar="LABEL")
    add_.add_argument("--account", metavar="NAME", required=True, help="whose token it is; it never may more than they")
    add_.add_argument("--scope", action="append", metavar="PERMISSION", required=True, choices=list(Permission))
    add_.add_argument("--expires-days", type=int, metavar="DAYS")
    revoke_ = command(token, "revoke", revoke, "revoke an API token")
    revoke_.add_argument("id", metavar="ID")


def list_tokens(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """List them."""
    from appliance.cli.table import table

    result = terminal.ask("token.list")
    if terminal.answer(result):
        return None
    word = terminal.word
    rows = [
        (
            token["id"],
            token["label"],
            token["created_by"],
            terminal.moment(token["expires"]),
            ", ".join(token["scopes"]),
        )
        for token in result["tokens"]
    ]
    if not rows:
        terminal.say(word("nothing"))
        return None
    terminal.say(table([word(key) for key in ("id", "label", "author", "expires", "scopes")], rows))
    return None


def add(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """Make one and print its secret."""
    result = terminal.ask(
        "token.add",
        label=arguments.label,
        account=arguments.account,
        scopes=arguments.scope,
        expires_days=arguments.expires_days,
    )
    if not terminal.answer(result):
        terminal.say(result["token"])
    return None


def revoke(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """Revoke one."""
    result = terminal.ask("token.revoke", id=arguments.id)
    if not terminal.answer(result):
        terminal.say(terminal.word("removed", name=arguments.id))
    return None
