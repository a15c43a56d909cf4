"""``loopstart history``: calls that were."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from appliance.cli.options import Commands, command

if TYPE_CHECKING:
    from appliance.cli.terminal import Terminal


def add_commands(commands: Commands) -> None:
    """Add ``history``."""
    history_ = command(commands, "history", show, "calls that were")
    history_.add_argument("--search", default="", metavar="TEXT", help="a part of a number or of the caller's name")
    history_.add_argument("--extension", metavar="NUMBER", help="only calls of this extension")
    history_.add_argument(
        "--outcome", metavar="OUTCOME", help="answered, busy, no_answer, cancelled, voicemail, service, …"
    )
    history_.add_argument("--since", metavar="WHEN", help="2026-11-22 or 2026-11-22T08:00")
    history_.add_argument("--until", metavar="WHEN", help="the end; itself left out")
    history_.add_argument("--limit", type=int, default=20, metavar="N", help="how many (default: %(default)s)")
    history_.add_argument("--before", type=int, metavar="ID", help="only older ones than this")


def show(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """List them, newest first."""
    from appliance.cli.table import table
    from appliance.cli.terminal import seconds_text

    result = terminal.ask(
        "history.list",
        search=arguments.search,
        extension=arguments.extension,
        outcome=arguments.outcome,
        since=_moment(arguments.since),
        until=_moment(arguments.until),
        limit=arguments.limit,
        before=arguments.before,
    )
    if terminal.answer(result):
        return None
    word = terminal.word
    rows = [
        (
            contact["id"],
            terminal.moment(contact["started"]),
            f"{contact['caller']} {contact['caller_name']}".strip(),
            contact["called"],
            word("no_answer_outcome" if contact["outcome"] == "no_answer" else contact["outcome"]),
            seconds_text(contact["talk_s"]) if contact["talk_s"] else "",
        )
        for contact in result["contacts"]
    ]
    if not rows:
        terminal.say(word("nothing"))
        return None
    headings = [word(key) for key in ("id", "started", "caller", "called", "outcome", "talked")]
    terminal.say(table(headings, rows))
    if result["more"]:
        terminal.say(word("more", before=rows[-1][0]))
    return None


def _moment(text: str | None) -> str | None:
    """A moment in the time of this box, as the daemon takes it."""
    from datetime import datetime

    from appliance.cli.exits import UsageError

    if text is None:
        return None
    try:
        return datetime.fromisoformat(text).astimezone().isoformat()
    except ValueError:
        raise UsageError(f"{text!r}: 2026-11-22, 2026-11-22T08:00") from None
