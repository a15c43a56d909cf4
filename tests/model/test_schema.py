"""The published schema and the model take the same documents."""

from __future__ import annotations

import json
import re
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from appliance.model import fields
from appliance.model.fields import Rule, ShownText
from appliance.model.problems import ProblemsError
from appliance.model.schema import schema
from appliance.model.site import SCHEMA_ID, Site
from tests.model.strategies import site_documents

PUBLISHED = schema()
CHECK = jsonschema.Draft202012Validator(PUBLISHED)

FIELDS: dict[str, Any] = {
    name: getattr(fields, name)
    for name in (
        "Name", "Note", "Label", "GroupName", "Dialable", "FeatureCode", "OutsideNumber", "Secret", "Pin",
        "Email", "TimeZone", "CountryCode",
    )
}  # fmt: skip
ADAPTERS = {name: TypeAdapter(field) for name, field in FIELDS.items()}


def _taken(document: Any) -> bool:
    try:
        Site.from_document(document)
    except ProblemsError:
        return False
    return True


def _near(name: str) -> st.SearchStrategy[str]:
    """Strings around the border of a field: some matching, some with a character too many."""
    pattern = ADAPTERS[name].json_schema()["pattern"]
    odd = st.sampled_from(["\n", " ", "\u00a0", "\u2028", "\x1c", "\x85", "\ufeff", "-", "é", "٣", "\u202e", "A", "0"])
    whole = st.from_regex(pattern)
    return st.one_of(
        whole,
        st.text(max_size=12),
        st.builds("{}{}".format, whole, odd),
        st.builds("{}{}".format, odd, whole),
    )


@pytest.mark.parametrize("name", FIELDS)
@given(data=st.data())
def test_a_field_takes_exactly_what_its_published_rule_does(name: str, data: st.DataObject) -> None:
    value = data.draw(_near(name))
    rule = ADAPTERS[name].json_schema()
    by_schema = jsonschema.Draft202012Validator(rule).is_valid(value)
    # jsonschema searches with Python's ``$``, which matches before a last line break; ECMA-262's does not.
    by_schema = by_schema and re.fullmatch(rule["pattern"], value) is not None
    try:
        ADAPTERS[name].validate_python(value)
    except ValidationError:
        assert not by_schema
    else:
        assert by_schema


def _patterns(value: Any) -> list[str]:
    if isinstance(value, dict):
        own = [value["pattern"]] if isinstance(value.get("pattern"), str) else []
        return own + [pattern for inner in value.values() for pattern in _patterns(inner)]
    return [pattern for inner in value for pattern in _patterns(inner)] if isinstance(value, list) else []


PATTERNS = sorted({*_patterns(PUBLISHED), *(adapter.json_schema()["pattern"] for adapter in ADAPTERS.values())})


def ecma_faults(pattern: str) -> list[str]:
    """What in a pattern another engine reads otherwise than Python, or a browser's ``v`` flag refuses."""
    faults: list[str] = []
    if not (pattern.startswith("^") and pattern.endswith("$")):
        faults.append("not anchored")
    faults += re.findall(r"\\[sSdDwWbBAZ]", pattern)
    faults += re.findall(r"\(\?(?![:=!]|<[=!])[^)]*", pattern)
    for inside in re.findall(r"(?<!\\)\[\^?((?:\\.|[^\]\\])*)\]", pattern):
        bare = re.sub(r"\\u[0-9a-f]{4}|\\.", "x", inside)
        faults += [f"{sign} in a class" for sign in "()[]{}/|" if sign in bare]
        faults += ["- in a class"] if re.search(r"(^-|-$|-.-)", re.sub(r"[^-]-[^-]", "x", bare)) else []
        faults += re.findall(r"([&!#$%*+,.:;<=>?@^`~])\1", bare)
    return faults


@pytest.mark.parametrize("pattern", PATTERNS)
def test_every_published_pattern_means_the_same_in_a_browser(pattern: str) -> None:
    assert ecma_faults(pattern) == []


@pytest.mark.parametrize(
    "pattern", ["[a]", r"^\s$", "^[a-z-]$", "^[a/]$", "^[{a]$", "^(?P<x>a)$", "^[a&&b]$", "^(?i)a$"]
)
def test_patterns_that_mean_something_else_in_a_browser_are_seen(pattern: str) -> None:
    assert ecma_faults(pattern) != []


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(PUBLISHED)
    assert PUBLISHED["$id"] == SCHEMA_ID
    assert json.loads(json.dumps(PUBLISHED)) == PUBLISHED


@given(site_documents())
def test_every_site_that_is_taken_keeps_the_schema(document: dict[str, Any]) -> None:
    assert CHECK.is_valid(document)


SOME_VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(-5, 100), st.just("3"), st.just(""), st.text(max_size=4),
    st.just([]), st.just({}), st.just({"extension": "101"}), st.just({"extension": "x"}),
    st.just({"queue": "a"}),
    st.just({"kind": "hang_up", "name": "busy"}), st.just({"hang_up": "never"}), st.just(["en", "en"]),
)  # fmt: skip


@given(site_documents(max_extensions=2), st.data())
def test_a_document_with_one_odd_value_is_taken_by_both_or_by_none(
    document: dict[str, Any], data: st.DataObject
) -> None:
    place: Any = document
    while True:
        if isinstance(place, dict):
            key: Any = data.draw(st.sampled_from([*place, "queues", "secret", "forward", "number", "no_answer"]))
        else:
            key = data.draw(st.integers(0, len(place) - 1))
        inner = place.get(key) if isinstance(place, dict) else place[key]
        if not isinstance(inner, (dict, list)) or not inner or data.draw(st.booleans()):
            break
        place = inner
    place[key] = data.draw(SOME_VALUES)
    assert CHECK.is_valid(document) == _taken(document)


def test_nouns_that_are_not_built_are_not_in_the_schema() -> None:
    assert set(PUBLISHED["properties"]).isdisjoint(Site.PLANNED)
    assert not CHECK.is_valid({"queues": []})


def test_every_property_has_a_title_and_every_noun_a_description() -> None:
    for definition in (PUBLISHED, *PUBLISHED["$defs"].values()):
        assert definition["description"]
        if "properties" in definition and definition["title"] not in {"Destination"} and definition is not PUBLISHED:
            assert all("title" in each or "$ref" in each for each in definition["properties"].values())


def test_what_the_schema_gives_away_cannot_be_changed() -> None:
    schema()["properties"].clear()
    assert schema()["properties"]


def test_secrets_are_marked_as_written_only() -> None:
    assert ADAPTERS["Secret"].json_schema()["writeOnly"] is True
    assert ADAPTERS["Pin"].json_schema()["writeOnly"] is True


def test_rules_are_the_only_source_of_patterns() -> None:
    for field in FIELDS.values():
        assert any(isinstance(mark, (Rule, ShownText)) for mark in field.__metadata__)
