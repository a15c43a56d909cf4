"""Every code has its sentence in every language, and a sentence always comes out."""

from __future__ import annotations

import ast
import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.model import texts
from appliance.model.extensions import Extension
from appliance.model.problems import Problem
from appliance.model.site import _PYDANTIC_CODES, Site
from appliance.model.structure import attributes, noun_of
from appliance.model.texts import PROBLEM_TEXTS, TEXT_LANGUAGES, field_label, sentence, sentences

ROOT = Path(__file__).parents[2]
RAISING = {"Problem", "PydanticCustomError", "Rule", "_Unreadable", "_refused", "_refuse"}
"""Calls whose first or second plain text, or argument ``code`` or ``reason``, is a code."""
SECOND = {"Problem"}


def _called(call: ast.Call) -> str:
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _assigned(statement: ast.Assign | ast.AnnAssign) -> str:
    target = statement.target if isinstance(statement, ast.AnnAssign) else statement.targets[0]
    return getattr(target, "id", "")


def _texts_in(node: ast.expr | None) -> set[str]:
    """The constants an expression can give: of both arms where it chooses."""
    if isinstance(node, ast.IfExp):
        return _texts_in(node.body) | _texts_in(node.orelse)
    return {node.value} if isinstance(node, ast.Constant) and isinstance(node.value, str) else set()


def codes_raised(source: str) -> set[str]:
    """The codes of problems and refusals that a Python source raises."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = _called(node)
            if name in RAISING or name.endswith(("RefusedError", "NotTakenError", "BadLineError", "ControlError")):
                place = 1 if name in SECOND else 0
                found |= _texts_in(node.args[place] if len(node.args) > place else None)
                found |= {text for each in node.keywords if each.arg == "code" for text in _texts_in(each.value)}
            for keyword in node.keywords:
                if keyword.arg in {"reason", "undone_because"}:
                    found |= _texts_in(keyword.value)
        elif isinstance(node, ast.ClassDef):
            for statement in node.body:
                if isinstance(statement, (ast.Assign, ast.AnnAssign)) and _assigned(statement) == "code":
                    found |= _texts_in(statement.value)
        elif isinstance(node, ast.Assign) and _assigned(node) == "_PYDANTIC_CODES":
            assert isinstance(node.value, ast.Dict)
            for value in node.value.values:
                found |= _texts_in(value)
    return found


def placeholders(text: str) -> set[str]:
    return {name for _literal, name, _spec, _conversion in string.Formatter().parse(text) if name is not None}


SOURCES = sorted((ROOT / "appliance").rglob("*.py"))


def test_codes_are_found_where_they_are_raised() -> None:
    source = """
class GoneError(StoreError):
    code: ClassVar[str] = "gone"
