"""The site file: YAML text to document and back.

What is read is YAML 1.2's JSON-like core, so that ``country: NO`` is Norway and ``08:00`` is a time of day:
no aliases, no tags, no merge keys, no dates. What is written means the same to readers of YAML 1.1 and 1.2.
"""

from __future__ import annotations

import re
from typing import Any

import yaml
from pydantic import BaseModel

from appliance.model.destinations import Destination
from appliance.model.problems import Path, Problem, ProblemsError
from appliance.model.schema import schema
from appliance.model.site import Site
from appliance.model.structure import attributes, noun_of
from appliance.model.yaml_text import LOADER

__all__ = ["MAX_SIZE", "dumps", "loads", "schema"]

MAX_SIZE = 16 * 1024 * 1024
"""Characters of a site file. 5,000 extensions with everything set take about 2 million."""
MAX_DEPTH = 40
HEADER = """\
# The site of one box: everything its admin decides. Written by Loopstart.
# Change it with any editor, look at the effect with "loopstart site import" and "loopstart plan".
"""

_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_TRUE = frozenset({"true", "True", "TRUE"})
_FALSE = frozenset({"false", "False", "FALSE"})
_WHOLE = re.compile(r"[-+]?[0-9]{1,40}")
_DECIMAL = re.compile(r"[-+]?[0-9]{1,40}\.[0-9]{1,40}([eE][-+]?[0-9]{1,3})?")
# Everything else than YAML 1.2.2, section 5.1: c-printable.
_NOT_PRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_STRING_TAGS = frozenset({"!", "tag:yaml.org,2002:str"})


def loads(text: str) -> Any:
    """Read YAML. Gives plain JSON types; raises :class:`ProblemsError` with one problem that says line and
    column.

    Codes: ``yaml_syntax``, ``yaml_character``, ``yaml_alias``, ``yaml_tag``, ``yaml_deep``,
    ``duplicate_key``, ``key_not_text``, ``file_too_large``, ``import_empty``.
    """
    text = text.removeprefix("\ufeff")
    if len(text) > MAX_SIZE:
        raise ProblemsError([Problem((), "file_too_large", {"size": len(text), "max": MAX_SIZE})])
    if (odd := _NOT_PRINTABLE.search(text)) is not None:
        line = text.count("\n", 0, odd.start()) + 1
        column = odd.start() - text.rfind("\n", 0, odd.start())
        raise ProblemsError([Problem((), "yaml_character", {"line": line, "column": column})])
    reader = _Reader()
    try:
        for event in yaml.parse(text, Loader=LOADER):
            reader.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise _refused("yaml_syntax", mark, (), detail=str(error.problem or "")[:120]) from None
    if reader.document is None:
        raise ProblemsError([Problem((), "import_empty")])
    return reader.document


class _Reader:
    """Builds a document from the parser's events. Not recursive: depth costs no stack."""

    def __init__(self) -> None:
        self.document: Any = None
        self.documents = 0
        self._open: list[dict[str, Any] | list[Any]] = []
        self._keys: list[str | None] = []  # beside each open mapping, the key whose value comes next

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.ScalarEvent):
            self._put(self._scalar(event), event)
        elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            if event.anchor is not None:
                raise self._refuse("yaml_alias", event)
            if event.tag is not None:
                raise self._refuse("yaml_tag", event, tag=str(event.tag)[:60])
            if len(self._open) >= MAX_DEPTH:
                raise self._refuse("yaml_deep", event)
            opened: dict[str, Any] | list[Any] = {} if isinstance(event, yaml.MappingStartEvent) else []
            self._put(opened, event)
            self._open.append(opened)
            self._keys.append(None)
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            self._open.pop()
            self._keys.pop()
            if self._keys and isinstance(self._open[-1], dict):
                self._keys[-1] = None
        elif isinstance(event, yaml.AliasEvent):
            raise self._refuse("yaml_alias", event)
        elif isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                raise self._refuse("yaml_syntax", event, detail="a second document")

    def _put(self, value: Any, event: yaml.Event) -> None:
        if not self._open:
            self.document = value
            return
        holder = self._open[-1]
        if isinstance(holder, list):
            holder.append(value)
            return
        key = self._keys[-1]
        if key is not None:
            holder[key] = value
            if not isinstance(value, (dict, list)):  # else once it is closed, for the path of problems inside it
                self._keys[-1] = None
        elif not isinstance(value, str):
            raise self._refuse("key_not_text", event)
        elif value in holder:
            raise self._refuse("duplicate_key", event, field=value[:60])
        else:
            self._keys[-1] = value

    def _scalar(self, event: yaml.ScalarEvent) -> Any:
        if event.anchor is not None:
            raise self._refuse("yaml_alias", event)
        if event.tag is not None and event.tag not in _STRING_TAGS:
            raise self._refuse("yaml_tag", event, tag=str(event.tag)[:60])
        return _plain(event.value) if event.implicit[0] and event.tag is None else event.value

    def _refuse(self, code: str, event: yaml.Event, **params: str) -> ProblemsError:
        path: list[str | int] = []
        for holder, key in zip(self._open, self._keys, strict=True):
            if isinstance(holder, list):
                path.append(max(len(holder) - 1, 0))
            elif key is not None:
                path.append(key)
        return _refused(code, event.start_mark, tuple(path), **params)


