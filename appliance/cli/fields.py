"""``FIELD=VALUE`` on the command line, turned into a merge patch by the rules of the model."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, get_args

from pydantic import BaseModel

from appliance.cli.exits import UsageError

if TYPE_CHECKING:
    from appliance.cli.terminal import Terminal

_YES_NO = {"yes": True, "true": True, "on": True, "no": False, "false": False, "off": False}


def extension_fields(terminal: Terminal, settings: Iterable[str]) -> dict[str, Any]:
    """The document of an extension that the settings make, read as a line of a CSV file would be."""
    from appliance.model import csv_file
    from appliance.model.texts import sentence

    pairs = [_pair(setting) for setting in settings]
    if not pairs:
        return {}
    # A number is needed by the file's rules; it is taken out again.
    line = [("number", "00"), *pairs] if "number" not in dict(pairs) else pairs
    text = "\n".join(";".join(_quoted(cell) for cell in cells) for cells in zip(*line, strict=True))
    parsed = csv_file.parse(f"sep=;\n{text}\n")
    if parsed.problems:
        raise UsageError("\n".join(sentence(problem, language=terminal.language) for problem in parsed.problems))
    [document] = parsed.documents
    if "number" not in dict(pairs):
        del document["number"]
    return document


def member_fields(noun: type[BaseModel], settings: Iterable[str]) -> dict[str, Any]:
    """The document that the settings make of a span, trunk or route (``spans=pri,bri``, ``to.extension=101``), or the
    merge patch that they make of another noun (``tls=no``, ``smtp.port=587``).
    """
    from appliance.model.destinations import Destination
    from appliance.model.structure import noun_of

    document: dict[str, Any] = {}
    for path, value in map(_pair, settings):
        *parents, last = path.split(".")
        place: dict[str, Any] = document
        inner: type[BaseModel] = noun
        for parent in parents:
            found = noun_of(inner, parent)
            if found is None:
                raise UsageError(f"{path}: {', '.join(inner.model_json_schema()['properties'])}")
            inner, place = found, place.setdefault(parent, {})
        place[last] = value if inner is Destination else _typed(inner, last, value)
    return document


def _typed(noun: type[BaseModel], name: str, value: str) -> Any:
    """The text of one field as its type has it; what does not fit stays text, and the model says what is wrong."""
    from appliance.model.structure import attributes, is_list

    attribute = attributes(noun).get(name)
    if attribute is None:
        raise UsageError(f"{name}: {', '.join(attributes(noun))}")
    annotation = noun.model_fields[attribute].annotation
    if is_list(noun, name):
        parts = [part.strip() for part in value.split(",") if part.strip()]
        return [int(part) if _holds(annotation, int) and part.isdecimal() else part for part in parts]
    if _holds(annotation, bool):
        return _YES_NO.get(value.lower(), value)
    return int(value) if _holds(annotation, int) and value.isdecimal() else value


def _holds(annotation: Any, kind: type) -> bool:
    return annotation is kind or any(_holds(argument, kind) for argument in get_args(annotation))


def taken_away(names: Iterable[str]) -> dict[str, Any]:
    """A merge patch that takes fields away: ``voicemail.pin`` -> ``{"voicemail": {"pin": null}}``."""
    patch: dict[str, Any] = {}
    for name in names:
        *parents, last = name.split(".")
        place = patch
        for parent in parents:
            place = place.setdefault(parent, {})
        place[last] = None
    return patch


def _pair(setting: str) -> tuple[str, str]:
    name, equals, value = setting.partition("=")
    if not equals or not name:
        raise UsageError(f"{setting!r}: FIELD=VALUE")
    return name.strip(), value.strip()


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'
