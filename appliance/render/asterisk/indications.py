"""indications.conf: the tones of the box's country. The table is ``data/tones.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from typing import Any

from appliance.model.site import Site
from appliance.model.yaml_text import own_table
from appliance.render.escape import conf_section, conf_value
from appliance.render.facts import Facts
from appliance.render.rendered_file import RenderedFile, asterisk_file


@dataclass(frozen=True, slots=True)
class Zone:
    """Tones that belong together. tones: Asterisk's name of a tone -> its parts, in the table's notation."""

    code: str
    name: str
    cadence: tuple[int, ...]
    tones: tuple[tuple[str, str], ...]


def _read() -> tuple[dict[str, Zone], dict[str, str], str]:
    text = resources.files("appliance.render.asterisk").joinpath("data", "tones.yaml").read_text("utf-8")
    table: dict[str, Any] = own_table(text)
    zones = {
        code: Zone(
            code,
            str(zone["name"]),
            tuple(zone["cadence"]),
            tuple((tone, ",".join(parts)) for tone, parts in zone.items() if tone not in {"name", "cadence"}),
        )
        for code, zone in table["zones"].items()
    }
    countries = {country: zone for zone, countries in table["countries"].items() for country in countries}
    return zones, countries, str(table["fallback"])


ZONES, _COUNTRIES, _FALLBACK = _read()


def zone_of(country: str) -> Zone:
    """The tones of a country (ISO 3166-1 alpha-2): its own, those of a network it sounds like, or the
    fallback.
    """
    code = _COUNTRIES.get(country, country.lower())
    return ZONES.get(code, ZONES[_FALLBACK])


def render(site: Site, facts: Facts) -> tuple[RenderedFile, ...]:
    """One file with the one zone that is used."""
    del facts
    zone = zone_of(site.box.country)
    code = conf_section(zone.code)
    lines = ["", "[general]", f"country = {code}", "", f"[{code}]", f"description = {conf_value(zone.name)}"]
    lines.append(f"ringcadence = {','.join(map(str, zone.cadence))}")
    lines += [f"{tone} = {conf_value(parts)}" for tone, parts in zone.tones]
    return (asterisk_file("indications.conf", "asterisk/indications.py", "\n".join(lines) + "\n", "indications"),)
