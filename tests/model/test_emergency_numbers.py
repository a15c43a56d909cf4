"""What people in a country dial for help."""

from __future__ import annotations

import pytest

from appliance.model.countries import all_countries
from appliance.model.numbering import usual_emergency_numbers
from appliance.model.site import Site
from appliance.model.texts import sentences
from appliance.model.verify import verify


@pytest.mark.parametrize(
    ("country", "numbers"),
    [
        ("SA", ("112", "911", "997", "999")),
        ("IR", ("110", "112", "115", "125", "911")),
        ("CN", ("110", "119", "120")),
        ("FR", ("15", "17", "18", "112")),
        ("TK", ("112", "911")),  # nothing is known of Tokelau
    ],
)
def test_they_are_those_of_the_country(country: str, numbers: tuple[str, ...]) -> None:
    assert usual_emergency_numbers(country) == numbers


def test_every_country_has_some_that_a_site_can_have() -> None:
    for country in all_countries():
        numbers = list(usual_emergency_numbers(country))
        box = {"name": "clinic", "country": country, "emergency": {"numbers": numbers, "trunks": ["pstn"]}}
        assert Site.from_document(document(box)).box.emergency is not None, country


def test_a_site_with_a_way_out_and_no_such_number_is_told_them() -> None:
    [warning] = [one for one in verify(Site.from_document(document({"country": "SA"}))) if one.code == "no_emergency"]
    assert "112, 911, 997, 999" in sentences(warning.code, warning.params)["en"]
    assert warning.severity == "warning"


def document(box: dict[str, object]) -> dict[str, object]:
    return {
        "box": box,
        "hardware": {"spans": [{"name": "pri", "port": 1, "kind": "e1", "signalling": "pri_cpe"}]},
        "trunks": [{"name": "pstn", "kind": "dahdi", "spans": ["pri"]}],
        "outbound_routes": [{"name": "a", "match": ["0."], "trunks": ["pstn"]}],
    }
