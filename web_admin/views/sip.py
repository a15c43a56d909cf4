"""How phones reach the box."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

from appliance.model.access import Permission
from web_admin import access
from web_admin.forms.sip import sip_form
from web_admin.views import settings_page

blueprint = Blueprint("sip", __name__, url_prefix="/sip")


@blueprint.get("")
@access.permission(Permission.SITE_READ)
def show() -> str:
    """Transports, encryption, codecs."""
    return settings_page.show(sip_form())


@blueprint.post("")
@access.permission(Permission.SITE_EDIT)
def save() -> Response:
    """Change them in the draft."""
    return settings_page.save(sip_form(), "sip.edit")
