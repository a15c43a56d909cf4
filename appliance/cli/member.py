"""``loopstart trunk``, ``inbound-route``, ``outbound-route`` and ``span``: what the outside is reached by."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from appliance.cli.options import Commands, command, group, which

if TYPE_CHECKING:
    from appliance.cli.terminal import Terminal

NOUNS = {
    "trunk": ("trunk", "trunks", "lines that belong together, with their numbers", "NAME"),
    "inbound-route": ("inbound_route", "inbound_routes", "where calls from outside go", "KEY"),
    "outbound-route": ("outbound_route", "outbound_routes", "who may dial what, and by which trunks", "NAME"),
    "span": ("span", "hardware.spans", "ports of cards and how they are spoken to", "NAME"),
}
"""Command -> word of the verbs, list of the document, what it is for, what a member is called by."""


def add_commands(commands: Commands) -> None:
    """Add the commands of each noun."""
    for name, (word, noun, help, key) in NOUNS.items():
        one = name.replace("-", " ")
        part = group(commands, name, help)
        list_ = command(part, "list", list_members, f"list the {one}s")
        list_.add_argument("--which", type=which, default="draft", metavar="STATE", help="draft, running or a revision")
        show_ = command(part, "show", show, f"everything about one {one}")
        add_ = command(part, "add", add, f"add a {one} to the draft")
        edit_ = command(part, "edit", edit, f"change a {one} in the draft")
        move_ = command(part, "move", move, f"put a {one} at another place of the list")
        remove_ = command(part, "remove", remove, f"remove a {one} from the draft")
        for parser in (show_, edit_, move_, remove_):
            parser.add_argument("key", metavar=key)
        edit_.add_argument("--unset", action="append", default=[], metavar="FIELD", help="take a field away")
        for parser in (add_, edit_):
            parser.add_argument(
                "--set", action="append", default=[], metavar="FIELD=VALUE",
                help="a field named as in the site file, lists with commas, e.g. trunks=pstn,spare, to.extension=101",
            )  # fmt: skip
        move_.add_argument("place", type=int, metavar="PLACE", help="from 1; past the end means last")
        remove_.add_argument("--cascade", action="store_true", help="and whatever names it")
        for parser in (list_, show_, add_, edit_, move_, remove_):
            parser.set_defaults(word=word, noun=noun)


def list_members(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """List them, a line each."""
    from appliance.cli.table import table

    result = terminal.ask(f"{arguments.word}.list", which=arguments.which)
    if terminal.answer(result):
        return None
    if not result["members"]:
        terminal.say(terminal.word("none_of_these"))
        return None
    rows = [(one["key"], _summary(one["document"])) for one in result["members"]]
    terminal.say(table([terminal.word("name"), terminal.word("settings")], rows))
    return None


def show(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """Show one."""
    from appliance.cli.table import pairs

    result = terminal.ask(f"{arguments.word}.get", key=arguments.key)
    if not terminal.answer(result):
        terminal.say(pairs(_flat(result["document"])))
    return None


def add(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """Add one."""
    from appliance.cli.fields import member_fields
    from appliance.model.members import MEMBERS

    document = member_fields(MEMBERS[arguments.noun], arguments.set)
    return _saved(terminal, "added", terminal.ask(f"{arguments.word}.add", document=document))


def edit(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """Change one."""
    from appliance.cli.exits import UsageError
    from appliance.cli.fields import member_fields, taken_away
    from appliance.model.members import MEMBERS

    changes = member_fields(MEMBERS[arguments.noun], arguments.set) | taken_away(arguments.unset)
    if not changes:
        raise UsageError("--set FIELD=VALUE / --unset FIELD")
    return _saved(terminal, "changed", terminal.ask(f"{arguments.word}.edit", key=arguments.key, changes=changes))


def move(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """Put one at another place."""
    result = terminal.ask(f"{arguments.word}.move", key=arguments.key, place=arguments.place)
    return _saved(terminal, "changed", result)


def remove(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """Remove one."""
    result = terminal.ask(f"{arguments.word}.remove", key=arguments.key, cascade=arguments.cascade)
    if terminal.answer(result):
        return None
    terminal.say(terminal.word("removed", name=arguments.key))
    for path in result["removed_references"]:
        terminal.say("  " + terminal.word("also_removed", path=path))
    terminal.say(terminal.word("saved", version=result["version"]))
    return None


def _saved(terminal: Terminal, said: str, result: dict[str, Any]) -> int | None:
    if terminal.answer(result):
        return None
    terminal.problems(result["problems"])
    terminal.say(terminal.word(said, name=result["key"]))
    terminal.say(terminal.word("saved", version=result["version"]))
    return None


def _summary(document: dict[str, Any]) -> str:
    return "  ".join(f"{name}={value}" for name, value in _flat(document) if name != "name")


def _flat(document: dict[str, Any], at: str = "") -> list[tuple[str, object]]:
    """``to.extension`` and the like, with their values."""
    rows: list[tuple[str, object]] = []
    for name, value in document.items():
        if isinstance(value, dict):
            rows += _flat(value, f"{at}{name}.")
        else:
            rows.append((at + name, ",".join(map(str, value)) if isinstance(value, list) else value))
    return rows
