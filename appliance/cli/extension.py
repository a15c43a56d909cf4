"""``loopstart extension``: extensions of the draft."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from appliance.cli.options import Commands, command, group, which

if TYPE_CHECKING:
    from appliance.cli.terminal import Terminal


def add_commands(commands: Commands) -> None:
    """Add the commands of extensions."""
    extension = group(commands, "extension", "extensions: list, show, add, edit, remove, import")
    list_ = command(extension, "list", list_extensions, "list extensions")
    list_.add_argument("--search", default="", metavar="TEXT", help="a part of number, name or e-mail address")
    show_ = command(extension, "show", show, "everything about one extension")
    show_.add_argument("number", metavar="NUMBER")
    show_.add_argument("--with-secrets", action="store_true", help="its SIP password and PIN too")
    for parser in (list_, show_):
        parser.add_argument(
            "--which",
            type=which,
            default="draft",
            metavar="STATE",
            help="draft, running or a revision's number (default: draft)",
        )
    add_ = command(extension, "add", add, "add an extension to the draft")
    add_.add_argument("number", metavar="NUMBER")
    add_.add_argument("name", metavar="NAME")
    edit_ = command(extension, "edit", edit, "change an extension in the draft")
    edit_.add_argument("number", metavar="NUMBER")
    edit_.add_argument("--unset", action="append", default=[], metavar="FIELD", help="take a field away")
    for parser in (add_, edit_):
        parser.add_argument(
            "--set",
            action="append",
            default=[],
            metavar="FIELD=VALUE",
            help="a field named as in the site file, e.g. voicemail.enabled=yes, forward.busy.voicemail=101",
        )
    remove_ = command(extension, "remove", remove, "remove an extension from the draft")
    remove_.add_argument("number", metavar="NUMBER")
    remove_.add_argument("--cascade", action="store_true", help="and whatever points at it")
    import_ = command(extension, "import", import_csv, "add or change many extensions from a CSV file")
    import_.add_argument("file", metavar="FILE", help="the first line names the fields; - reads standard input")
    import_.add_argument("--add-only", action="store_true", help="refuse numbers that exist already")
    import_.add_argument("--dry-run", action="store_true", help="only tell what would happen")


def list_extensions(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """List them."""
    from appliance.cli.table import table

    result = terminal.ask("extension.list", which=arguments.which, search=arguments.search, limit=10_000)
    if terminal.answer(result):
        return None
    word = terminal.word
    rows = [
        (
            extension["number"],
            extension["name"],
            extension["registered"] or "",
            word("yes") if extension.get("voicemail", {}).get("enabled") else "",
            extension.get("may_call", ""),
            extension.get("email", ""),
        )
        for extension in result["extensions"]
    ]
    if not rows:
        terminal.say(word("nobody"))
        return None
    headings = [word(key) for key in ("number", "name", "phones", "voicemail", "may_call")]
    terminal.say(table([*headings, "E-mail"], rows))
    return None


def show(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """Show one."""
    from appliance.cli.table import pairs

    result = terminal.ask(
        "extension.get",
        number=arguments.number,
        which=arguments.which,
        with_secrets=arguments.with_secrets,
    )
    if not terminal.answer(result):
        terminal.say(pairs(_flat(result["extension"])))
    return None


def add(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """Add one."""
    from appliance.cli.fields import extension_fields

    document = {"number": arguments.number, "name": arguments.name} | extension_fields(terminal, arguments.set)
    return _saved(terminal, "added", terminal.ask("extension.add", extension=document))


def edit(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """Change one."""
    from appliance.cli.exits import UsageError
    from appliance.cli.fields import extension_fields, taken_away

    changes = extension_fields(terminal, arguments.set) | taken_away(arguments.unset)
    if not changes:
        raise UsageError("--set FIELD=VALUE / --unset FIELD")
    return _saved(terminal, "changed", terminal.ask("extension.edit", number=arguments.number, changes=changes))


def remove(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """Remove one."""
    result = terminal.ask("extension.remove", number=arguments.number, cascade=arguments.cascade)
    if terminal.answer(result):
        return None
    terminal.say(terminal.word("removed", name=arguments.number))
    for path in result["removed_references"]:
        terminal.say("  " + terminal.word("also_removed", path=path))
    terminal.say(terminal.word("saved", version=result["version"]))
    return None


def import_csv(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """Bring in many."""
    from appliance.cli import exits
    from appliance.cli.files import read
    from appliance.control.client import ControlError
    from appliance.model import csv_file
    from appliance.model.problems import Problem

    file = csv_file.parse(read(terminal, arguments.file))
    if file.problems:
        _say_located(terminal, file.problems)
        return exits.REFUSED
    try:
        result = terminal.ask(
            "extension.import",
            extensions=list(file.documents),
            mode="add" if arguments.add_only else "add_or_replace",
            dry_run=arguments.dry_run,
        )
    except ControlError as error:
        if not error.problems or terminal.json:
            raise
        found = [Problem(one.path, one.code, one.params, one.severity) for one in error.problems]
        _say_located(terminal, csv_file.located(found, file.lines))
        return exits.REFUSED
    bad = any(problem["severity"] == "error" for problem in result["problems"])
    if not terminal.answer(result):
        terminal.problems(result["problems"])
        terminal.say(terminal.word("imported", added=len(result["added"]), changed=len(result["changed"])))
        if not arguments.dry_run:
            terminal.say(terminal.word("saved", version=result["version"]))
    return exits.REFUSED if bad else None


def _say_located(terminal: Terminal, problems: Any) -> None:
    """Problems of a file, each with the line it is on."""
    from appliance.model.texts import sentence

    for problem in problems:
        where = f":{problem.params['line']}" if "line" in problem.params else ""
        terminal.say_error(
            f"{terminal.word(problem.severity)}: {problem.where}{where}: "
            f"{sentence(problem, language=terminal.language)}"
        )


def _saved(terminal: Terminal, said: str, result: dict[str, Any]) -> int | None:
    if terminal.answer(result):
        return None
    terminal.problems(result["problems"])
    terminal.say(terminal.word(said, name=result["extension"]["number"]))
    terminal.say(terminal.word("saved", version=result["version"]))
    return None


def _flat(document: dict[str, Any], at: str = "") -> list[tuple[str, object]]:
    """``voicemail.enabled`` and the like, with their values."""
    rows: list[tuple[str, object]] = []
    for name, value in document.items():
        if isinstance(value, dict):
            rows += _flat(value, f"{at}{name}.")
        else:
            rows.append((at + name, ", ".join(map(str, value)) if isinstance(value, list) else value))
    return rows
