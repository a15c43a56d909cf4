"""What the commands of all nouns share: the options everywhere, and how times and states are written."""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Callable
from typing import Any, TypeAlias

LANGUAGES = ("en", "ar", "fa", "zh")
Commands: TypeAlias = Any
"""What ``add_subparsers`` gives; argparse has no public name for it."""

_UNITS = {"s": 1, "m": 60, "h": 3600}


def command(commands: Commands, name: str, run: Callable[..., int | None] | None, help: str) -> argparse.ArgumentParser:
    """Add one command with the options that every command has. run: None for a group of commands."""
    parser: argparse.ArgumentParser = commands.add_parser(name, help=help, description=help)
    if run is not None:
        parser.set_defaults(run=run)
        everywhere = parser.add_argument_group("everywhere")
        everywhere.add_argument("--json", action="store_true", help="print the daemon's answer as JSON")
        everywhere.add_argument(
            "--language", choices=LANGUAGES, help="of what is printed (default: from LANGUAGE, LC_ALL, LANG)"
        )
        everywhere.add_argument(
            "--socket",
            default=os.environ.get("LOOPSTART_SOCKET", "/run/loopstart/control.sock"),
            metavar="PATH",
            help="of the daemon (default: %(default)s)",
        )
    return parser


def group(commands: Commands, name: str, help: str) -> Commands:
    """Add a command that only holds others."""
    return command(commands, name, None, help).add_subparsers(title="commands", metavar="COMMAND", required=True)


def duration(text: str) -> int:
    """Seconds from ``30s``, ``5m``, ``2h`` or ``90``."""
    found = re.fullmatch(r"([0-9]{1,6})([smh]?)", text)
    if found is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no time: write 30s, 5m or 2h")
    return int(found[1]) * _UNITS[found[2] or "s"]


def which(text: str) -> str | int:
    """``draft``, ``running`` or the number of a revision."""
    if text in ("draft", "running"):
        return text
    if text.isdecimal():
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is no state of the site: draft, running or a revision's number")