raise ProblemsError([Problem(("a",), "one" if x else "two", {"number": n})])
raise RefusedError("three", noun="x")
self.store.set(reason="four")
"""
    assert codes_raised(source) == {"gone", "one", "two", "three", "four"}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_code_raised_in_the_source_has_words(path: Path) -> None:
    codes = {_PYDANTIC_CODES.get(code, code) for code in codes_raised(path.read_text("utf-8"))}
    assert codes - PROBLEM_TEXTS.keys() == set()


def test_every_sentence_is_there_in_every_language_with_the_same_placeholders() -> None:
    for code, said in PROBLEM_TEXTS.items():
        assert tuple(said) == TEXT_LANGUAGES, code
        assert all(text.strip() == text != "" for text in said.values()), code
        assert len({frozenset(placeholders(text)) for text in said.values()}) == 1, code


def _letters(text: str, first: str, last: str) -> int:
    return sum(first <= character <= last for character in text)


def test_every_sentence_is_in_the_script_of_its_language() -> None:
    for code, said in PROBLEM_TEXTS.items():
        assert _letters(said["ar"], "\u0600", "\u06ff") > 5, code
        assert _letters(said["fa"], "\u0600", "\u06ff") > 5, code
        assert _letters(said["zh"], "\u4e00", "\u9fff") > 3, code
        # Letters that only the other of the two languages has: a sentence pasted in the wrong place.
        assert not set("پچژگک‌ی") & set(said["ar"]), code
        assert not set("يكىةؤ") & set(said["fa"]), code


def test_no_code_is_defined_in_two_groups() -> None:
    groups = [
        texts.shape, texts.rules, texts.lines, texts.files, texts.asking, texts.applying, texts.accounts,
        texts.hardware, texts.machine, texts.mail, texts.port_tests, texts.update,
    ]  # fmt: skip
    assert sum(len(group.TEXTS) for group in groups) == len(PROBLEM_TEXTS)


def test_a_problem_says_its_sentence_with_its_values() -> None:
    problem = Problem(("extensions", 0, "number"), "extension_length", {"number": "1031", "digits": 3})
    assert sentence(problem, language="en") == (
        "Extension numbers of this box have 3 digits; 1031 does not. Change the number, or the digits under Box."
    )
    assert "1031" in sentence(problem, language="zh")


def test_values_keep_their_direction_in_right_to_left_text() -> None:
    said = sentence("forward_loop", {"numbers": "101 → 102 → 101"}, "ar")
    assert "\u2068101 → 102 → 101\u2069" in said
    assert "\u2068" not in sentence("forward_loop", {"numbers": "101"}, "zh")


def test_nouns_and_languages_are_named_in_the_language_of_the_sentence() -> None:
    assert "分機" in sentence("not_found", {"noun": "extensions", "name": "101"}, "zh")
    assert "الفارسية" in sentence("language_not_offered", {"language": "fa"}, "ar")


def test_a_code_without_words_shows_itself() -> None:
    assert sentence("no_such_code_anywhere", {"a": 1}, "fa") == "no_such_code_anywhere"


def test_a_missing_value_shows_the_code_and_keeps_the_rest() -> None:
    said = sentence("extension_length", {"number": "1031"}, "en")
    assert "1031" in said
    assert said.endswith("(extension_length)")


def test_an_unknown_language_is_answered_in_english() -> None:
    assert sentence("locked", language="de") == PROBLEM_TEXTS["locked"]["en"]


@given(
    st.sampled_from([*PROBLEM_TEXTS, "unknown"]),
    st.dictionaries(
        st.sampled_from(["number", "other", "min", "max", "noun", "language", "line", "field", "name", "{x}"]),
        st.one_of(st.integers(), st.text()),
    ),
    st.one_of(st.sampled_from(TEXT_LANGUAGES), st.text(max_size=3)),
)
def test_no_value_can_break_a_sentence(code: str, params: dict[str, str | int], language: str) -> None:
    assert sentence(code, params, language)
    assert set(sentences(code, params)) == set(TEXT_LANGUAGES)


def _field_paths(noun: type, at: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    paths: list[tuple[str, ...]] = []
    for name in attributes(noun):
        inner = noun_of(noun, name)
        if inner is not None and inner.__name__ != "Destination":
            paths += _field_paths(inner, (*at, name))
        else:
            paths.append((*at, name))
    return paths


@pytest.mark.parametrize("path", _field_paths(Site), ids=".".join)
def test_every_field_has_a_label_in_every_language(path: tuple[str, ...]) -> None:
    label = texts.FIELDS[".".join(path)]
    assert set(label) == set(TEXT_LANGUAGES)
    assert all(label.values())


def test_the_label_of_a_list_member_is_that_of_its_field() -> None:
    assert field_label(("extensions", 3, "voicemail", "pin"), "en") == "Voicemail PIN"
    assert field_label(("extensions",), "zh") == "分機"
    assert field_label((), "en") == "Site"
    assert field_label(("extensions", 0, "nonsense")) == "nonsense"
    assert "extensions" not in {field_label(("extensions", 0, name)) for name in Extension.model_fields}
