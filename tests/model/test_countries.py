"""The table of time zones."""

from __future__ import annotations

from appliance.model.countries import all_countries, all_time_zones, is_country, is_time_zone, time_zones_of
from appliance.model.site import Site


def test_every_country_of_the_standard_is_there() -> None:
    assert len(all_countries()) == 249
    assert {"SA", "IR", "TW", "CN", "GB", "NO", "US"} <= set(all_countries())
    assert is_country("SA")
    assert not is_country("XX")


def test_countries_have_their_zones() -> None:
    assert time_zones_of("SA") == ("Asia/Riyadh",)
    assert time_zones_of("IR") == ("Asia/Tehran",)
    assert time_zones_of("US")[0] == "America/New_York"
    assert time_zones_of("XX") == ()


def test_every_zone_of_a_country_is_among_all_and_can_be_written_in_a_site() -> None:
    zones = all_time_zones()
    assert list(zones) == sorted(set(zones))
    assert {zone for country in all_countries() for zone in time_zones_of(country)} | {"Etc/UTC"} == set(zones)
    for zone in zones:
        assert Site.from_document({"box": {"time_zone": zone}}).box.time_zone == zone


def test_the_defaults_of_a_box_are_in_the_table() -> None:
    box = Site().box
    assert is_country(box.country)
    assert is_time_zone(box.time_zone)
    assert box.time_zone in time_zones_of(box.country)
