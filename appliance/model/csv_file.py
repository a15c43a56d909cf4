"""Extensions as a CSV file: one a line, the first line names the columns.

Columns are the fields of an extension with dots (``voicemail.enabled``, ``forward.busy.voicemail``). What
spreadsheets do to such files is expected: a byte order mark, ``;`` or tab between cells, a ``sep=`` line,
Arabic or Persian digits.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal, get_args

from pydantic import BaseModel

from appliance.model.destinations import Destination, DestinationKind
from appliance.model.extensions import Extension
from appliance.model.problems import Path, Problem
from appliance.model.structure import is_list, noun_of

MAX_ROWS = 20_000
MAX_CELL = 1_000
Kind = Literal["text", "digits", "whole", "yes_no", "list"]

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹０１２３４５６７８９", "012345678901234567890123456789")
_YES = frozenset({"true", "yes", "y", "1", "x", "on", "نعم", "بله", "آری", "是", "開", "有"})
_NO = frozenset({"false", "no", "n", "0", "off", "لا", "خیر", "نه", "否", "關", "無"})
_SCIENTIFIC = re.compile(r"[0-9][.,][0-9]+[eE]\+?[0-9]+")
_WHOLE = re.compile(r"-?[0-9]{1,9}")
# A spreadsheet runs what begins like this as a formula (OWASP: CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class CsvFile:
    """What a CSV file holds.

    documents: one for each row below the header, for :func:`appliance.model.edit.import_extensions`; where a
    cell could not be read, its field is left out.
    lines: the line of the file that each document came from, counted from 1.
    problems: of rows and columns that could not be read; each has the parameter ``line``. The index in their
    paths is that of the document.
    """

    documents: tuple[dict[str, Any], ...]
    lines: tuple[int, ...]
    problems: tuple[Problem, ...]


def columns() -> tuple[str, ...]:
    """Every column there can be, in the order of the model."""
    return tuple(_COLUMNS)


def parse(text: str) -> CsvFile:
    """Read a CSV file. Never raises: what cannot be read is in ``problems``.

    An empty cell leaves its field out. Codes: ``import_empty``, ``csv_header``, ``csv_column``,
    ``csv_column_twice``, ``csv_row``, ``csv_quotes``, ``csv_too_many``, ``csv_whole_number``,
    ``csv_yes_or_no``, ``csv_scientific``, ``too_long``.
    """
    rows, problems = _rows(text)
    if not rows:
        return CsvFile((), (), tuple(problems) or (Problem((), "import_empty"),))
    (header_line, header), *body = rows
    names, header_problems = _header(header, header_line)
    problems = [*header_problems, *problems]
    if header_problems:
        return CsvFile((), (), tuple(problems))
    documents: list[dict[str, Any]] = []
    lines: list[int] = []
    for index, (line, cells) in enumerate(body):
        document, row_problems = _document(names, cells, line, ("extensions", index))
        problems.extend(row_problems)
        documents.append(document)
        lines.append(line)
    if not documents and not problems:
        problems.append(Problem((), "import_empty"))
    return CsvFile(tuple(documents), tuple(lines), tuple(problems))


def located(problems: Iterable[Problem], lines: tuple[int, ...]) -> tuple[Problem, ...]:
    """The problems of an import, each with the line of the file it is about as the parameter ``line``."""
    found: list[Problem] = []
    for problem in problems:
        row = problem.path[1] if len(problem.path) > 1 else None
        if isinstance(row, int) and row < len(lines):
            params = {**problem.params, "line": lines[row]}
            problem = Problem(problem.path, problem.code, params, problem.severity)  # noqa: PLW2901  the same, located
        found.append(problem)
    return tuple(found)


def export(extensions: Iterable[Extension], with_secrets: bool = False) -> str:
    """Write extensions as CSV with a byte order mark (spreadsheets need it for UTF-8), commas and CRLF (RFC
    4180).

    Only columns that some extension uses are written. Cells that a spreadsheet would run as a formula get a
    ``'`` in front, which :func:`parse` takes away again.
    """
    rows = [dict(_cells(extension, with_secrets)) for extension in extensions]
    used = {"number", "name"}.union(*rows)
    names = [name for name in _COLUMNS if name in used]
    written: list[str] = ["\ufeff"]
    writer = csv.writer(_Written(written), lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([_guarded(row.get(name, "")) for name in names] for row in rows)
    return "".join(written)


class _Written:
    """What the csv module takes for a file."""

    def __init__(self, parts: list[str]) -> None:
        self._parts = parts

    def write(self, text: str) -> int:
        self._parts.append(text)
        return len(text)


def _field_columns(noun: type[BaseModel], prefix: str = "") -> Iterator[tuple[str, Kind]]:
    for name, field in noun.model_fields.items():
        inner = noun_of(noun, name)
        if inner is Destination:
            yield from ((f"{prefix}{name}.{kind.value}", "digits") for kind in DestinationKind)
        elif inner is not None:
            yield from _field_columns(inner, f"{prefix}{name}.")
        elif is_list(noun, name):
            yield f"{prefix}{name}", "list"
        elif _holds(field.annotation, bool):
            yield f"{prefix}{name}", "yes_no"
        elif _holds(field.annotation, int):
            yield f"{prefix}{name}", "whole"
        else:
            yield f"{prefix}{name}", "digits" if name in {"number", "pin"} else "text"


def _holds(annotation: Any, kind: type) -> bool:
    return annotation is kind or any(_holds(argument, kind) for argument in get_args(annotation))


_COLUMNS: dict[str, Kind] = dict(_field_columns(Extension))
_SECRET_COLUMNS = frozenset({"secret", "voicemail.pin"})


def _rows(text: str) -> tuple[list[tuple[int, list[str]]], list[Problem]]:
    """The rows that are not empty, with the line each begins on."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    lines = [f"{line}\n" for line in text.split("\n")]
    skipped = 0
    delimiter = None
    if (given := re.fullmatch(r'"?sep=(.)"?\n', lines[0], re.IGNORECASE)) is not None:
        delimiter, skipped = given[1], 1
    body = lines[skipped:]
    delimiter = delimiter or _delimiter(next((line for line in body if line.strip()), ""))
    rows: list[tuple[int, list[str]]] = []
    reader = csv.reader(body, delimiter=delimiter, strict=True)
    begin = skipped + 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((begin, [cell.strip() for cell in cells]))
            if len(rows) > MAX_ROWS + 1:
                return rows[:1], [Problem((), "csv_too_many", {"max": MAX_ROWS})]
            begin = reader.line_num + skipped + 1
    except csv.Error:
        return rows, [Problem((), "csv_quotes", {"line": begin})]
    return rows, []


