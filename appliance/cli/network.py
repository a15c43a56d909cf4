"""``loopstart network``: how the box is connected."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from appliance.cli.options import Commands, command

if TYPE_CHECKING:
    from appliance.cli.terminal import Terminal


def add_commands(commands: Commands) -> None:
    """Add ``network``."""
    command(commands, "network", show, "network interfaces, cables and addresses")


def show(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """A row for each address, and one for a link that has none."""
    from appliance.cli.table import table

    view = terminal.ask("network.show")
    if terminal.answer(view):
        return None
    word = terminal.word
    if not view["known"]:
        terminal.say_error(word("network_unknown"))
        return None
    rows = []
    for link in view["links"]:
        addresses = link["addresses"] or [None]
        for address in addresses:
            shown = "" if address is None else f"{address['address']}/{address['prefix']}"
            cable = word("plugged" if link["cable"] else "unplugged")
            rows.append((link["name"], cable, shown, "" if address is None else address["source"]))
    terminal.say(table([word("link"), word("cable"), word("address"), word("source")], rows))
    return None
