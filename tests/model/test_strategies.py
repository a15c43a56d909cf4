"""The strategies keep what they promise: others build on them."""

from __future__ import annotations

from hypothesis import given

from appliance.model.extensions import Extension
from appliance.model.fields import ShownText
from appliance.model.site import Site
from appliance.model.verify import errors, verify
from tests.model.strategies import extensions, hostile_text, sites


@given(sites())
def test_every_generated_site_is_free_of_errors(site: Site) -> None:
    assert errors(verify(site)) == []


@given(hostile_text())
def test_every_hostile_text_is_a_legal_name(text: str) -> None:
    assert ShownText(1, 80).check(text) == text


@given(extensions(digits=4))
def test_every_generated_extension_has_the_digits_asked_for(extension: Extension) -> None:
    assert len(extension.number) == 4
