"""Extensions as CSV: what spreadsheets do to them is understood; what cannot be read is named by its line."""

from __future__ import annotations

import csv
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.model.csv_file import MAX_ROWS, columns, export, located, parse
from appliance.model.edit import import_extensions
from appliance.model.problems import ProblemsError
from appliance.model.site import Site
from tests.model.strategies import sites


def _documents(text: str) -> list[dict[str, Any]]:
    found = parse(text)
    assert found.problems == ()
    return list(found.documents)


def _codes(text: str) -> list[tuple[str, Any]]:
    return [(problem.code, problem.params.get("line")) for problem in parse(text).problems]


def test_a_plain_file_is_read() -> None:
    text = """\
number,name,voicemail.enabled,voicemail.pin,call_limit,may_pick_up
101,Reception,yes,407193,2,front back
"""
    assert _documents(text) == [
        {
            "number": "101",
            "name": "Reception",
            "voicemail": {"enabled": True, "pin": "407193"},
            "call_limit": 2,
            "may_pick_up": ["front", "back"],
        }
    ]


def test_forwards_are_columns_of_their_kind() -> None:
    text = """\
number,forward.busy.voicemail,forward.no_answer.to.extension,forward.no_answer.after
101,102,103,20
"""
    assert _documents(text) == [
        {
            "number": "101",
            "forward": {"busy": {"voicemail": "102"}, "no_answer": {"to": {"extension": "103"}, "after": 20}},
        }
    ]


@pytest.mark.parametrize(
    "text",
    [
        "number,name\n101,Lab\n",
        "\ufeffnumber;name\r\n101;Lab\r\n",
        "number\tname\r101\tLab\r",
        "sep=;\nnumber;name\n101;Lab",
        '"number","name"\n"101","Lab"\n',
        "Number , NAME ,,\n 101 , Lab ,,\n,,,\n\n",
    ],
)
def test_what_spreadsheets_make_of_a_file_is_understood(text: str) -> None:
    assert _documents(text) == [{"number": "101", "name": "Lab"}]


@pytest.mark.parametrize("number", ["١٠١", "۱۰۱", "１０１"])
def test_digits_of_other_scripts_are_digits(number: str) -> None:
    text = f"number,name,call_limit,voicemail.enabled\n{number},Room {number},{number[0]},{number[0]}\n"
    assert _documents(text) == [
        {"number": "101", "name": f"Room {number}", "call_limit": 1, "voicemail": {"enabled": True}}
    ]


@pytest.mark.parametrize(
    ("word", "value"), [("نعم", True), ("خیر", False), ("是", True), ("FALSE", False), ("X", True)]
)
def test_yes_and_no_are_understood_in_every_language(word: str, value: bool) -> None:
    assert _documents(f"number,voicemail.enabled\n101,{word}\n") == [{"number": "101", "voicemail": {"enabled": value}}]


def test_lines_are_those_of_the_file() -> None:
    found = parse('number,name\n\n101,"two\nlines"\n102,B\n')
    assert found.lines == (3, 5)
    assert [document["name"] for document in found.documents] == ["two\nlines", "B"]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("", [("import_empty", None)]),
        ("number,name\n", [("import_empty", None)]),
        ("name,email\nA,b@c.example\n", [("csv_header", 1)]),
        ("number,colour\n101,red\n", [("csv_column", 1)]),
        ("number,name,name\n101,A,B\n", [("csv_column_twice", 1)]),
        ("number,name\n101,A,B\n102,C\n103,D,,x\n", [("csv_row", 2), ("csv_row", 4)]),
        ('number,name\n101,A\n102,"B\n103,C\n', [("csv_quotes", 3)]),
        ("number,call_limit\n101,two\n102,1.5\n", [("csv_whole_number", 2), ("csv_whole_number", 3)]),
        ("number,voicemail.enabled\n101,maybe\n", [("csv_yes_or_no", 2)]),
        ("number,name\n1.01E+02,A\n", [("csv_scientific", 2)]),
        (f"number,name\n101,{'x' * 1001}\n", [("too_long", 2)]),
    ],
)
def test_what_cannot_be_read_is_named_with_its_line(text: str, codes: list[tuple[str, Any]]) -> None:
    assert _codes(text) == codes


def test_the_number_of_lines_is_limited() -> None:
    text = "number\n" + "101\n" * (MAX_ROWS + 1)
    assert _codes(text) == [("csv_too_many", None)]


def test_problems_of_the_import_get_the_line_of_the_file() -> None:
    found = parse("number,name\n\n101,A\nabc,B\n")
    with pytest.raises(ProblemsError) as caught:
        import_extensions(Site(), found.documents)
    [problem] = located(caught.value.problems, found.lines)
    assert (problem.where, problem.code, problem.params["line"]) == ("extensions[1].number", "dialable", 4)


def _exported(site: Site) -> list[dict[str, Any]]:
    """What of a site's extensions a CSV file can say: nothing is the same as left out."""

    def said(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: said(inner) for name, inner in value.items() if said(inner) not in (None, {}, [])}
        return value

    return [said(extension) for extension in site.document().get("extensions", [])]


@given(sites())
def test_an_export_with_secrets_comes_back_whole(site: Site) -> None:
    text = export(site.extensions, with_secrets=True)
    if site.extensions:
        assert _documents(text) == _exported(site)


@given(sites())
def test_an_export_without_secrets_holds_none_and_imports_without_a_change(site: Site) -> None:
    text = export(site.extensions)
    header = text.removeprefix("\ufeff").split("\r\n")[0].split(",")
    assert not {"secret", "voicemail.pin"} & set(header)
    if site.extensions:
        after = import_extensions(site, _documents(text)).site
        assert after.extensions == site.extensions


@given(sites())
def test_no_cell_of_an_export_is_a_formula(site: Site) -> None:
    text = export(site.extensions, with_secrets=True).removeprefix("\ufeff")
    for row in csv.reader(text.split("\r\n")):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)


@given(st.text(max_size=100), st.sampled_from(["", "number,name\n", "number;call_limit;voicemail.enabled\n"]))
def test_no_text_makes_the_reader_fail(text: str, header: str) -> None:
    found = parse(header + text)
    assert len(found.documents) == len(found.lines)
    assert found.documents or found.problems


def test_the_columns_are_those_of_the_model() -> None:
    assert columns()[:4] == ("number", "name", "email", "secret")
    assert {"voicemail.enabled", "voicemail.pin", "forward.no_answer.to.voicemail"} <= set(columns())
