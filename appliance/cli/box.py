"""``loopstart box``, ``mail``, ``sip`` and ``feature-codes``: the parts of the site there is one of."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from appliance.cli import mail
from appliance.cli.options import Commands, command, group

if TYPE_CHECKING:
    from appliance.cli.terminal import Terminal

PARTS = {
    "box": ("box", "name, country, time zone and languages of the box"),
    "mail": ("mail", "the mail server, and who is told of alarms"),
    "sip": ("sip", "SIP transports, media encryption and codecs"),
    "feature-codes": ("feature_codes", "what people dial to reach a service"),
}


def add_commands(commands: Commands) -> None:
    """Add the commands of each part."""
    for name, (noun, help) in PARTS.items():
        part = group(commands, name, help)
        show_ = command(part, "show", show, f"print the {name} part of the draft")
        edit_ = command(part, "edit", edit, f"change the {name} part of the draft")
        edit_.add_argument(
            "--set", action="append", default=[], required=True, metavar="FIELD=VALUE",
            help="a field by its name in the site file; lists with commas",
        )  # fmt: skip
        for parser in (show_, edit_):
            parser.set_defaults(noun=noun)
        if noun == "mail":
            mail.add_commands(part)


def show(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """Print the values, defaults included."""
    from appliance.cli.table import pairs
    from appliance.model.site import Site

    document = terminal.ask("site.show")["document"].get(arguments.noun, {})
    part = getattr(Site.from_document({arguments.noun: document}), arguments.noun).model_dump(
        mode="json", by_alias=True
    )
    if not terminal.answer(part):
        terminal.say(pairs(_rows(part)))
    return None


def edit(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """Change values."""
    from appliance.cli.fields import member_fields
    from appliance.model.site import Site

    noun = type(getattr(Site(), arguments.noun))
    result = terminal.ask(f"{arguments.noun}.edit", changes=member_fields(noun, arguments.set))
    if not terminal.answer(result):
        terminal.problems(result["problems"])
        terminal.say(terminal.word("saved", version=result["version"]))
    return None


def _rows(part: dict[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    """The values, each with its name as ``--set`` takes it."""
    for name, value in part.items():
        if isinstance(value, dict):
            yield from _rows(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", ", ".join(map(str, value)) if isinstance(value, list) else value
