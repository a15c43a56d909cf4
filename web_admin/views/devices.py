"""Devices of the box: echo canceller, call records and their readers, the front panel."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from appliance.control.messages import SmdrView
from appliance.model.access import Permission
from web_admin import access, daemon
from web_admin.forms.form import Form
from web_admin.forms.hardware import hardware_form
from web_admin.views import settings_page

blueprint = Blueprint("devices", __name__, url_prefix="/devices")


@blueprint.get("")
@access.permission(Permission.SITE_READ)
def show() -> str:
    """How they are used, and how call records go out."""
    form, smdr = _form()
    return settings_page.show(form, "devices", smdr=smdr)


@blueprint.post("")
@access.permission(Permission.SITE_EDIT)
def save() -> Response:
    """Change them in the draft."""
    form, smdr = _form()
    return settings_page.save(form, "hardware.edit", "devices", smdr=smdr)


@blueprint.post("/record")
@access.permission(Permission.SITE_APPLY)
def record() -> Response:
    """Send the record of a call that never was to every reader."""
    sent = daemon.ask("smdr.test")
    flash(gettext("A record was sent: call %(call)s.", call=sent["call_id"]), "success")
    return redirect(url_for("devices.show"))


@blueprint.post("/lamps")
@access.permission(Permission.SITE_APPLY)
def lamps() -> Response:
    """Light every dot and lamp of the front panel."""
    daemon.ask("display.test")
    flash(gettext("The front panel shows every dot and lamp until a key is pressed, for a minute at most."), "success")
    return redirect(url_for("devices.show"))


def _form() -> tuple[Form, SmdrView]:
    smdr = SmdrView.model_validate(daemon.ask("smdr.status"))
    return hardware_form(smdr.ports), smdr
