"""The form of an outbound route."""

from __future__ import annotations

from flask_babel import lazy_gettext

from appliance.model.outbound_routes import OutboundRoute
from web_admin import texts
from web_admin.forms.field import Field, Section
from web_admin.forms.form import Form


def outbound_route_form() -> Form:
    """An empty form of an outbound route."""
    return Form(
        OutboundRoute,
        (
            Section(
                lazy_gettext("What is dialled"),
                (
                    Field(("name",), "dialable", lazy_gettext("Small letters, digits and hyphens.")),
                    Field(
                        ("match",),
                        "words",
                        lazy_gettext(
                            "Patterns with spaces between them: X 0–9, Z 1–9, N 2–9, [1-5] one of a set, a dot at the "
                            "end for further digits."
                        ),
                    ),
                    Field(("class",), "choice", words=texts.MAY_CALL),
                ),
            ),
            Section(
                lazy_gettext("How it leaves"),
                (
                    Field(
                        ("trunks",),
                        "words",
                        lazy_gettext("Names with spaces between them, tried in this order."),
                    ),
                    Field(("strip",), "whole"),
                    Field(("prepend",), "dialable", lazy_gettext("+ makes it a number with country code.")),
                ),
            ),
        ),
        "outbound_routes",
    )
