"""``loopstart account``: who may sign in."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from appliance.cli.options import LANGUAGES, Commands, command, group

if TYPE_CHECKING:
    from appliance.cli.terminal import Terminal

ROLES = ("admin", "technician", "supervisor", "agent", "user")


def add_commands(commands: Commands) -> None:
    """Add the commands of accounts."""
    account = group(commands, "account", "accounts: list, add, edit, reset, remove")
    command(account, "list", list_accounts, "list accounts")
    add_ = command(account, "add", add, "make an account; prints a link to sign in once and choose a password")
    add_.add_argument("name", metavar="NAME")
    add_.add_argument("--role", choices=ROLES, required=True)
    edit_ = command(account, "edit", edit, "change an account")
    edit_.add_argument("name", metavar="NAME")
    edit_.add_argument("--role", choices=ROLES)
    edit_.add_argument("--enabled", choices=("yes", "no"), help="no: nobody can sign in with it")
    for parser in (add_, edit_):
        parser.add_argument("--full-name", metavar="TEXT")
        parser.add_argument("--extension", metavar="NUMBER", help="the extension that is theirs")
        parser.add_argument("--account-language", choices=LANGUAGES, help="of the web for this account")
    reset_ = command(account, "reset", reset, "a link to sign in once and choose a new password")
    reset_.add_argument("name", metavar="NAME")
    remove_ = command(account, "remove", remove, "remove an account")
    remove_.add_argument("name", metavar="NAME")


def list_accounts(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """List them."""
    from appliance.cli.table import table

    result = terminal.ask("account.list")
    if terminal.answer(result):
        return None
    word = terminal.word
    rows = [
        (
            account["name"],
            account["full_name"],
            account["role"],
            account["extension"],
            word("yes") if account["enabled"] else word("no"),
            word("yes") if account["totp"] else "",
            terminal.moment(account["last_sign_in"]),
        )
        for account in result["accounts"]
    ]
    if not rows:
        terminal.say(word("nobody"))
        return None
    headings = ("name", "full_name", "role", "extension", "enabled", "second_factor", "last_sign_in")
    terminal.say(table([word(key) for key in headings], rows))
    return None


def add(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """Make one, and a link for it."""
    from appliance.cli.links import say_link

    account = terminal.ask("account.add", name=arguments.name, **_given(arguments))
    token = terminal.ask("account.reset", name=account["name"])["link_token"]
    if not terminal.answer(account | {"link_token": token}):
        terminal.say(terminal.word("added", name=account["name"]))
        say_link(terminal, token)
    return None


def edit(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """Change one."""
    from appliance.cli.exits import UsageError

    changes = _given(arguments)
    if arguments.enabled is not None:
        changes["enabled"] = arguments.enabled == "yes"
    if not changes:
        raise UsageError("--role, --full-name, --extension, --account-language, --enabled")
    account = terminal.ask("account.edit", name=arguments.name, changes=changes)
    if not terminal.answer(account):
        terminal.say(terminal.word("changed", name=account["name"]))
    return None


def reset(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """Print a link."""
    from appliance.cli.links import say_link

    result = terminal.ask("account.reset", name=arguments.name)
    if not terminal.answer(result):
        say_link(terminal, result["link_token"])
    return None


def remove(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """Remove one."""
    result = terminal.ask("account.remove", name=arguments.name)
    if not terminal.answer(result):
        terminal.say(terminal.word("removed", name=arguments.name))
    return None


def _given(arguments: argparse.Namespace) -> dict[str, object]:
    """What the options say of an account."""
    options = {
        "role": arguments.role,
        "full_name": arguments.full_name,
        "extension": arguments.extension,
        "language": arguments.account_language,
    }
    return {name: value for name, value in options.items() if value is not None}
