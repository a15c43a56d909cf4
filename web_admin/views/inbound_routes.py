"""Inbound routes."""

from __future__ import annotations

from flask_babel import lazy_gettext

from web_admin import daemon
from web_admin.forms.form import Form
from web_admin.forms.inbound_routes import inbound_route_form
from web_admin.views.members import Noun, blueprint_of


def _form() -> Form:
    return inbound_route_form([one["key"] for one in daemon.ask("trunk.list")["members"]])


blueprint = blueprint_of(
    Noun(
        page="inbound_routes",
        word="inbound_route",
        path="inbound_routes",
        title=lazy_gettext("Inbound routes"),
        columns=("number", "caller", "trunk", "to"),
        form=_form,
        hint=lazy_gettext("The route that says most about a call wins: caller before number before trunk."),
    )
)
