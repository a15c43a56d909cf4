"""The form of a trunk."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext

from appliance.model.trunks import Trunk
from web_admin.forms.field import Field, Section
from web_admin.forms.form import Form


def trunk_form(spans: Sequence[str]) -> Form:
    """An empty form of a trunk. spans: those with lines."""
    known = {"there": ", ".join(spans) or "–"}
    return Form(
        Trunk,
        (
            Section(
                lazy_gettext("Trunk"),
                (
                    Field(("name",), "dialable", lazy_gettext("Small letters, digits and hyphens.")),
                    Field(
                        ("spans",),
                        "words",
                        lazy_gettext("Names with spaces between them, in the order for calls out: %(there)s.", **known),
                    ),
                    Field(
                        ("numbers",),
                        "words",
                        lazy_gettext(
                            "With + and country code, spaces between them. The first is shown to those called."
                        ),
                    ),
                    Field(("max_calls",), "whole", lazy_gettext("Empty: as many as the spans carry.")),
                ),
            ),
        ),
        "trunks",
    )
