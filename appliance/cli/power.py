"""``loopstart power`` and ``loopstart factory-reset``: restarting, switching off, beginning anew."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from appliance.cli.options import Commands, command, group

if TYPE_CHECKING:
    from appliance.cli.terminal import Terminal


def add_commands(commands: Commands) -> None:
    """Add both."""
    verbs = group(commands, "power", "restart the box or switch it off")
    command(verbs, "show", show, "what waits for the last call to end")
    for name, run, help in (
        ("restart", restart, "start the box anew when no call is up"),
        ("off", off, "switch the box off when no call is up"),
    ):
        parser = command(verbs, name, run, help)
        when = parser.add_mutually_exclusive_group()
        when.add_argument("--now", action="store_true", help="at once: calls that are up end")
        when.add_argument("--at", metavar="HH:MM", help="at the next such time, and then when no call is up")
    command(verbs, "cancel", cancel, "wait no more")
    reset_ = command(commands, "factory-reset", reset, "lose settings, accounts, secrets; begin as at first start")
    reset_.add_argument("box", metavar="BOX", help="the name of this box, so that it is no mistake")
    reset_.add_argument("--keep-recordings", action="store_true", help="recordings, voicemail and call history stay")


def show(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """What waits."""
    _shown(terminal, "power.show")
    return None


def restart(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """Restart."""
    _shown(terminal, "power.restart", when="now" if arguments.now else arguments.at or "idle")
    return None


def off(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """Switch off."""
    _shown(terminal, "power.off", when="now" if arguments.now else arguments.at or "idle")
    return None


def cancel(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """Forget it."""
    _shown(terminal, "power.cancel")
    return None


def reset(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """Begin it: the box restarts."""
    result = terminal.ask("reset.factory", box=arguments.box, keep_recordings=arguments.keep_recordings)
    if not terminal.answer(result):
        terminal.say(terminal.word("reset_begun"))
    return None


def _shown(terminal: Terminal, verb: str, **args: str) -> None:
    view = terminal.ask(verb, **args)
    if terminal.answer(view):
        return
    if args.get("when") == "now":
        terminal.say(terminal.word("power_now"))
    else:
        terminal.say(terminal.word(f"power_waits_{view['waiting']}" if view["waiting"] else "power_waits_not"))
        if view["at"]:
            terminal.say(terminal.word("power_not_before", at=terminal.moment(view["at"])))
