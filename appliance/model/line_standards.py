"""How telephone lines behave in a country: tones, impedance, caller ID, what ends a call.

The table is ``data/line_standards.json``: DAHDI's tone zones, the countries that differ from the zone they sound
like, and what every other country starts from. Each value names its source; what none confirms for the country is
told in :attr:`LineStandard.assumed`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from importlib import resources
from typing import Any


class CallerIdSignalling(StrEnum):
    """How a line sends the caller's number (chan_dahdi's ``cidsignalling``)."""

    BELL = "bell"
    V23 = "v23"
    V23_JP = "v23_jp"
    DTMF = "dtmf"


class CallerIdStart(StrEnum):
    """What announces the caller's number (chan_dahdi's ``cidstart``)."""

    RING = "ring"
    POLARITY = "polarity"
    POLARITY_IN = "polarity_IN"
    DTMF = "dtmf"


@dataclass(frozen=True, slots=True)
class LineStandard:
    """What a country's lines do.

    tone_zone: DAHDI's name (``uk``). opermode: of the drivers of FXO modules (``UK``).
    busy_pattern: tone and silence in milliseconds, empty when the tone is told by its cadence alone.
    digital: what a primary rate line is there: ``e1``, ``t1`` or ``j1``. law: ``alaw`` or ``mulaw``.
    assumed: names of the fields that no source confirms for this country: a neighbour's values, or what its region
    does. A page shows them as worth a test call.
    """

    country: str
    tone_zone: str
    opermode: str
    caller_id_signalling: CallerIdSignalling
    caller_id_start: CallerIdStart
    answer_on_polarity: bool
    hang_up_on_polarity: bool
    busy_count: int
    busy_pattern: tuple[int, ...]
    digital: str
    law: str
    assumed: tuple[str, ...] = ()

    @property
    def confirmed(self) -> bool:
        """Whether every value has a source of its own."""
        return not self.assumed


_Values = dict[str, list[Any]]
_TABLE: dict[str, Any] = json.loads(
    resources.files("appliance.model").joinpath("data", "line_standards.json").read_text("utf-8")
)
_ASSUMED = "assumed"
_COMMON: _Values = {
    "answer_on_polarity": [False, "chan_dahdi"],
    "hang_up_on_polarity": [False, "chan_dahdi"],
    "busy_count": [6, "chan_dahdi"],
}
"""What a line does where nothing is said of its country: Asterisk's own defaults and advice."""


def tone_zones() -> tuple[str, ...]:
    """The names of DAHDI's tone zones, sorted."""
    return tuple(sorted(_TABLE["zones"]))


def line_standard(country: str) -> LineStandard:
    """How lines behave in a country (ISO 3166-1 alpha-2).

    A country with a tone zone of its own has that zone's values. One that sounds like a neighbour has the
    neighbour's, and any other has those of its region; both are marked as assumed where no source names the country.
    """
    zone, values = _values(country)
    assumed = tuple(name for name, (_, source) in values.items() if source == _ASSUMED)
    taken = {name: value for name, (value, _) in values.items()}
    return LineStandard(
        country=country,
        tone_zone=zone,
        opermode=taken["opermode"],
        caller_id_signalling=CallerIdSignalling(taken["caller_id_signalling"]),
        caller_id_start=CallerIdStart(taken["caller_id_start"]),
        answer_on_polarity=taken["answer_on_polarity"],
        hang_up_on_polarity=taken["hang_up_on_polarity"],
        busy_count=taken["busy_count"],
        busy_pattern=tuple(taken["busy_pattern"]),
        digital=taken["digital"],
        law=taken["law"],
        assumed=assumed,
    )


def _values(country: str) -> tuple[str, _Values]:
    """The tone zone of a country, and each value with its source."""
    own: _Values = _TABLE["countries"].get(country, {})
    stated = {name: value for name, value in own.items() if name != "zone"}
    zones: dict[str, _Values] = _TABLE["zones"]
    if country.lower() in zones and "zone" not in own:
        return country.lower(), zones[country.lower()] | stated
    if "zone" in own:
        zone, source = own["zone"]
        # The tones are known to be the neighbour's; that the rest is too, is not.
        theirs = zones[zone] if source == "zonedata" else _unconfirmed(zones[zone])
        return zone, theirs | stated
    region = next(
        (one for one in _TABLE["regions"].values() if country in one["countries"]), _TABLE["regions"]["world"]
    )
    values = {name: value for name, value in region.items() if name not in {"countries", "zone"}}
    return region["zone"][0], _COMMON | _unconfirmed(values) | stated


def _unconfirmed(values: _Values) -> _Values:
    """The same values, as those of a country that no source speaks of. What is not a matter of countries stays."""
    return {
        name: [value, source if source == "chan_dahdi" and name in _COMMON else _ASSUMED]
        for name, (value, source) in values.items()
    }
