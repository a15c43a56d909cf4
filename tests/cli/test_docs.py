"""docs/cli.md says what the parser does, and nothing that it does not."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from appliance.cli import exits
from appliance.cli.parser import make_parser

TEXT = (Path(__file__).resolve().parents[2] / "docs/cli.md").read_text(encoding="utf-8")
EVERYWHERE = {"--json", "--language", "--socket", "--help", "-h"}


def commands(
    parser: argparse.ArgumentParser, path: tuple[str, ...] = ("loopstart",)
) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    below = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    if not below:
        yield " ".join(path), parser
    for action in below:
        for name, inner in action.choices.items():
            yield from commands(inner, (*path, name))


def section_of(command: str) -> str:
    """The part of the page under the heading that names the command."""
    for part in re.split(r"^(?=### )", TEXT, flags=re.M)[1:]:
        heading = part.splitlines()[0]
        if re.search(rf"`{re.escape(command)}(?![a-z-])( |`|\b)", heading):
            return part
    raise AssertionError(f"{command} has no heading in docs/cli.md")


COMMANDS = dict(commands(make_parser()))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_and_every_option_is_documented(command: str) -> None:
    section = section_of(command)
    for action in COMMANDS[command]._actions:
        for option in action.option_strings:
            if option not in EVERYWHERE:
                assert re.search(rf"`{re.escape(option)}(?![a-z-])", section), f"{command} {option}"


def test_no_command_is_documented_that_is_not_there() -> None:
    for heading in re.findall(r"^### (.*)$", TEXT, flags=re.M):
        for named in re.findall(r"`(loopstart [^`]*)`", heading):
            words = [word for word in named.split() if re.fullmatch(r"[a-z-]+", word)]
            while words and " ".join(words) not in COMMANDS:
                words.pop()
            assert words, named


def test_no_option_is_documented_that_is_not_there() -> None:
    known = {option for parser in COMMANDS.values() for action in parser._actions for option in action.option_strings}
    assert set(re.findall(r"(?<![\w-])(--[a-z][a-z0-9-]+)", TEXT)) <= known


def test_every_exit_code_is_documented() -> None:
    table = {int(code) for code in re.findall(r"^\| (\d+) \|", TEXT, flags=re.M)}
    assert table == {value for value in vars(exits).values() if isinstance(value, int)}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_answers_in_json_and_in_a_language(command: str) -> None:
    options = {option for action in COMMANDS[command]._actions for option in action.option_strings}
    assert options >= EVERYWHERE
