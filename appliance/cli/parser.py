"""The whole parser: the commands of every noun, in the order in which ``--help`` shows them."""

from __future__ import annotations

import argparse

from appliance.cli import (
    account,
    audit,
    box,
    completion,
    console,
    display,
    extension,
    first_run,
    hardware,
    history,
    install,
    live,
    log,
    member,
    network,
    power,
    registration,
    revision,
    session,
    site,
    smdr,
    status,
    support,
    token,
    update,
)

NOUNS = (
    status, site, revision, extension, member, box, hardware, smdr, display, live, registration, history, account,
    token, session, first_run, audit, update, network, power, install, log, support, console, completion,
)  # fmt: skip


def make_parser() -> argparse.ArgumentParser:
    """The parser of ``loopstart``."""
    parser = argparse.ArgumentParser(
        prog="loopstart",
        description="Look after this box: its site, its changes, its calls.",
        epilog="Every command takes --help. Exit codes and examples: docs/cli.md.",
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for noun in NOUNS:
        noun.add_commands(commands)
    return parser
