"""The whole site and its changes: ``loopstart site``, ``plan``, ``apply``, ``confirm``, ``rollback``,
``discard``."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from appliance.cli.options import Commands, command, duration, group, which

if TYPE_CHECKING:
    from appliance.cli.terminal import Terminal


def add_commands(commands: Commands) -> None:
    """Add the commands of the site."""
    site = group(commands, "site", "the whole site as one file")
    show_ = command(site, "show", show, "print the site, secrets as ***")
    export_ = command(site, "export", export, "print the site as a file that can be imported again")
    export_.add_argument("--with-secrets", action="store_true", help="passwords and PINs too: keep the file safe")
    export_.add_argument("-o", "--output", metavar="FILE", help="write there instead (readable by its owner only)")
    for parser in (show_, export_):
        parser.add_argument(
            "--which",
            type=which,
            default="draft",
            metavar="STATE",
            help="draft, running or a revision's number (default: draft)",
        )
    import_ = command(site, "import", import_file, "replace the draft by a site file")
    import_.add_argument("file", metavar="FILE", help="YAML; - reads standard input")
    import_.add_argument("--dry-run", action="store_true", help="only tell what is wrong with it")
    import_.add_argument("--expect-version", type=int, metavar="N", help="refuse if the draft is another version")
    command(site, "schema", schema, "print the JSON schema of the site file")

    plan_ = command(commands, "plan", plan, "what applying the draft would do")
    plan_.add_argument("--files", action="store_true", help="show the changed lines of the rendered files")
    apply_ = command(commands, "apply", apply, "make the draft effective")
    apply_.add_argument(
        "--confirm-within",
        type=duration,
        metavar="TIME",
        help="undo it after this time (30s, 5m, 2h) unless “loopstart confirm” came",
    )
    apply_.add_argument("--note", default="", help="shown in the list of revisions")
    apply_.add_argument("--expect-version", type=int, metavar="N", help="refuse if the draft is another version")
    command(commands, "confirm", confirm, "keep the change that awaits it")
    rollback_ = command(commands, "rollback", rollback, "go back to an earlier revision, or undo what awaits")
    rollback_.add_argument("revision", metavar="REV", type=int, nargs="?", help="default: the one before")
    rollback_.add_argument("--note", default="", help="shown in the list of revisions")
    command(commands, "discard", discard, "throw away the edits of the draft")


def show(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """Print the site."""
    from appliance.model.site_file import dumps

    site = terminal.ask("site.show", which=arguments.which)
    if not terminal.answer(site):
        terminal.say(dumps(site["document"]).rstrip("\n"))
    return None


def export(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """Print or write the site file."""
    from appliance.cli import exits, files

    exported = terminal.ask("site.export", which=arguments.which, with_secrets=arguments.with_secrets)
    if arguments.output is None:
        if not terminal.answer(exported):
            terminal.say(exported["text"].rstrip("\n"))
        return None
    return None if files.write(terminal, arguments.output, exported["text"]) else exits.REFUSED


def import_file(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """Send the file to the draft."""
    from appliance.cli import exits
    from appliance.cli.files import read

    text = read(terminal, arguments.file)
    result = terminal.ask("site.import", text=text, dry_run=arguments.dry_run, expect_version=arguments.expect_version)
    bad = any(problem["severity"] == "error" for problem in result["problems"])
    if not terminal.answer(result):
        terminal.problems(result["problems"])
        if not arguments.dry_run:
            terminal.say(terminal.word("saved", version=result["version"]))
        elif not bad:
            terminal.say(terminal.word("import_good"))
    return exits.REFUSED if bad else None


def schema(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """Print the schema; it is JSON either way."""
    import json

    terminal.say(json.dumps(terminal.ask("site.schema")["schema"], ensure_ascii=False, indent=2))
    return None


def plan(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """Print what an apply would do."""
    from appliance.cli import exits
    from appliance.cli.changes import say_files, say_values

    planned = terminal.ask("site.plan")
    bad = any(problem["severity"] == "error" for problem in planned["problems"])
    if terminal.answer(planned):
        return exits.REFUSED if bad else None
    terminal.problems(planned["problems"])
    if bad:
        return exits.REFUSED
    if not planned["values"] and not planned["files"]:
        terminal.say(terminal.word("nothing_to_apply"))
        return None
    say_values(terminal, planned["values"])
    if planned["files"]:
        say_files(terminal, planned["files"], with_lines=arguments.files)
        terminal.say(terminal.word("takes", what=terminal.word(planned["reload_class"])))
    else:
        terminal.say(terminal.word("no_file_changes"))
    for call in planned["calls_touched"]:
        terminal.say("  " + terminal.word("call_waits", caller=call["caller"], called=call["called"]))
    return None


def apply(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """Make the draft effective."""
    return outcome(
        terminal,
        terminal.ask(
            "site.apply",
            note=arguments.note,
            confirm_within_s=arguments.confirm_within,
            expect_version=arguments.expect_version,
        ),
    )


def confirm(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """Keep what awaits."""
    return outcome(terminal, terminal.ask("site.confirm"))


def rollback(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """Go back."""
    return outcome(terminal, terminal.ask("site.rollback", revision=arguments.revision, note=arguments.note))


def discard(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """Put the draft back to what runs."""
    result = terminal.ask("draft.discard")
    if not terminal.answer(result):
        terminal.say(terminal.word("discarded"))
    return None


def outcome(terminal: Terminal, ended: dict[str, Any]) -> int | None:
    """How a change ended, as words and exit code."""
    from appliance.cli import exits
    from appliance.model.texts import sentence

    rejected = ended["state"] == "rejected"
    if not terminal.answer(ended):
        reason = sentence(ended["reason"], ended["params"], terminal.language) if ended["reason"] else ""
        said = terminal.word(
            f"is_{ended['state']}",
            revision=ended["revision"],
            reason=reason,
            until=terminal.moment(ended["confirm_by"]),
        )
        (terminal.say_error if rejected else terminal.say)(said)
        if ended["detail"]:
            terminal.say_error(terminal.word("asterisk_said", detail=ended["detail"]))
        if ended["pending"]:
            terminal.say(terminal.word("still_to_come", what=terminal.word(ended["pending"])))
    return exits.NOT_TAKEN if rejected else None
