"""The properties of escaping are able to fail: each is broken by taking its escaping away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis.strategies import SearchStrategy

from appliance.render import escape
from appliance.render.asterisk import pjsip
from tests.render import test_escape, test_files
from tests.render.sites import anything, lawless_sites

pytestmark = pytest.mark.slow

# Nothing is shrunk or kept: that it fails is all that is asked.
UNKEPT = settings(database=None, deadline=None, max_examples=400, phases=(Phase.generate,), suppress_health_check=())


def unescaped_caller_id(name: str, number: str) -> str:
    return f'"{name}" <{number}>'


def breaks(promise: Callable[..., Any], drawn: SearchStrategy[Any]) -> bool:
    """Whether a property fails for some drawn value."""
    inner = promise.hypothesis.inner_test  # type: ignore[attr-defined]  # what `given` wrapped
    try:
        UNKEPT(given(drawn)(inner))()
    except Exception:
        return True
    return False


@pytest.mark.parametrize(
    ("function", "instead", "promise"),
    [
        ("conf_value", lambda text: text, test_escape.test_a_value_is_one_value),
        ("conf_section", lambda text: text, test_escape.test_a_section_name_opens_one_section),
        ("caller_id", unescaped_caller_id, test_escape.test_a_caller_id_is_one_name_and_one_number),
        ("dialplan_argument", lambda text: text, test_escape.test_an_argument_holds_nothing_that_the_dialplan_reads),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_a_promise_of_escaping_breaks_without_it(
    monkeypatch: pytest.MonkeyPatch, function: str, instead: Callable[..., str], promise: Callable[..., Any]
) -> None:
    assert not breaks(promise, anything())
    monkeypatch.setattr(escape, function, instead)
    assert breaks(promise, anything())


def test_a_renderer_that_forgets_to_escape_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    promise = test_files.test_no_value_of_any_field_adds_a_line_a_section_or_an_option
    monkeypatch.setattr(pjsip, "conf_value", lambda text: text)
    monkeypatch.setattr(pjsip, "caller_id", unescaped_caller_id)
    assert breaks(promise, lawless_sites())
