"""Which time zones a country has, from the IANA time zone database.

The table is ``data/time_zones.json``: ``zone.tab`` and ``iso3166.tab`` of one release, which it names. To
renew it, group the third column of a newer ``zone.tab`` by its first.
"""

from __future__ import annotations

import json
from importlib import resources

_TABLE: dict[str, list[str]] = json.loads(
    resources.files("appliance.model").joinpath("data", "time_zones.json").read_text("utf-8")
)["zones"]

UTC = "Etc/UTC"
"""The one zone offered that belongs to no country."""

_COUNTRIES = tuple(sorted(_TABLE))
_ZONES = tuple(sorted({zone for zones in _TABLE.values() for zone in zones} | {UTC}))
_ZONE_SET = frozenset(_ZONES)


def all_countries() -> tuple[str, ...]:
    """Every country of ISO 3166-1, as its two letters, sorted."""
    return _COUNTRIES


def all_time_zones() -> tuple[str, ...]:
    """Every time zone that a country uses today, sorted, and ``Etc/UTC``."""
    return _ZONES


def is_country(code: str) -> bool:
    """Whether these two letters are a country's."""
    return code in _TABLE


def is_time_zone(name: str) -> bool:
    """Whether the box has this time zone. Old names (``US/Eastern``) are not in Debian's tzdata and are
    refused.
    """
    return name in _ZONE_SET


def time_zones_of(country: str) -> tuple[str, ...]:
    """The zones of a country, its most populous first; empty for a country that is unknown or uninhabited."""
    return tuple(_TABLE.get(country, ()))
