"""``loopstart box``, ``sip`` and ``feature-codes``: the parts of the site there is one of."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from appliance.cli.options import Commands, command, group

if TYPE_CHECKING:
    from appliance.cli.terminal import Terminal

PARTS = {
    "box": ("box", "name, country, time zone and languages of the box"),
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


def show(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """Print the values, defaults included."""
    from appliance.cli.table import pairs
    from appliance.model.site import Site

    document = terminal.ask("site.show")["document"].get(arguments.noun, {})
    part = getattr(Site.from_document({arguments.noun: document}), arguments.noun).model_dump(mode="json")
    if not terminal.answer(part):
        rows = [(name, ", ".join(value) if isinstance(value, list) else value) for name, value in part.items()]
        terminal.say(pairs(rows))
    return None


def edit(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """Change values."""
    from appliance.cli.fields import noun_fields
    from appliance.model.site import Site

    noun = type(getattr(Site(), arguments.noun))
    result = terminal.ask(f"{arguments.noun}.edit", changes=noun_fields(noun, arguments.set))
    if not terminal.answer(result):
        terminal.problems(result["problems"])
        terminal.say(terminal.word("saved", version=result["version"]))
    return None
