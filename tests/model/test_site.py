"""The way into a site: every problem of shape at once, each with a code there are words for."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.model.destinations import Destination, DestinationKind
from appliance.model.fields import ShownText
from appliance.model.problems import ProblemsError
from appliance.model.site import Site
from appliance.model.texts import PROBLEM_TEXTS, sentence
from tests.model.strategies import site_documents


def _found(document: Any) -> dict[str, str]:
    with pytest.raises(ProblemsError) as caught:
        Site.from_document(document)
    return {problem.where: problem.code for problem in caught.value.problems}


@given(site_documents())
def test_what_comes_in_goes_out_the_same(document: dict[str, Any]) -> None:
    assert Site.from_document(document).document() == document


def test_every_problem_of_shape_is_found_at_once() -> None:
    assert _found(
        {
            "box": {"country": "Saudi", "extension_digits": "3", "languages": [], "language": "de"},
            "sip": {"udp": "yes", "codecs": "alaw"},
            "feature_codes": [],
            "extensions": [
                {"number": 101},
                {"number": "1", "name": " a", "registrations": 99, "forward": {"busy": {}}},
            ],
            "queues": [],
            "colour": 1,
        }
    ) == {
        "box.country": "country",
        "box.extension_digits": "whole_number",
        "box.languages": "list_too_short",
        "box.language": "one_of",
        "sip.udp": "yes_or_no",
        "sip.codecs": "list",
        "feature_codes": "mapping",
        "extensions[0].number": "number_is_text",
        "extensions[0].name": "required",
        "extensions[1].number": "dialable",
        "extensions[1].name": "surrounding_space",
        "extensions[1].registrations": "too_large",
        "extensions[1].forward.busy": "one_destination",
        "queues": "not_built",
        "colour": "unknown_field",
    }


def test_a_document_that_is_no_mapping_is_refused() -> None:
    assert _found(None) == {"site": "mapping"}
    assert _found([]) == {"site": "mapping"}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("a\nb", "control_character"),
        ("a\x00", "control_character"),
        ("a\u2028b", "control_character"),
        ("a\u202eb", "control_character"),
        ("a\ud800", "control_character"),
        ("a ", "surrounding_space"),
        ("\u00a0a", "surrounding_space"),
        ("", "too_short"),
        ("a" * 81, "too_long"),
    ],
)
def test_a_name_can_be_shown_on_one_line(name: str, code: str) -> None:
    assert _found({"extensions": [{"number": "101", "name": name}]}) == {"extensions[0].name": code}


@given(st.text(max_size=20))
def test_no_name_holds_a_line_break_or_an_invisible_edge(name: str) -> None:
    try:
        ShownText(1, 80).check(name)
    except ValueError:
        return
    assert name.splitlines() == [name]
    assert name == name.strip()


@pytest.mark.parametrize(
    ("destination", "code"),
    [
        ({"kind": "extension", "name": "101"}, "one_destination"),
        ({"extension": "101", "voicemail": "101"}, "one_destination"),
        ({"extension": 101}, "number_is_text"),
        ({"extension": "1\n01"}, "dialable"),
        ({"hang_up": "never"}, "hang_up_cause"),
        ({"queue": "a"}, "not_built"),
        ({"moon": "a"}, "unknown_destination"),
        ({1: "a"}, "unknown_destination"),
        ("101", "mapping"),
    ],
)
def test_a_destination_is_one_known_pair(destination: Any, code: str) -> None:
    document = {"extensions": [{"number": "101", "name": "A", "forward": {"busy": destination}}]}
    assert _found(document) == {"extensions[0].forward.busy": code}


def test_a_destination_made_by_code_is_checked_like_one_from_a_document() -> None:
    made = Destination(kind=DestinationKind.VOICEMAIL, name="101")
    assert made == Destination.model_validate({"voicemail": "101"})
    with pytest.raises(ValueError, match="dialable"):
        Destination(kind=DestinationKind.EXTENSION, name="no number")


FIELD_NAMES = (
    "box", "sip", "feature_codes", "extensions", "number", "name", "forward", "busy", "no_answer", "to",
    "voicemail", "enabled", "extension", "language", "languages", "codecs", "udp", "queues", "secret",
)  # fmt: skip
KEYS = st.one_of(st.sampled_from(FIELD_NAMES), st.text(max_size=3))
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=6)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=5)),
    max_leaves=15,
)


@given(
    st.one_of(
        JSON,
        st.fixed_dictionaries({"extensions": st.lists(JSON, max_size=3)}),
        st.fixed_dictionaries({"box": JSON}),
    )
)
def test_whatever_comes_in_is_taken_or_refused_in_words(document: Any) -> None:
    try:
        Site.from_document(document)
    except ProblemsError as error:
        for problem in error.problems:
            assert problem.code in PROBLEM_TEXTS
            assert not sentence(problem, language="zh").endswith(f"({problem.code})")
