"""Phones: what is registered, from where, and whether it answers."""

from __future__ import annotations

from flask import Blueprint, render_template

from appliance.control.messages import LiveView
from appliance.model.access import Permission
from web_admin import access, daemon

blueprint = Blueprint("registrations", __name__, url_prefix="/phones")


@blueprint.get("")
@access.permission(Permission.CALLS_READ)
def show() -> str:
    """The phones of this moment, kept up to date by the live stream."""
    live = LiveView.model_validate(daemon.ask("live.show"))
    return render_template("registrations.html", live=live)
