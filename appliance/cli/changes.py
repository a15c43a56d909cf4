"""How changes of values and files are printed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from appliance.cli.terminal import Terminal

_SIGNS = {"added": "+", "removed": "-", "changed": "~"}


def say_values(terminal: Terminal, values: Iterable[Mapping[str, Any]]) -> None:
    """Each changed value as a sentence."""
    from appliance.model.changes import ValueChange
    from appliance.model.compare import words

    for value in values:
        terminal.say(f"{_SIGNS[value['kind']]} {words(ValueChange.model_validate(value), terminal.language)}")


def say_files(terminal: Terminal, files: Iterable[Mapping[str, Any]], *, with_lines: bool) -> None:
    """Each changed file, and its changed lines where they are wanted."""
    terminal.say()
    for file in files:
        what = file["reload"] or terminal.word(file["reload_class"])
        terminal.say(f"{_SIGNS[file['kind']]} {file['path']} ({what})")
        if with_lines:
            for line in file["diff"].splitlines()[2:]:
                terminal.say(f"    {line}")
