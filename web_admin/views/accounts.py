"""Accounts of people: who may sign in, and with which role."""

from __future__ import annotations

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from appliance.control.messages import Account, Session
from appliance.model.access import Permission, Role
from web_admin import access, daemon, errors
from web_admin.forms.accounts import account_form, new_account_form
from web_admin.forms.form import Form
from web_admin.forms.merge_patch import merge_patch

blueprint = Blueprint("accounts", __name__, url_prefix="/accounts")

_EDITED = ("full_name", "role", "language", "extension", "enabled")


@blueprint.get("")
@access.permission(Permission.ACCOUNTS_MANAGE)
def show() -> str:
    """Every account."""
    return render_template("accounts.html", accounts=_all())


@blueprint.get("/new")
@access.permission(Permission.ACCOUNTS_MANAGE)
def new() -> str:
    """Ask about a new account."""
    return render_template("account_new.html", form=new_account_form().show({}))


@blueprint.post("/new")
@access.permission(Permission.ACCOUNTS_MANAGE)
def add() -> Response:
    """Make an account; without a password it gets a one-time link."""
    form = new_account_form().read(request.form)
    account = form.document({})
    if not form.fits(account):
        return make_response(render_template("account_new.html", form=form), 422)
    account = {"role": Role.USER, **account}
    try:
        daemon.ask("account.add", **account)
        token = None if account.get("password") else daemon.ask("account.reset", name=account["name"])["link_token"]
    except daemon.RefusedError as refused:
        return make_response(render_template("account_new.html", form=form.refuse(refused)), 422)
    if token is None:
        flash(gettext("The account is made."), "success")
        return redirect(url_for("accounts.show"))
    return make_response(_link_page(account["name"], token))


@blueprint.get("/<name>")
@access.permission(Permission.ACCOUNTS_MANAGE)
def edit(name: str) -> str:
    """One account, with its sessions."""
    account = _one(name)
    return _page(account, account_form().show(account.model_dump(mode="json")))


@blueprint.post("/<name>")
@access.permission(Permission.ACCOUNTS_MANAGE)
def save(name: str) -> Response:
    """Change an account."""
    account = _one(name)
    before = {key: value for key, value in account.model_dump(mode="json").items() if key in _EDITED}
    form = account_form().read(request.form)
    after = {"full_name": "", **form.document(before)}
    if not form.fits({"name": name, **after}):
        return make_response(_page(account, form), 422)
    changes = merge_patch(before, after)
    try:
        if changes:
            daemon.ask("account.edit", name=name, changes=changes)
    except daemon.RefusedError as refused:
        return make_response(_page(account, form.refuse(refused)), 422)
    flash(gettext("Saved."), "success")
    return redirect(url_for("accounts.show"))


@blueprint.post("/<name>/reset")
@access.permission(Permission.ACCOUNTS_MANAGE)
def reset(name: str) -> str:
    """Make a one-time link with which the person chooses a new password."""
    return _link_page(name, daemon.ask("account.reset", name=name)["link_token"])


@blueprint.post("/<name>/remove")
@access.permission(Permission.ACCOUNTS_MANAGE)
def remove(name: str) -> Response:
    """Take an account away."""
    try:
        daemon.ask("account.remove", name=name)
    except daemon.RefusedError as refused:
        flash(errors.sentence(refused), "danger")
        return redirect(url_for("accounts.edit", name=name))
    flash(gettext("The account is gone; its browsers are signed out."), "success")
    return redirect(url_for("accounts.show"))


@blueprint.post("/<name>/sessions/<session_id>/revoke")
@access.permission(Permission.ACCOUNTS_MANAGE)
def revoke(name: str, session_id: str) -> Response:
    """Sign one of their browsers out."""
    daemon.ask("session.revoke", id=session_id)
    flash(gettext("That browser is signed out."), "success")
    return redirect(url_for("accounts.edit", name=name))


def _all() -> list[Account]:
    return [Account.model_validate(each) for each in daemon.ask("account.list")["accounts"]]


def _one(name: str) -> Account:
    for account in _all():
        if account.name == name:
            return account
    raise NotFound


def _page(account: Account, form: Form) -> str:
    sessions = [Session.model_validate(each) for each in daemon.ask("session.list", account=account.name)["sessions"]]
    return render_template("account_edit.html", account=account, form=form, sessions=sessions)


def _link_page(name: str, token: str) -> str:
    address = url_for("sign_in.once", token=token, _external=True)
    return render_template("account_link.html", name=name, address=address)
