"""The YAML of a site: what is read, what is refused and where, and that what is written means the same."""

from __future__ import annotations

from importlib import resources
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from appliance.model.problems import ProblemsError
from appliance.model.site import Site
from appliance.model.site_file import MAX_SIZE, dumps, loads
from appliance.model.texts import sentence
from appliance.model.verify import verify
from tests.model.strategies import HOSTILE_PIECES, site_documents

COVERED = resources.files("tests.model").joinpath("covered_site.yaml").read_text("utf-8")
WHOLE = resources.files("tests.model").joinpath("whole_site.yaml").read_text("utf-8")


def _refusal(text: str) -> tuple[str, dict[str, str | int]]:
    with pytest.raises(ProblemsError) as caught:
        loads(text)
    [problem] = caught.value.problems
    return problem.code, problem.params


@given(site_documents())
def test_a_site_survives_the_way_out_and_in(document: dict[str, Any]) -> None:
    site = Site.from_document(document)
    text = dumps(site.document())
    assert loads(text) == site.document()
    assert Site.from_document(loads(text)).document() == site.document()
    assert dumps(loads(text)) == text


@given(site_documents())
def test_readers_of_yaml_1_1_understand_the_same(document: dict[str, Any]) -> None:
    assert yaml.safe_load(dumps(document)) == document


@pytest.mark.parametrize(
    "text", [*HOSTILE_PIECES, "0101", "1e3", "0x1F", "12:30", "NO", "off", "2027-01-03", ".5", "=", "a b "]
)
def test_text_stays_text_whatever_it_looks_like(text: str) -> None:
    document = {"box": {"name": text}, "extensions": [{"number": text, text: [text, {"x": text}]}]}
    written = dumps(document)
    assert loads(written) == document
    assert yaml.safe_load(written) == document


@given(
    st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(-(10**9), 10**9), st.text(st.characters(codec="utf-8"))),
        lambda inner: st.one_of(
            st.lists(inner, max_size=4),
            st.dictionaries(st.text(st.characters(codec="utf-8")), inner, max_size=4),
        ),
        max_leaves=12,
    )
)
def test_any_document_survives_the_way_out_and_in(value: Any) -> None:
    document = {"extensions": value}
    assert loads(dumps(document)) == document


@given(st.text(max_size=200))
def test_no_text_makes_the_reader_fail_otherwise_than_with_a_place(text: str) -> None:
    try:
        loads(text)
    except ProblemsError as error:
        [problem] = error.problems
        assert problem.code == "import_empty" or {"line", "column"} <= problem.params.keys()


def test_numbers_people_dial_are_written_in_quotes() -> None:
    assert '  - number: "101"\n' in dumps({"extensions": [{"number": "101", "name": "Reception"}]})


def test_names_are_written_as_they_are_read() -> None:
    assert "name: محمد رضا\n" in dumps({"extensions": [{"number": "101", "name": "محمد رضا"}]})


def test_the_order_is_the_models_whatever_came_in() -> None:
    document = {"extensions": [{"name": "A", "number": "101"}], "box": {"country": "SA", "name": "x"}}
    keys = [line.strip().split(":")[0] for line in dumps(document).splitlines() if not line.startswith("#")]
    assert keys == ["box", "name", "country", "extensions", "- number", "name"]


def test_the_file_names_its_generator() -> None:
    assert "Loopstart" in dumps({}).splitlines()[0]
    assert loads(dumps({})) == {}


