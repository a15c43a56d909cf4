"""What people dial to reach a service of the box."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

from appliance.model.access import Permission
from web_admin import access
from web_admin.forms.feature_codes import feature_codes_form
from web_admin.views import settings_page

blueprint = Blueprint("feature_codes", __name__, url_prefix="/feature-codes")


@blueprint.get("")
@access.permission(Permission.SITE_READ)
def show() -> str:
    """The codes."""
    return settings_page.show(feature_codes_form())


@blueprint.post("")
@access.permission(Permission.SITE_EDIT)
def save() -> Response:
    """Change them in the draft."""
    return settings_page.save(feature_codes_form(), "feature_codes.edit")
