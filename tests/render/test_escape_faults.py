"""The properties of escaping find what they are for: each with a fault planted in the function that it guards."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from appliance.render import escape
from tests.render import test_escape as properties
from tests.render.conf_reader import NotAConfError


def as_it_is(text: str) -> str:
    return text


@pytest.mark.parametrize(
    ("guarded", "fault", "found_by", "hostile"),
    [
        ("conf_value", as_it_is, properties.test_a_value_is_one_value, "a\nnext = 2"),
        ("conf_value", as_it_is, properties.test_a_value_is_one_value, "a\n[other]"),
        ("conf_value", as_it_is, properties.test_a_value_is_one_value, "a\n#include x"),
        ("conf_value", as_it_is, properties.test_a_value_that_can_be_shown_comes_back_as_it_was, "a;b"),
        ("conf_section", as_it_is, properties.test_a_section_name_opens_one_section, "a]\n[b"),
        ("dialplan_argument", as_it_is, properties.test_an_argument_holds_nothing_that_the_dialplan_reads, "1,Busy()"),
        ("caller_id", '"{}" <{}>'.format, properties.test_a_caller_id_is_one_name_and_one_number, 'x" <666> "'),
    ],
)
def test_a_planted_fault_is_found(
    monkeypatch: pytest.MonkeyPatch, guarded: str, fault: Callable[..., str], found_by: Any, hostile: str
) -> None:
    found_by.hypothesis.inner_test(hostile)
    monkeypatch.setattr(escape, guarded, fault)
    with pytest.raises((AssertionError, NotAConfError)):
        found_by.hypothesis.inner_test(hostile)
