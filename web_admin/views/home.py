"""The front door, and the two choices that every page offers: language and colours."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from appliance.model.access import Permission
from web_admin import access, daemon, languages, pages
from web_admin.addresses import local_address

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
@access.public
def show() -> Response:
    """Lead to the first page that the person may open; on a new box to the first-run wizard."""
    if access.who() is None:
        if daemon.hello().get("first_run"):
            return redirect(url_for("first_run.show"))
        return redirect(url_for("sign_in.form"))
    if access.must_change_password():
        return redirect(url_for("account.password"))
    if access.may(Permission.CALLS_READ):
        return redirect(url_for("calls.show"))
    if access.may(Permission.HISTORY_OWN):
        return redirect(url_for("history.show"))
    return redirect(url_for("account.show"))


@blueprint.post("/language")
@access.public
def language() -> Response:
    """Speak another language from now on, in this browser and, for a person signed in, in their account."""
    response = redirect(local_address(request.form.get("next")))
    chosen = languages.parse(request.form.get("language"))
    if chosen is None:
        return response
    if access.who() is not None and access.may(Permission.SELF):
        daemon.ask("account.edit_self", language=chosen.value)
    languages.remember(response, chosen)
    return response


@blueprint.post("/theme")
@access.public
def theme() -> Response:
    """Light or dark; anything else follows the browser."""
    response = redirect(local_address(request.form.get("next")))
    chosen = request.form.get("theme", "")
    if chosen in pages.THEMES:
        response.set_cookie(
            pages.THEME_COOKIE, chosen, max_age=languages.COOKIE_S, secure=True, httponly=True, samesite="Lax"
        )
    else:
        response.delete_cookie(pages.THEME_COOKIE, secure=True, httponly=True, samesite="Lax")
    return response