def test_norway_is_a_country_and_a_time_is_no_number() -> None:
    assert loads("country: NO\nfrom: 08:00\nday: 2027-01-03\nword: yes") == {
        "country": "NO", "from": "08:00", "day": "2027-01-03", "word": "yes"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("box:\n  name: [a\n", "yaml_syntax", 3, 1),
        ("box:\n\tname: a\n", "yaml_syntax", 2, 1),
        ("a: 1\n---\nb: 2\n", "yaml_syntax", 2, 1),
        ("a: 1\nb: \x07\n", "yaml_character", 2, 4),
        ("box:\n  name: a\n  name: b\n", "duplicate_key", 3, 3),
        ("extensions:\n  - {number: '1', number: '2'}\n", "duplicate_key", 2, 19),
        ("a: &x [1]\n", "yaml_alias", 1, 4),
        ("a: *x\n", "yaml_alias", 1, 4),
        ("a: &x 1\n", "yaml_alias", 1, 4),
        ("a: !!python/object/apply:os.system [id]\n", "yaml_tag", 1, 4),
        ("a: !!binary aGk=\n", "yaml_tag", 1, 4),
        ("keys:\n  1: a\n", "key_not_text", 2, 3),
        ("? [a]\n: b\n", "key_not_text", 1, 3),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(text: str, code: str, line: int, column: int) -> None:
    found, params = _refusal(text)
    assert (found, params["line"], params["column"]) == (code, line, column)


def test_aliases_cannot_multiply() -> None:
    levels = "".join(
        f"{name}: &{name} [*{before}, *{before}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert _refusal(f"a: &a [x]\n{levels}")[0] == "yaml_alias"


@pytest.mark.parametrize("bracket", ["[", "{a: ", "- ", "? "])
def test_depth_is_limited(bracket: str) -> None:
    assert _refusal(bracket * 100_000)[0] in {"yaml_deep", "yaml_syntax", "key_not_text"}


def test_size_is_limited() -> None:
    assert _refusal("#" * (MAX_SIZE + 1)) == ("file_too_large", {"size": MAX_SIZE + 1, "max": MAX_SIZE})


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing\n", "null", "\ufeff"])
def test_an_empty_file_is_not_an_empty_site(text: str) -> None:
    assert _refusal(text)[0] == "import_empty"


def test_a_byte_order_mark_is_passed_over() -> None:
    assert loads("\ufeffbox: {}") == {"box": {}}


def test_the_part_of_the_language_that_is_built_is_taken_and_given_back() -> None:
    document = loads(COVERED)
    site = Site.from_document(document)
    assert verify(site) == []
    assert site.document() == document
    assert loads(dumps(site.document())) == document


def test_every_part_that_is_not_built_is_refused_by_name_once() -> None:
    document = loads(WHOLE)
    with pytest.raises(ProblemsError) as caught:
        Site.from_document(document)
    problems = caught.value.problems
    assert {each.code for each in problems} == {"not_built"}
    where = [each.where for each in problems]
    assert len(where) == len(set(where))
    built = {"box", "mail", "extensions", "trunks", "inbound_routes", "outbound_routes", "hardware"}
    assert set(document) - built == {place for place in where if "[" not in place and "." not in place}
    assert [place for place in where if "." in place or "[" in place] == [
        "box.emergency.notify",
        "box.emergency.location",
        "extensions[0].voicemail.email_audio",
        "extensions[1].follow_me",
        "trunks[0]",
        "trunks[2]",
        "inbound_routes[0].to",
        "inbound_routes[0].schedule",
        "inbound_routes[0].closed",
        "inbound_routes[1].to",
        "inbound_routes[2].to",
        "inbound_routes[3].to",
    ]
    assert all(str(each.params["noun"]) in sentence(each, language="ar") for each in problems)
    assert {each.where: each.params["noun"] for each in problems}["trunks[0]"] == "kind: sip"


def test_destinations_that_are_not_built_are_refused_by_name() -> None:
    text = 'extensions: [{number: "101", name: A, forward: {busy: {queue: x}, always: {nowhere: x}}}]'
    with pytest.raises(ProblemsError) as caught:
        Site.from_document(loads(text))
    assert [(each.where, each.code, each.params) for each in caught.value.problems] == [
        ("extensions[0].forward.always", "unknown_destination", {"kind": "nowhere"}),
        ("extensions[0].forward.busy", "not_built", {"noun": "queue"}),
    ]
