"""Every country has a line standard, and every value of it a source."""

from __future__ import annotations

import dataclasses
import json
from importlib import resources
from typing import Any

import pytest

from appliance.model.countries import all_countries
from appliance.model.line_standards import LineStandard, line_standard, tone_zones
from appliance.render.asterisk.indications import zone_of

TABLE: dict[str, Any] = json.loads(
    resources.files("appliance.model").joinpath("data", "line_standards.json").read_text("utf-8")
)
# zonedata.c of dahdi-tools 3.1.0 and 3.4.0.
_ZONES = """
us us-old au fr nl uk fi es jp no at nz it gr tw cl se be sg il br hu lt pl za pt ee mx in de ch dk cz cn ar my
th bg ve ph ru tr pa mo cr ae
"""
DAHDI_ZONES = set(_ZONES.split())
# The names in fxo_modes.h, the same in dahdi-linux 3.1.0 and 3.4.0.
_MODES = """
FCC TBR21 ARGENTINA AUSTRALIA AUSTRIA BAHRAIN BELGIUM BRAZIL BULGARIA CANADA CHILE CHINA COLOMBIA CROATIA CYPRUS
CZECH DENMARK ECUADOR EGYPT ELSALVADOR FINLAND FRANCE GERMANY GREECE GUAM HONGKONG HUNGARY ICELAND INDIA
INDONESIA IRELAND ISRAEL ITALY JAPAN JORDAN KAZAKHSTAN KUWAIT LATVIA LEBANON LUXEMBOURG MACAO MALAYSIA MALTA
MEXICO MOROCCO NETHERLANDS NEWZEALAND NIGERIA NORWAY OMAN PAKISTAN PERU PHILIPPINES POLAND PORTUGAL ROMANIA
RUSSIA SAUDIARABIA SINGAPORE SLOVAKIA SLOVENIA SOUTHAFRICA SOUTHKOREA SPAIN SWEDEN SWITZERLAND SYRIA TAIWAN
THAILAND UAE UK USA YEMEN
"""
FXO_MODES = set(_MODES.split())
VALUES = {field.name for field in dataclasses.fields(LineStandard)} - {"country", "tone_zone", "assumed"}


def test_every_zone_of_dahdi_is_there_and_none_that_it_does_not_have() -> None:
    assert set(tone_zones()) == DAHDI_ZONES


@pytest.mark.parametrize("zone", sorted(DAHDI_ZONES))
def test_a_zone_says_everything_with_a_source_that_is_explained(zone: str) -> None:
    assert set(TABLE["zones"][zone]) == VALUES
    assert {source for _, source in TABLE["zones"][zone].values()} <= set(TABLE["sources"])


def test_countries_and_regions_name_sources_that_are_explained() -> None:
    for entry in (*TABLE["countries"].values(), *TABLE["regions"].values()):
        given = {name: value for name, value in entry.items() if name != "countries"}
        assert set(given) <= VALUES | {"zone"}
        assert {source for _, source in given.values()} <= set(TABLE["sources"])


@pytest.mark.parametrize("country", all_countries())
def test_a_country_can_be_given_to_dahdi_and_its_drivers(country: str) -> None:
    standard = line_standard(country)
    assert standard.country == country
    assert standard.tone_zone in DAHDI_ZONES
    assert standard.opermode in FXO_MODES
    assert standard.digital in {"e1", "t1", "j1"}
    assert standard.law == ("alaw" if standard.digital == "e1" else "mulaw")
    assert standard.busy_count >= 3
    assert len(standard.busy_pattern) == 2 and all(100 <= part <= 1000 for part in standard.busy_pattern)
    assert set(standard.assumed) <= VALUES


@pytest.mark.parametrize("country", all_countries())
def test_phones_and_lines_of_a_country_sound_alike(country: str) -> None:
    """But for zones that only DAHDI's table has, or only Asterisk's (Indonesia)."""
    heard = zone_of(country).code
    own = country.lower() if country.lower() in DAHDI_ZONES else None
    assert line_standard(country).tone_zone == (own or (heard if heard in DAHDI_ZONES else "nl"))


def test_a_country_of_its_own_zone_is_not_assumed() -> None:
    assert line_standard("US").confirmed
    assert line_standard("GB").confirmed and line_standard("GB").tone_zone == "uk"


def test_a_neighbours_values_are_marked_but_the_own_ones_are_not() -> None:
    ireland = line_standard("IE")
    assert (ireland.tone_zone, ireland.opermode) == ("uk", "IRELAND")
    assert "caller_id_start" in ireland.assumed
    assert "opermode" not in ireland.assumed
    assert "busy_count" not in ireland.assumed


def test_a_country_that_nothing_is_known_of_has_the_practice_of_its_region() -> None:
    assert line_standard("BO").caller_id_signalling == "bell"
    assert line_standard("RS").opermode == "TBR21"
    chad = line_standard("TD")
    assert (chad.tone_zone, chad.opermode, chad.digital) == ("nl", "FCC", "e1")
    assert {"opermode", "caller_id_signalling", "caller_id_start", "busy_pattern"} <= set(chad.assumed)


@pytest.mark.parametrize(
    ("country", "signalling", "start"),
    [("GB", "v23", "polarity"), ("US", "bell", "ring"), ("SE", "dtmf", "polarity"), ("DK", "dtmf", "dtmf"),
     ("IN", "dtmf", "polarity_IN"), ("JP", "v23_jp", "polarity"), ("SA", "dtmf", "dtmf")],
)  # fmt: skip
def test_caller_id_is_announced_as_the_country_does(country: str, signalling: str, start: str) -> None:
    standard = line_standard(country)
    assert (standard.caller_id_signalling, standard.caller_id_start) == (signalling, start)
