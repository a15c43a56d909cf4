"""``loopstart support-bundle``: one file for whoever helps, without secrets."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from appliance.cli.options import Commands, command

if TYPE_CHECKING:
    from appliance.cli.terminal import Terminal


def add_commands(commands: Commands) -> None:
    """Add ``support-bundle``."""
    bundle_ = command(commands, "support-bundle", bundle, "write a file for support, without secrets")
    bundle_.add_argument("--output", "-o", metavar="FILE", help="also copy it there, e.g. onto a USB stick")


def bundle(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """Have it written, copy it where that was asked for, and say where it is."""
    import shutil

    from appliance.cli.exits import UsageError

    result = terminal.ask("support.bundle")
    if arguments.output:
        try:
            result["path"] = shutil.copy(result["path"], arguments.output)
        except OSError as error:
            raise UsageError(terminal.word("not_copied", path=arguments.output, detail=error.strerror)) from error
    if not terminal.answer(result):
        terminal.say(terminal.word("bundle_written", path=result["path"], kb=result["bytes"] // 1024 + 1))
    return None