def _delimiter(header: str) -> str:
    """What stands between the cells of the header; its names hold none of these."""
    return max(",;\t", key=header.count)


def _header(cells: list[str], line: int) -> tuple[list[str], list[Problem]]:
    while cells and not cells[-1]:  # spreadsheets write empty columns at the end
        cells = cells[:-1]
    names = [cell.casefold() for cell in cells]
    allowed = ", ".join(_COLUMNS)
    problems = [
        Problem((), "csv_column", {"line": line, "column": name[:40], "allowed": allowed})
        for name in names
        if name not in _COLUMNS
    ]
    problems += [
        Problem((), "csv_column_twice", {"line": line, "column": name})
        for place, name in enumerate(names)
        if name in _COLUMNS and name in names[:place]
    ]
    if "number" not in names:
        return names, [Problem((), "csv_header", {"line": line, "allowed": allowed})]
    return names, problems


def _document(names: list[str], cells: list[str], line: int, at: Path) -> tuple[dict[str, Any], list[Problem]]:
    document: dict[str, Any] = {}
    extra = [cell for cell in cells[len(names) :] if cell]
    if extra:
        return document, [Problem(at, "csv_row", {"line": line, "cells": len(cells), "columns": len(names)})]
    problems: list[Problem] = []
    for name, cell in zip(names, cells, strict=False):
        if not cell:
            continue
        path = (*at, *name.split("."))
        if len(cell) > MAX_CELL:
            problems.append(Problem(path, "too_long", {"line": line, "max": MAX_CELL}))
            continue
        value = _value(_COLUMNS[name], _unguarded(cell))
        if isinstance(value, _Unreadable):
            problems.append(Problem(path, value.code, {"line": line, "value": cell[:40]}))
            continue
        holder = document
        for step in path[2:-1]:
            holder = holder.setdefault(str(step), {})
        holder[str(path[-1])] = value
    return document, problems


@dataclass(frozen=True, slots=True)
class _Unreadable:
    code: str


def _value(kind: Kind, cell: str) -> Any:
    folded = cell.casefold()
    plain = cell.translate(_DIGITS)
    match kind:
        case "digits":
            return _Unreadable("csv_scientific") if _SCIENTIFIC.fullmatch(plain) else plain
        case "whole":
            return int(plain) if _WHOLE.fullmatch(plain) else _Unreadable("csv_whole_number")
        case "yes_no":
            folded = folded.translate(_DIGITS)
            return True if folded in _YES else False if folded in _NO else _Unreadable("csv_yes_or_no")
        case "list":
            return [part for part in re.split(r"[\s,;|،、]+", cell) if part]
    return cell


def _cells(extension: Extension, with_secrets: bool) -> Iterator[tuple[str, str]]:
    document = extension.model_dump(mode="json", exclude_unset=True, by_alias=True)
    for name in _COLUMNS:
        value: Any = document
        for step in name.split("."):
            value = value.get(step) if isinstance(value, dict) else None
        if value is None or (name in _SECRET_COLUMNS and not with_secrets):
            continue
        if isinstance(value, bool):
            yield name, "true" if value else "false"
        elif isinstance(value, list):
            if value:
                yield name, " ".join(value)
        else:
            yield name, str(value)


def _guarded(cell: str) -> str:
    return f"'{cell}" if cell.startswith((*_FORMULA, "'")) else cell


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith((*_FORMULA, "'")) else cell
