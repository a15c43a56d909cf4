"""The box's own network: how it is, and settings that are tried before they are kept."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from appliance.model.access import Permission
from appliance.model.machine_shown import NetworkView
from web_admin import access, daemon
from web_admin.forms.form import Form
from web_admin.forms.network import network_form, settings

blueprint = Blueprint("network", __name__, url_prefix="/network")


@blueprint.get("")
@access.permission(Permission.STATUS_READ)
def show() -> str:
    """Interfaces, addresses, and the settings."""
    view = _view()
    return _page(view, _form(view).show(_in_effect(view)))


@blueprint.post("")
@access.permission(Permission.SITE_APPLY)
def save() -> Response:
    """Try other settings."""
    view = _view()
    before = _in_effect(view)
    form = _form(view)
    form.read(request.form)
    try:
        daemon.ask("network.edit", changes=settings(form, before))
    except daemon.RefusedError as refused:
        return make_response(_page(view, form.refuse(refused)), 422)
    return redirect(url_for("network.show"))


@blueprint.post("/confirm")
@access.permission(Permission.SITE_APPLY)
def confirm() -> Response:
    """Keep what is being tried."""
    daemon.ask("network.confirm")
    flash(gettext("The network settings are kept."), "success")
    return redirect(url_for("network.show"))


@blueprint.post("/revert")
@access.permission(Permission.SITE_APPLY)
def revert() -> Response:
    """Go back to the settings before."""
    daemon.ask("network.revert")
    flash(gettext("The settings before come back."), "success")
    return redirect(url_for("network.show"))


def _view() -> NetworkView:
    return NetworkView.model_validate(daemon.ask("network.show"))


def _form(view: NetworkView) -> Form:
    return network_form(link.name for link in view.links if link.name != "phones")


def _in_effect(view: NetworkView) -> dict[str, Any]:
    settings = view.settings if view.trial is None else view.trial.settings
    return settings.model_dump(mode="json")


def _page(view: NetworkView, form: Form) -> str:
    return render_template("network.html", view=view, form=form)
