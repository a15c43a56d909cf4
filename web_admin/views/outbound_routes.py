"""Outbound routes."""

from __future__ import annotations

from flask_babel import lazy_gettext

from web_admin.forms.outbound_routes import outbound_route_form
from web_admin.views.members import Noun, blueprint_of

blueprint = blueprint_of(
    Noun(
        page="outbound_routes",
        word="outbound_route",
        path="outbound_routes",
        title=lazy_gettext("Outbound routes"),
        columns=("match", "class", "trunks"),
        form=outbound_route_form,
        hint=lazy_gettext("The first route that fits what is dialled wins."),
        ordered=True,
        defaults={"class": "international"},
    )
)
