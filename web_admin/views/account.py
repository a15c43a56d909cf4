"""One's own account: name, language, password, second factor, sessions."""

from __future__ import annotations

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext
from markupsafe import Markup
from werkzeug.wrappers import Response

from appliance.control.messages import Account, Session
from appliance.model.access import Permission
from web_admin import access, daemon, errors
from web_admin.forms.accounts import own_account_form
from web_admin.forms.form import Form

blueprint = Blueprint("account", __name__, url_prefix="/account")


@blueprint.get("")
@access.permission(Permission.SELF)
def show() -> str:
    """Everything about the person signed in."""
    return _page(own_account_form().show(_own().model_dump(mode="json")))


@blueprint.post("")
@access.permission(Permission.SELF)
def edit() -> Response:
    """Change one's name or language."""
    form = own_account_form().read(request.form)
    try:
        daemon.ask(
            "account.edit_self",
            full_name=form.values["full_name"].strip(),
            language=form.values["language"] or None,
        )
    except daemon.RefusedError as refused:
        return make_response(_page(form.refuse(refused)), 422)
    flash(gettext("Saved."), "success")
    return redirect(url_for("account.show"))


@blueprint.get("/password")
@access.permission(Permission.SELF)
def password() -> str:
    """Ask for a new password."""
    return render_template("password.html", problem="", must=access.must_change_password())


@blueprint.post("/password")
@access.permission(Permission.SELF)
def change_password() -> Response:
    """Take a new password."""
    typed = request.form
    if typed.get("new", "") != typed.get("again", ""):
        problem = gettext("The two passwords are not the same.")
    else:
        try:
            daemon.ask("password.change", old=typed.get("old", ""), new=typed.get("new", ""))
        except daemon.RefusedError as refused:
            problem = errors.sentence(refused)
        else:
            flash(gettext("Your password is changed. Other browsers were signed out."), "success")
            return redirect(url_for("account.show"))
    return make_response(render_template("password.html", problem=problem, must=access.must_change_password()), 422)


@blueprint.post("/totp/begin")
@access.permission(Permission.SELF)
def begin_totp() -> str:
    """Show a new secret as a picture and as text; it counts from the first correct code on."""
    begun = daemon.ask("totp.begin")
    return _totp_page(begun["secret"], begun["uri"], "")


@blueprint.post("/totp/confirm")
@access.permission(Permission.SELF)
def confirm_totp() -> Response:
    """Check the first code; from then on the second factor is asked for. Shows the recovery codes, once."""
    typed = request.form
    try:
        codes = daemon.ask("totp.confirm", code=typed.get("code", "").replace(" ", ""))["recovery_codes"]
    except daemon.RefusedError as refused:
        page = _totp_page(typed.get("secret", ""), typed.get("uri", ""), errors.sentence(refused))
        return make_response(page, 422)
    return make_response(render_template("recovery_codes.html", codes=codes))


@blueprint.post("/totp/disable")
@access.permission(Permission.SELF)
def disable_totp() -> Response:
    """Do without a second factor again."""
    try:
        daemon.ask("totp.disable", password=request.form.get("password", ""))
    except daemon.RefusedError as refused:
        flash(errors.sentence(refused), "danger")
    else:
        flash(gettext("The second factor is off."), "success")
    return redirect(url_for("account.show"))


@blueprint.post("/sessions/<session_id>/revoke")
@access.permission(Permission.SELF)
def revoke(session_id: str) -> Response:
    """Sign another browser out."""
    daemon.ask("session.revoke", id=session_id)
    flash(gettext("That browser is signed out."), "success")
    return redirect(url_for("account.show"))


def _own() -> Account:
    return Account.model_validate(daemon.ask("account.own"))


def _page(form: Form) -> str:
    sessions = [Session.model_validate(each) for each in daemon.ask("session.list")["sessions"]]
    return render_template("account.html", form=form, account=_own(), sessions=sessions)


def _totp_page(secret: str, uri: str, problem: str) -> str:
    import segno  # 4 MB of tables that no other page needs

    picture = segno.make(uri, error="m").svg_inline(scale=5, border=2, omitsize=False)
    return render_template(
        "totp.html",
        secret=secret,
        uri=uri,
        picture=Markup(picture),  # noqa: S704  # segno draws squares; the address is inside them, not in the text
        problem=problem,
    )
