"""Every country of the world has tones."""

from __future__ import annotations

import re

import pytest

from appliance.model.countries import all_countries
from appliance.render.asterisk.indications import ZONES, Zone, zone_of

NEEDED = {"dial", "ring", "busy", "congestion"}
# Asterisk documentation, indications.conf: "[!]frequency[+|*frequency][/duration]".
PART = re.compile(r"!?(\d+)([+*]\d+)?(/\d+)?")


@pytest.mark.parametrize("country", all_countries())
def test_a_country_has_the_tones_that_a_phone_needs(country: str) -> None:
    assert {tone for tone, _ in zone_of(country).tones} >= NEEDED


@pytest.mark.parametrize("zone", ZONES.values(), ids=lambda zone: zone.code)
def test_a_tone_is_written_as_asterisk_reads_it(zone: Zone) -> None:
    assert len(zone.cadence) % 2 == 0 and all(duration > 0 for duration in zone.cadence)
    for tone, parts in zone.tones:
        for part in parts.split(","):
            assert PART.fullmatch(part), f"{zone.code}.{tone}: {part}"


@pytest.mark.parametrize(
    ("country", "zone"),
    [("US", "us"), ("CA", "us"), ("GB", "uk"), ("AE", "uk"), ("CN", "cn"), ("NO", "no"), ("SA", "nl"), ("IR", "nl")],
)
def test_a_country_sounds_like_its_network(country: str, zone: str) -> None:
    assert zone_of(country).code == zone
