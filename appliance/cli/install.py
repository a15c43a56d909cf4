"""``loopstart install``: this system onto another disk of the machine."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from appliance.cli.options import Commands, command, group

if TYPE_CHECKING:
    from appliance.cli.terminal import Terminal


def add_commands(commands: Commands) -> None:
    """Add ``install``."""
    verbs = group(commands, "install", "install this system onto another disk")
    command(verbs, "show", show, "the disks there are, what is on them, and how far an installation is")
    start_ = command(verbs, "start", start, "write it onto a disk; everything on the disk is lost")
    start_.add_argument("disk", metavar="DISK", help="as install show names it")
    start_.add_argument("--serial", required=True, help="of that disk, so that it is no other ('' where it has none)")


def show(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """A row for each disk."""
    from appliance.cli.table import table
    from appliance.model.texts import sentence

    view = terminal.ask("install.show")
    if terminal.answer(view):
        return None
    word = terminal.word
    rows = [
        (
            one["name"],
            f"{one['size'] / 1e9:.1f} GB",
            one["model"],
            one["serial"],
            ", ".join(one["holds"]) or word("empty"),
            sentence(one["refused"], language=terminal.language) if one["refused"] else "",
        )
        for one in view["disks"]
    ]
    if rows:
        heads = ("disk", "size", "model", "serial_number", "holds", "note")
        terminal.say(table([word(head) for head in heads], rows))
    else:
        terminal.say_error(word("no_disks"))
    if (progress := view["progress"]) is not None:
        terminal.say()
        percent = 100 * progress["done"] // progress["all"] if progress["all"] else 0
        done = word(f"install_{progress['step']}", disk=progress["disk"], percent=percent, detail=progress["error"])
        terminal.say(done)
    return None


def start(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """Begin; how far it is, ``install show`` tells."""
    result = terminal.ask("install.start", disk=arguments.disk, serial=arguments.serial)
    if not terminal.answer(result):
        terminal.say(terminal.word("install_begun", disk=arguments.disk))
    return None
