"""API tokens: keys for scripts, each with what it may do."""

from __future__ import annotations

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from appliance.control.messages import ApiToken
from appliance.model.access import Permission
from web_admin import access, daemon, errors
from web_admin.forms.field import western

blueprint = Blueprint("tokens", __name__, url_prefix="/tokens")


@blueprint.get("")
@access.permission(Permission.TOKENS_MANAGE)
def show() -> str:
    """Every token, and the question for a new one."""
    return _page()


@blueprint.post("")
@access.permission(Permission.TOKENS_MANAGE)
def add() -> Response:
    """Make a token; its secret is shown on this answer and never again."""
    typed = request.form
    days = western(typed.get("expires_days", "")).strip()
    try:
        made = daemon.ask(
            "token.add",
            label=typed.get("label", "").strip(),
            scopes=typed.getlist("scopes"),
            expires_days=int(days) if days.isdecimal() else None,
        )
    except daemon.RefusedError as refused:
        return make_response(_page(problem=errors.sentence(refused)), 422)
    return make_response(_page(made=made["token"]))


@blueprint.post("/<token_id>/revoke")
@access.permission(Permission.TOKENS_MANAGE)
def revoke(token_id: str) -> Response:
    """End a token."""
    daemon.ask("token.revoke", id=token_id)
    flash(gettext("The token is revoked."), "success")
    return redirect(url_for("tokens.show"))


def _page(problem: str = "", made: str = "") -> str:
    tokens = [ApiToken.model_validate(each) for each in daemon.ask("token.list")["tokens"]]
    return render_template(
        "tokens.html", tokens=tokens, problem=problem, made=made, scopes=list(Permission), typed=request.form
    )
