"""``loopstart status``: how the box is."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from appliance.cli.options import Commands, command

if TYPE_CHECKING:
    from appliance.cli.terminal import Terminal

GIB = 1 << 30


def add_commands(commands: Commands) -> None:
    """Add ``status``."""
    command(commands, "status", show, "services, versions, what runs, disks, load, registrations, calls")


def show(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """Everything at a glance."""
    from appliance.cli.table import pairs, table
    from appliance.cli.terminal import seconds_text

    status = terminal.ask("status.show")
    if terminal.answer(status):
        return None
    word = terminal.word
    rows = [
        (word("name"), status["name"]),
        (word("version"), f"Loopstart {status['version']}, Asterisk {status['asterisk_version'] or '–'}"),
        (word("uptime"), seconds_text(status["uptime_s"])),
        (word("load"), " ".join(f"{value:.2f}" for value in status["load"])),
        (word("memory"), f"{status['memory_free'] / GIB:.1f} / {status['memory_total'] / GIB:.1f} GiB"),
        (word("revision"), f"{status['revision']} ({word(status['generation_state'] or 'staged')})"),
        (word("extensions"), f"{status['extensions']}, {status['registered']} {word('registered')}"),
        (word("calls"), status["calls"]),
    ]
    if status["confirm_by"]:
        rows.append((word("awaiting"), terminal.moment(status["confirm_by"])))
    if status["pending"]:
        rows.append((word("waits_for"), word(status["pending"])))
    if status["records_waiting"] or status["records_dropped"]:
        told = f"{status['records_waiting']} {word('waiting')}, {status['records_dropped']} {word('dropped')}"
        rows.append((word("call_records"), told))
    for disk in status["disks"]:
        rows.append((f"{word('disk')} {disk['path']}", f"{disk['free'] / GIB:.1f} / {disk['total'] / GIB:.1f} GiB"))
    terminal.say(pairs(rows))
    if status["certificate_waits"]:
        terminal.say(word("certificate_waits"))
    if status["unsettled"]:
        terminal.say(word("is_unsettled"))
    terminal.say()
    services = [
        (
            service["name"],
            service["state"] if service["applicable"] else word("not_applicable"),
            terminal.moment(service["since"]),
        )
        for service in status["services"]
    ]
    terminal.say(table([word("service"), word("state"), word("when")], services))
    return None
