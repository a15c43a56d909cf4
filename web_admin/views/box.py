"""The box's own settings."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

from appliance.model.access import Permission
from web_admin import access
from web_admin.forms.box import box_form
from web_admin.views import settings_page

blueprint = Blueprint("box", __name__, url_prefix="/box")


@blueprint.get("")
@access.permission(Permission.SITE_READ)
def show() -> str:
    """Name, place and languages."""
    return settings_page.show(box_form())


@blueprint.post("")
@access.permission(Permission.SITE_EDIT)
def save() -> Response:
    """Change them in the draft."""
    return settings_page.save(box_form(), "box.edit")
