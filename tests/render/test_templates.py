"""A template cannot pass a text by the escaping."""

from __future__ import annotations

import re
from importlib import resources
from importlib.resources.abc import Traversable

import pytest

TEMPLATES = [entry for entry in resources.files("appliance.render.asterisk").iterdir() if entry.name.endswith(".j2")]
ESCAPED = re.compile(r"\|\s*(conf|argument|length)\s*$")
OURS = {'"X" * length', '"no" if media_encryption == "off" else "sdes"'}
"""Expressions that print no text of a site."""


def unescaped(template: str) -> list[str]:
    expressions = [found.strip() for found in re.findall(r"\{\{(.*?)\}\}", template, re.S)]
    return [found for found in expressions if found not in OURS and not ESCAPED.search(found)]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda entry: entry.name)
def test_every_expression_goes_through_a_filter_of_escape(template: Traversable) -> None:
    assert unescaped(template.read_text("utf-8")) == []


def test_an_expression_without_a_filter_is_found() -> None:
    assert unescaped("name = {{ name }}\nother = {{ other | conf }}\n") == ["name"]