def _plain(text: str) -> Any:
    """A scalar without quotes, as YAML 1.2's core schema reads it, less what people write by accident."""
    if text in _NULL:
        return None
    if text in _TRUE:
        return True
    if text in _FALSE:
        return False
    if _WHOLE.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return float(text)
    return text


def _refused(code: str, mark: Any, path: Path, **params: str | int) -> ProblemsError:
    params["line"] = mark.line + 1 if mark is not None else 1
    params["column"] = mark.column + 1 if mark is not None else 1
    return ProblemsError([Problem(path, code, params)])


# --- writing ---

_WIDTH = 96
_PLAIN = re.compile(r"[^\W\d_][\w ./@-]*")
# Line breaks of YAML 1.1 (U+0085, U+2028, U+2029) and the byte order mark do not survive as they are.
_TO_ESCAPE = re.compile(f'["\\\\\t\n\r\x85\u2028\u2029\ufeff]|{_NOT_PRINTABLE.pattern}')
# Words that some reader of YAML takes for something else than text.
_NOT_TEXT = frozenset({"true", "false", "yes", "no", "on", "off", "y", "n", "null"})


def dumps(document: dict[str, Any]) -> str:
    """Write a site document in the order of the model, with everything that looks like a number in quotes.

    Equal documents give equal text. Short groups and lists stand on one line.
    """
    lines = [HEADER]
    for name, value in _ordered(Site, document).items():
        if not value and isinstance(value, (dict, list)):
            lines.append(f"{_text(name)}: {_flow(value)}\n")
        elif isinstance(value, dict):
            lines.append(f"{_text(name)}:\n")
            _block(value, 2, lines)
        elif isinstance(value, list) and any(isinstance(member, dict) for member in value):
            lines.append(f"{_text(name)}:\n")
            _members(value, 2, lines)
        else:
            lines.append(f"{_text(name)}: {_flow(value)}\n")
    if not document:
        lines.append("{}\n")
    return "".join(lines)


def _ordered(noun: type[BaseModel] | None, document: dict[str, Any]) -> dict[str, Any]:
    known = list(attributes(noun)) if noun is not None and noun is not Destination else []
    names = [name for name in known if name in document] + [name for name in document if name not in known]
    result: dict[str, Any] = {}
    for name in names:
        value = document[name]
        inner = noun_of(noun, name) if noun is not None else None
        if isinstance(value, dict):
            value = _ordered(inner, value)
        elif isinstance(value, list):
            value = [_ordered(inner, member) if isinstance(member, dict) else member for member in value]
        result[name] = value
    return result


def _block(document: dict[str, Any], indent: int, lines: list[str]) -> None:
    space = " " * indent
    for name, value in document.items():
        flow = f"{space}{_text(name)}: {_flow(value)}\n"
        if len(flow) <= _WIDTH or not isinstance(value, (dict, list)) or not value:
            lines.append(flow)
            continue
        lines.append(f"{space}{_text(name)}:\n")
        if isinstance(value, dict):
            _block(value, indent + 2, lines)
        else:
            _members(value, indent + 2, lines)


def _members(members: list[Any], indent: int, lines: list[str]) -> None:
    space = " " * indent
    for member in members:
        if not isinstance(member, dict) or not member:
            lines.append(f"{space}- {_flow(member)}\n")
            continue
        start = len(lines)
        _block(member, indent + 2, lines)
        lines[start] = f"{space}- {lines[start][indent + 2 :]}"


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_text(name)}: {_flow(inner)}" for name, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(member) for member in value) + "]"
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    return _text(value) if isinstance(value, str) else repr(value)


def _text(value: str) -> str:
    """Text as YAML: without quotes only where no reader can take it for anything else."""
    if _PLAIN.fullmatch(value) and not value.endswith(" ") and value.casefold() not in _NOT_TEXT:
        return value
    return f'"{_TO_ESCAPE.sub(_escaped, value)}"'


def _escaped(found: re.Match[str]) -> str:
    """A character as YAML 1.2.2, section 5.7, escapes it."""
    character = found.group()
    if character in '"\\':
        return "\\" + character
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
