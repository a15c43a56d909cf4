"""How the box is: services, disks, load, memory, versions."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from appliance.control.messages import StatusView
from appliance.model.access import Permission
from web_admin import access, daemon

blueprint = Blueprint("status", __name__, url_prefix="/status")


@blueprint.get("")
@access.permission(Permission.STATUS_READ)
def show() -> str:
    """The state of the box; asked for again every few seconds by the page itself."""
    status = StatusView.model_validate(daemon.ask("status.show"))
    template = "parts/status_now.html" if request.headers.get("HX-Request") else "status.html"
    return render_template(template, status=status)
