"""Restarting the box, switching it off, and beginning anew."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from appliance.model.access import Permission
from appliance.model.machine_shown import PowerView
from appliance.model.texts.power_labels import LABELS
from web_admin import access, daemon, errors, languages

blueprint = Blueprint("power", __name__, url_prefix="/power")


@blueprint.get("")
@access.permission(Permission.STATUS_READ)
def show() -> str:
    """What waits, and what can be done."""
    power = PowerView.model_validate(daemon.ask("power.show"))
    return render_template("power.html", power=power, box=daemon.hello()["name"], say=say)


@blueprint.post("")
@access.permission(Permission.SITE_APPLY)
def do() -> Response:
    """Restart or switch off: now, when idle, or at a time."""
    verb = "power.off" if request.form.get("what") == "off" else "power.restart"
    when = request.form.get("when", "idle")
    return _done(verb, "goes" if when == "now" else "noted", when=request.form.get("at", "") if when == "at" else when)


@blueprint.post("/cancel")
@access.permission(Permission.SITE_APPLY)
def cancel() -> Response:
    """Wait no more."""
    return _done("power.cancel", "cancelled")


@blueprint.post("/reset")
@access.permission(Permission.ACCOUNTS_MANAGE)
def reset() -> Response:
    """Begin anew. The box's name and the person's password are typed; the daemon looks at both."""
    return _done(
        "reset.factory",
        "reset_goes",
        box=request.form.get("box", "").strip(),
        password=request.form.get("password", ""),
        keep_recordings=request.form.get("stays") == "recordings",
    )


def say(key: str) -> str:
    """A sentence of :data:`LABELS` in the language of the page."""
    return LABELS[key].get(languages.language(), LABELS[key]["en"])


def _done(verb: str, said: str, **args: object) -> Response:
    try:
        daemon.ask(verb, **args)
    except daemon.RefusedError as refused:
        flash(errors.sentence(refused), "danger")
    else:
        flash(say(said), "success")
    return redirect(url_for("power.show"))
