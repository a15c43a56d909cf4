"""The form of an inbound route."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import lazy_gettext

from appliance.model.inbound_routes import InboundRoute
from web_admin.forms.field import Field, Section
from web_admin.forms.form import Form


def inbound_route_form(trunks: Iterable[str]) -> Form:
    """An empty form of an inbound route. trunks: those there are."""
    number = lazy_gettext("With + and country code; empty: any.")
    return Form(
        InboundRoute,
        (
            Section(
                lazy_gettext("Calls that are meant"),
                (
                    Field(("number",), "dialable", number),
                    Field(("caller",), "dialable", number),
                    Field(("trunk",), "choice", words={name: name for name in trunks}, empty=lazy_gettext("any")),
                ),
            ),
            Section(lazy_gettext("Where they go"), (Field(("to",), "destination"),)),
        ),
        "inbound_routes",
    )
