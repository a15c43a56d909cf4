"""The form of the box's own facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import lazy_gettext

from appliance.model.box import Box
from appliance.model.countries import all_countries, all_time_zones, time_zones_of
from web_admin import languages, texts
from web_admin.forms.field import Field, Section
from web_admin.forms.form import Form


def box_form(trunks: Iterable[str] = ()) -> Form:
    """An empty form of the box, with countries in the order of the page's language. trunks: that there are."""
    known = {"there": ", ".join(trunks) or "–"}
    return Form(
        Box,
        (
            Section(
                lazy_gettext("Box"),
                (
                    Field(
                        ("name",),
                        "dialable",
                        lazy_gettext("Also its name on the network: small letters, digits and hyphens."),
                    ),
                    Field(
                        ("country",),
                        "choice",
                        lazy_gettext("Decides the tones people hear."),
                        words=countries(),
                    ),
                    Field(("time_zone",), "choice", words=time_zones()),
                    Field(
                        ("language",),
                        "choice",
                        lazy_gettext("Of announcements and of pages, where nobody chose another."),
                        words=texts.LANGUAGES,
                    ),
                    Field(("languages",), "choices", words=texts.LANGUAGES),
                    Field(
                        ("extension_digits",),
                        "whole",
                        lazy_gettext("Every extension number has as many."),
                    ),
                ),
            ),
            Section(
                lazy_gettext("Calls for help"),
                (
                    Field(
                        ("emergency", "numbers"),
                        "words",
                        lazy_gettext("As people dial them, with spaces between them."),
                    ),
                    Field(
                        ("emergency", "trunks"),
                        "words",
                        lazy_gettext("Tried in this order, with spaces between them: %(there)s.", **known),
                    ),
                ),
                lazy_gettext("From every telephone, before and above every limit."),
            ),
        ),
        "box",
    )


def box_document(form: Form, before: Mapping[str, Any]) -> dict[str, Any]:
    """The box as typed. Neither numbers nor trunks: nothing is said about calls for help."""
    after = form.document(before)
    if not any((after.get("emergency") or {}).values()):
        after.pop("emergency", None)
    return after


def countries() -> Mapping[str, str]:
    """Every country by its two letters, in the alphabetical order of the page's language."""
    names = languages.locale().territories
    known = {code: names.get(code, code) for code in all_countries()}
    return dict(sorted(known.items(), key=lambda pair: pair[1]))


def time_zones(country: str | None = None) -> Mapping[str, str]:
    """Time zones by their names, those of ``country`` first."""
    first = time_zones_of(country) if country else ()
    return {zone: zone.replace("_", " ") for zone in dict.fromkeys((*first, *all_time_zones()))}
