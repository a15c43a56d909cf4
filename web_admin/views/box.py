"""The box's own settings."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

from appliance.model.access import Permission
from web_admin import access, daemon
from web_admin.forms.box import box_document, box_form
from web_admin.forms.form import Form
from web_admin.views import settings_page

blueprint = Blueprint("box", __name__, url_prefix="/box")


@blueprint.get("")
@access.permission(Permission.SITE_READ)
def show() -> str:
    """Name, place and languages."""
    return settings_page.show(_form())


@blueprint.post("")
@access.permission(Permission.SITE_EDIT)
def save() -> Response:
    """Change them in the draft."""
    return settings_page.save(_form(), "box.edit", document=box_document)


def _form() -> Form:
    return box_form(one["document"]["name"] for one in daemon.ask("trunk.list")["members"])
