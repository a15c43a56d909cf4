"""Live calls."""

from __future__ import annotations

from flask import Blueprint, render_template

from appliance.control.messages import LiveView
from appliance.model.access import Permission
from web_admin import access, daemon

blueprint = Blueprint("calls", __name__, url_prefix="/calls")


@blueprint.get("")
@access.permission(Permission.CALLS_READ)
def show() -> str:
    """The calls of this moment; the stream of :mod:`web_admin.views.live` keeps the page up to date."""
    live = LiveView.model_validate(daemon.ask("live.show"))
    return render_template("calls.html", live=live)
