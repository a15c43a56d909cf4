"""Edits of a draft: what they bring in is checked, what points at it follows, the rest stays untouched."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.model.edit import (
    add_extension,
    edit_extension,
    edit_noun,
    fill_secrets,
    import_extensions,
    remove_extension,
)
from appliance.model.extensions import Extension
from appliance.model.merge import merge_patch
from appliance.model.problems import InUseError, NotFoundError, ProblemsError, path_text
from appliance.model.references import references
from appliance.model.site import Site
from appliance.model.verify import errors, verify
from tests.model.strategies import extension_documents, sites

SITE = Site.from_document(
    {
        "extensions": [
            {
                "number": "101",
                "name": "Reception",
                "secret": "Vexl9-quiet-Harbour",
                "voicemail": {"enabled": True, "pin": "407193"},
                "forward": {"no_answer": {"after": 20, "to": {"voicemail": "101"}}},
            },
            {"number": "102", "name": "Lab", "forward": {"busy": {"extension": "101"}}},
            {
                "number": "103",
                "name": "Office",
                "forward": {"always": {"voicemail": "101"}, "no_answer": {"to": {"extension": "102"}}},
            },
        ]
    }
)


def _found(call: Any, *arguments: Any) -> list[tuple[str, str]]:
    with pytest.raises(ProblemsError) as caught:
        call(*arguments)
    return [(problem.where, problem.code) for problem in caught.value.problems]


def test_an_added_extension_stands_at_the_end() -> None:
    edit = add_extension(SITE, {"number": "104", "name": "New"})
    assert edit.site.extensions == (*SITE.extensions, edit.extension)
    assert edit.site.document()["extensions"][-1] == {"number": "104", "name": "New"}


def test_a_number_is_added_once() -> None:
    assert _found(add_extension, SITE, {"number": "102", "name": "Again"}) == [
        ("extensions[3].number", "duplicate_number")
    ]


def test_every_problem_of_an_added_extension_is_placed() -> None:
    assert _found(add_extension, SITE, {"number": 104, "name": "", "secret": "a b", "colour": "red"}) == [
        ("extensions[3].number", "number_is_text"),
        ("extensions[3].name", "too_short"),
        ("extensions[3].secret", "secret"),
        ("extensions[3].colour", "unknown_field"),
    ]
    assert _found(add_extension, SITE, ["104"]) == [("extensions[3]", "mapping")]


def test_a_patch_merges_and_null_takes_away() -> None:
    edit = edit_extension(SITE, "101", {"name": "Front desk", "secret": None, "voicemail": {"enabled": False}})
    assert edit.site.document()["extensions"][0] == {
        "number": "101",
        "name": "Front desk",
        "voicemail": {"enabled": False, "pin": "407193"},
        "forward": {"no_answer": {"after": 20, "to": {"voicemail": "101"}}},
    }
    assert edit.site.extensions[1:] == SITE.extensions[1:]


def test_a_patched_destination_is_replaced_whole() -> None:
    edit = edit_extension(SITE, "102", {"forward": {"busy": {"voicemail": "101"}}})
    assert edit.site.document()["extensions"][1]["forward"] == {"busy": {"voicemail": "101"}}


def test_masked_secrets_in_a_patch_stay_what_they_are() -> None:
    edit = edit_extension(SITE, "101", {"secret": "***", "voicemail": {"pin": "***"}, "name": "Desk"})
    assert edit.extension.secret == "Vexl9-quiet-Harbour"
    assert edit.extension.voicemail.pin == "407193"
    assert edit_extension(SITE, "102", {"secret": "***"}).extension == SITE.extensions[1]
    assert add_extension(SITE, {"number": "104", "name": "New", "secret": "***"}).extension.secret is None


def test_problems_of_a_patch_have_the_path_from_the_root() -> None:
    assert _found(edit_extension, SITE, "102", {"forward": {"busy": {"queue": "x"}}}) == [
        ("extensions[1].forward.busy", "not_built")
    ]
    assert _found(edit_extension, SITE, "102", {"number": None}) == [("extensions[1].number", "required")]
    assert _found(edit_extension, SITE, "102", "name") == [("extensions[1]", "mapping")]


def test_what_points_at_a_renamed_extension_follows_it() -> None:
    edit = edit_extension(SITE, "101", {"number": "111"})
    assert [path_text(path) for path in edit.references] == [
        "extensions[1].forward.busy",
        "extensions[2].forward.always",
    ]
    assert errors(verify(edit.site)) == []
    assert [extension.number for extension in edit.site.extensions] == ["111", "102", "103"]
    assert edit.extension.forward.no_answer is not None
    assert edit.extension.forward.no_answer.to.name == "111"


def test_an_extension_is_not_renamed_to_one_that_exists() -> None:
    assert _found(edit_extension, SITE, "101", {"number": "103"}) == [("extensions[0].number", "duplicate_number")]


def test_what_is_in_use_is_not_removed() -> None:
    with pytest.raises(InUseError) as caught:
        remove_extension(SITE, "101")
    assert [path_text(path) for path in caught.value.references] == [
        "extensions[1].forward.busy",
        "extensions[2].forward.always",
    ]
    [problem] = caught.value.problems
    assert (problem.where, problem.code, problem.params["count"]) == ("extensions[0]", "in_use", 2)


def test_removing_with_cascade_takes_away_what_pointed_at_it_and_nothing_else() -> None:
    edit = remove_extension(SITE, "101", cascade=True)
    assert edit.extension == SITE.extensions[0]
    assert edit.site.document() == {
        "extensions": [
            {"number": "102", "name": "Lab"},
            {"number": "103", "name": "Office", "forward": {"no_answer": {"to": {"extension": "102"}}}},
        ]
    }


def test_a_no_answer_that_loses_its_destination_goes_whole() -> None:
    edit = remove_extension(SITE, "102", cascade=True)
    assert edit.site.document()["extensions"][1]["forward"] == {"always": {"voicemail": "101"}}


def test_ones_own_references_do_not_keep_an_extension() -> None:
    alone = remove_extension(remove_extension(SITE, "103").site, "102").site
    assert remove_extension(alone, "101").site.extensions == ()


@pytest.mark.parametrize("call", [remove_extension, lambda site, number: edit_extension(site, number, {})])
def test_an_extension_that_is_not_there_is_not_found(call: Any) -> None:
    with pytest.raises(NotFoundError) as caught:
        call(SITE, "999")
    [problem] = caught.value.problems
    assert (problem.code, problem.params) == ("not_found", {"noun": "extensions", "name": "999"})


@given(sites(min_extensions=1), st.data())
def test_renaming_there_and_back_changes_nothing(site: Site, data: st.DataObject) -> None:
    old = data.draw(st.sampled_from(site.extensions)).number
    new = "9" * 9
    there = edit_extension(site, old, {"number": new}).site
    assert references(there, old) == ()
    assert references(there, new) == references(site, old)
    assert edit_extension(there, new, {"number": old}).site.document() == site.document()


@given(sites(min_extensions=1), st.data())
def test_nothing_points_at_what_was_removed(site: Site, data: st.DataObject) -> None:
    number = data.draw(st.sampled_from(site.extensions)).number
    after = remove_extension(site, number, cascade=True).site
    assert references(after, number) == ()
    assert errors(verify(after)) == []
    assert Site.from_document(after.document()) == after


@given(sites(min_extensions=1), st.data())
def test_an_edit_gives_what_the_whole_document_would(site: Site, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(site.extensions) - 1))
    patch = data.draw(extension_documents(3))
    del patch["number"]
    document = site.document()
    document["extensions"][index] = merge_patch(Extension, document["extensions"][index], patch)
    edited = edit_extension(site, site.extensions[index].number, patch).site
    assert edited.document() == document
    assert edited == Site.from_document(document)


def test_an_import_adds_and_replaces_and_counts() -> None:
    result = import_extensions(
        SITE,
        [
            {"number": "102", "name": "Laboratory"},
            {"number": "104", "name": "New"},
            SITE.document()["extensions"][2],
        ],
    )
    assert (result.added, result.changed, result.unchanged) == (("104",), ("102",), ("103",))
    assert [extension.name for extension in result.site.extensions] == [
        "Reception",
        "Laboratory",
        "Office",
        "New",
    ]
    assert "forward" not in result.site.document()["extensions"][1]


def test_an_import_without_secrets_keeps_them() -> None:
    documents = [{"number": "101", "name": "Desk"}, {"number": "102", "name": "Lab", "secret": "***"}]
    result = import_extensions(SITE, documents)
    assert result.site.extensions[0].secret == "Vexl9-quiet-Harbour"
    assert result.site.extensions[0].voicemail.pin == "407193"
    assert result.site.extensions[1].secret is None


def test_an_import_of_what_is_there_changes_nothing() -> None:
    result = import_extensions(SITE, SITE.document()["extensions"])
    assert result.site is SITE
    assert result.unchanged == ("101", "102", "103")


def test_an_import_with_problems_is_refused_whole_with_every_one() -> None:
    documents = [
        {"number": "104", "name": "A"},
        {"number": "104", "name": "B"},
        {"number": "1x5", "name": "C"},
        "nonsense",
    ]
    assert _found(import_extensions, SITE, documents) == [
        ("extensions[1].number", "duplicate_number"),
        ("extensions[2].number", "dialable"),
        ("extensions[3]", "mapping"),
    ]


def test_an_import_that_only_adds_refuses_what_exists() -> None:
    assert _found(import_extensions, SITE, [{"number": "102", "name": "A"}], "add") == [
        ("extensions[0].number", "duplicate_number")
    ]


def test_single_nouns_are_edited_by_merge_patch() -> None:
    site = edit_noun(SITE, "box", {"country": "SA", "languages": ["ar", "en"]})
    assert site.document()["box"] == {"country": "SA", "languages": ["ar", "en"]}
    assert edit_noun(site, "box", {"country": None}).document()["box"] == {"languages": ["ar", "en"]}
    assert _found(edit_noun, SITE, "feature_codes", {"echo_test": "43", "x": 1}) == [
        ("feature_codes.echo_test", "feature_code"),
        ("feature_codes.x", "unknown_field"),
    ]
    assert _found(edit_noun, SITE, "box", {"emergency": {"notify": []}})[-1] == ("box.emergency.notify", "not_built")
    assert _found(edit_noun, SITE, "extensions", {}) == [("site", "not_found")]


def test_missing_secrets_are_filled_and_given_ones_kept() -> None:
    pins = iter(["1234", "102", "5815"])
    site = edit_extension(SITE, "102", {"voicemail": {"enabled": True}}).site
    filled = fill_secrets(site, lambda: "kX9wq3zLmT7r", lambda: next(pins))
    assert [extension.secret for extension in filled.extensions] == [
        "Vexl9-quiet-Harbour",
        "kX9wq3zLmT7r",
        "kX9wq3zLmT7r",
    ]
    assert filled.extensions[0].voicemail.pin == "407193"
    assert filled.extensions[1].voicemail.pin == "5815"
    assert filled.extensions[2].voicemail.pin is None
    assert fill_secrets(filled, lambda: "", lambda: "") is filled


def test_a_source_of_guessable_secrets_is_given_up_on() -> None:
    with pytest.raises(ValueError, match="guessable"):
        fill_secrets(SITE, lambda: "12345678", lambda: "5815")
