"""Secrets leave the document whole, come back whole, and are never shown."""

from __future__ import annotations

import json
from itertools import count
from typing import Any

import pytest
from hypothesis import given

from appliance.model.problems import ProblemsError
from appliance.model.secrets_of import MASK, join, mask, split, without
from appliance.model.site import Site
from appliance.model.structure import secret_tree
from tests.model.strategies import sites


def _split(document: dict[str, Any], previous: dict[str, str] | None = None) -> tuple[dict[str, Any], dict[str, str]]:
    numbers = count(1 + len(previous or {}))
    return split(document, lambda: f"id{next(numbers)}", previous)


def _secrets(site: Site) -> list[str]:
    found = [extension.secret for extension in site.extensions]
    found += [extension.voicemail.pin for extension in site.extensions]
    found += [site.mail.smtp.secret] if site.mail.smtp else []
    return [secret for secret in found if secret is not None]


def test_the_secret_fields_are_those_marked_in_the_model() -> None:
    assert secret_tree(Site) == {
        "mail": {"smtp": {"secret": None}},
        "extensions": {"[]": {"secret": None, "voicemail": {"pin": None}}},
    }


@given(sites())
def test_what_is_taken_out_comes_back(site: Site) -> None:
    document = site.document()
    bare, values = _split(document)
    assert sorted(values.values()) == sorted(_secrets(site))
    assert join(bare, values) == document


@given(sites())
def test_no_secret_stays_in_what_is_stored_or_shown(site: Site) -> None:
    document = site.document()
    for shown in (_split(document)[0], mask(document), without(document)):
        for extension in shown.get("extensions", ()):
            assert not isinstance(extension.get("secret"), str) or extension["secret"] == MASK
            pin = extension.get("voicemail", {}).get("pin")
            assert not isinstance(pin, str) or pin == MASK


@given(sites())
def test_taking_secrets_out_changes_nothing_else_and_not_the_document(site: Site) -> None:
    document = site.document()
    text = json.dumps(document)
    bare = _split(document)[0]
    mask(document)
    assert json.dumps(document) == text
    assert without(bare) == without(document)


@given(sites())
def test_an_unchanged_secret_keeps_its_id(site: Site) -> None:
    document = site.document()
    bare, values = _split(document)
    assert _split(document, values) == (bare, values)


def test_only_a_changed_secret_gets_a_new_id() -> None:
    extensions = [{"number": "101", "secret": "aaaa"}, {"number": "102", "secret": "bbbb"}]
    _bare, values = _split({"extensions": extensions})
    extensions[0] = {"number": "101", "secret": "cccc"}
    bare, after = _split({"extensions": extensions}, values)
    assert after == {"id3": "cccc", "id2": "bbbb"}
    assert bare["extensions"][1]["secret"] == {"$secret": "id2"}


def test_equal_secrets_have_their_own_ids() -> None:
    document = {"extensions": [{"secret": "same"}, {"secret": "same"}]}
    bare, values = _split(document)
    assert values == {"id1": "same", "id2": "same"}
    assert _split(document, values) == (bare, values)


def test_a_lost_secret_is_a_problem_at_its_field() -> None:
    bare, values = _split({"extensions": [{"secret": "aaaa", "voicemail": {"pin": "1357"}}]})
    del values["id2"]
    with pytest.raises(ProblemsError) as caught:
        join(bare, values)
    assert [(each.where, each.code) for each in caught.value.problems] == [
        ("extensions[0].voicemail.pin", "secret_lost")
    ]


def test_a_secret_that_is_not_set_is_not_masked() -> None:
    assert mask({"extensions": [{"number": "101", "secret": None}]}) == {
        "extensions": [{"number": "101", "secret": None}]
    }
