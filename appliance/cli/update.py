"""``loopstart update``: the whole system, from signed bundles."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from appliance.cli.options import Commands, command, group

if TYPE_CHECKING:
    from appliance.cli.terminal import Terminal


def add_commands(commands: Commands) -> None:
    """Add the commands of updates."""
    update = group(commands, "update", "the whole system: show, check, install, restart, cancel, rollback")
    command(update, "show", show, "slots, versions, bundles, how the last update ended, what waits")
    check_ = command(update, "check", check, "whether a bundle could be installed; installs nothing")
    install_ = command(update, "install", install, "install a bundle into the other slot while calls go on")
    for parser in (check_, install_):
        parser.add_argument("bundle", metavar="FILE", help="a file, or a bundle as “show” names it")
    install_.add_argument("--older", action="store_true", help="also a version before the one that runs")
    restart_ = command(update, "restart", restart, "restart into what is installed")
    command(update, "cancel", cancel, "forget the restart that waits, else what was installed, else what was sent up")
    rollback_ = command(update, "rollback", roll_back, "restart into the system in the other slot")
    for parser in (restart_, rollback_):
        parser.add_argument(
            "--when",
            type=when,
            default="idle",
            metavar="WHEN",
            help="idle: once no call is up (default); now: calls end; HH:MM: then, once no call is up",
        )


def when(text: str) -> str:
    """``idle``, ``now`` or a time of day."""
    if re.fullmatch(r"now|idle|([01][0-9]|2[0-3]):[0-5][0-9]", text):
        return text
    raise argparse.ArgumentTypeError(f"{text!r} is no time to restart: idle, now or HH:MM")


def show(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """Everything there is to know."""
    from appliance.cli.table import pairs, table

    view = terminal.ask("update.show")
    if terminal.answer(view):
        return None
    word = terminal.word
    terminal.say(pairs([(word("version"), view["version"]), (word("hardware"), view["compatible"] or "–")]))
    if not view["supported"]:
        terminal.say(word("update_no_slots"))
        return None
    rows = [
        (slot["name"], slot["version"] or "–", ", ".join(word(f"slot_{key}") for key in _states(slot)))
        for slot in view["slots"]
    ]
    terminal.say()
    terminal.say(table([word("slot"), word("version"), word("state")], rows))
    if view["bundles"]:
        files = [
            (one["name"], one["file"], f"{one['received'] // 1_000_000} / {one['size'] // 1_000_000} MB")
            for one in view["bundles"]
        ]
        terminal.say()
        terminal.say(table([word("bundle"), word("file"), word("size")], files))
    if view["last"]:
        terminal.say()
        say_outcome(terminal, view["last"])
    if view["progress"]["running"]:
        terminal.say(f"{view['progress']['percent']} % {view['progress']['message']}")
    for line in view["missing_lines"]:
        terminal.say(word("line_missing", line=line))
    if view["restart"]:
        say_restart(terminal, view["restart"])
    return None


def check(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """Its version and what it would replace."""
    from appliance.cli.table import pairs

    result = terminal.ask("update.check", name=_named(terminal, arguments.bundle))
    if terminal.answer(result):
        return None
    word = terminal.word
    facts = [
        (word("version"), result["version"]),
        (word("runs_now"), result["running"]),
        (word("hardware"), result["compatible"]),
        (word("size"), f"{result['size'] // 1_000_000} MB"),
    ]
    terminal.say(pairs(facts))
    terminal.say(word("bundle_older" if result["older"] else "bundle_good"))
    return None


def install(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """With its progress; the exit code tells whether it is installed."""
    import json

    from appliance.cli import exits

    name = _named(terminal, arguments.bundle)
    said, last = -1, None
    for progress in terminal.client.watch("update.install", name=name, older=arguments.older):
        last = progress
        if terminal.json:
            print(json.dumps(progress, ensure_ascii=False), flush=True)
        elif progress["running"] and progress["percent"] != said:
            said = progress["percent"]
            terminal.say_error(f"{said:3} % {progress['message']}")
    outcome = (last or {}).get("last")
    if outcome is None:
        return exits.UNREACHABLE
    if not terminal.json:
        say_outcome(terminal, outcome)
        if outcome["stage"] == "installed":
            terminal.say(terminal.word("then_restart"))
    return exits.OK if outcome["stage"] == "installed" else exits.REFUSED


def restart(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """Now or later."""
    _say_planned(terminal, terminal.ask("update.restart", when=arguments.when))
    return None


def cancel(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """One thing at a time, the last first."""
    result = terminal.ask("update.cancel")
    if not terminal.answer(result):
        terminal.say(terminal.word(f"cancelled_{result['cancelled']}"))
    return None


def roll_back(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """To the system in the other slot."""
    _say_planned(terminal, terminal.ask("update.rollback", when=arguments.when))
    return None


def say_outcome(terminal: Terminal, outcome: dict[str, Any]) -> None:
    """How an update ended, why, and what was put back."""
    word = terminal.word
    terminal.say(
        word(f"stage_{outcome['stage']}", version=outcome["version"], before=outcome["before"], slot=outcome["slot"])
    )
    for reason in outcome["reasons"]:
        terminal.say(f"- {reason['text'].get(terminal.language) or reason['said'] or reason['code']}")
    if outcome["restored"]:
        meanwhile = outcome["meanwhile"] or {}
        counts = {key: "?" if meanwhile.get(key) is None else meanwhile[key] for key in ("revisions", "calls")}
        terminal.say(word("put_back", names=", ".join(outcome["restored"]), **counts))


def say_restart(terminal: Terminal, plan: dict[str, Any]) -> None:
    """What waits."""
    if plan["at"]:
        terminal.say(terminal.word("restart_at", at=terminal.moment(plan["at"])))
    else:
        terminal.say(terminal.word("restart_idle" if plan["idle"] else "restart_now"))


def _say_planned(terminal: Terminal, result: dict[str, Any]) -> None:
    if terminal.answer(result):
        return
    if result["restart"]:
        say_restart(terminal, result["restart"])
    else:
        terminal.say(terminal.word("restart_now"))


def _states(slot: dict[str, Any]) -> list[str]:
    states = [key for key in ("running", "next") if slot[key]]
    return [*states, "good" if slot["good"] else "not_good"]


def _named(terminal: Terminal, given: str) -> str:
    """The daemon's name of what was given: a bundle it lists, or a file, which is sent up first."""
    listed = terminal.ask("update.show")["bundles"]
    for one in listed:
        if given in (one["name"], one["file"]) or Path(given).absolute() == Path(one["path"]):
            return str(one["name"])
    return send_up(terminal, Path(given))


def send_up(terminal: Terminal, path: Path) -> str:
    """Send a file to the daemon in pieces; the name that it gave it."""
    import base64

    from appliance.cli.exits import UsageError
    from appliance.model.update import PIECE

    try:
        with path.open("rb") as source:
            size = path.stat().st_size
            begun = terminal.ask("update.upload", file=path.name, size=max(1, size))
            name, sent = str(begun["name"]), 0
            while piece := source.read(PIECE):
                terminal.ask("update.receive", name=name, offset=sent, data=base64.b64encode(piece).decode())
                sent += len(piece)
    except OSError as error:
        raise UsageError(terminal.word("no_such_file", path=path, detail=error.strerror or error)) from error
    return name
