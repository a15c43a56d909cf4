"""Updates of the whole system: bundles, installing, the restart, going back.

A bundle is hundreds of megabytes: the browser cuts it (``static/update.js``) and sends piece after piece, so that no
request is long and nothing is kept in memory here.
"""

from __future__ import annotations

import base64

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from appliance.model.access import Permission
from appliance.model.texts.update_labels import LABELS
from appliance.model.update import PIECE, BundleChecked, BundleFile, Reason, UpdateShown
from web_admin import access, daemon, errors, languages

blueprint = Blueprint("update", __name__, url_prefix="/update")


@blueprint.get("")
@access.permission(Permission.STATUS_READ)
def show() -> str:
    """Slots, bundles, how the last update ended; asked for again every few seconds by the page itself."""
    update = UpdateShown.model_validate(daemon.ask("update.show"))
    template = "parts/update_now.html" if request.headers.get("HX-Request") else "update.html"
    return render_template(template, update=update, say=say, why=why, piece=PIECE)


@blueprint.post("/uploads")
@access.permission(Permission.SITE_APPLY)
def upload() -> AnyResponse:
    """Begin to send a file up, or go on with the one that stopped: the answer says from where."""
    file, size = request.form.get("file", "")[:200], request.form.get("size", 0, type=int)
    try:
        shown = UpdateShown.model_validate(daemon.ask("update.show"))
        found = next((one for one in shown.bundles if _is_rest_of(one, file, size)), None)
        return jsonify(_place(found or BundleFile.model_validate(daemon.ask("update.upload", file=file, size=size))))
    except daemon.RefusedError as refused:
        return _refusal(refused)


@blueprint.post("/pieces")
@access.permission(Permission.SITE_APPLY)
def receive() -> AnyResponse:
    """One piece: the body of the request, as it is."""
    data = base64.b64encode(request.get_data(cache=False)).decode()
    name, offset = request.args.get("name", ""), request.args.get("offset", 0, type=int)
    try:
        return jsonify(
            _place(BundleFile.model_validate(daemon.ask("update.receive", name=name, offset=offset, data=data)))
        )
    except daemon.RefusedError as refused:
        return _refusal(refused)


@blueprint.post("/check")
@access.permission(Permission.STATUS_READ)
def check() -> AnyResponse | str:
    """What a bundle is, before it is installed."""
    try:
        checked = BundleChecked.model_validate(daemon.ask("update.check", name=request.form.get("name", "")))
    except daemon.RefusedError as refused:
        flash(errors.sentence(refused), "danger")
        return redirect(url_for("update.show"))
    return render_template("update_check.html", checked=checked, say=say)


@blueprint.post("/install")
@access.permission(Permission.SITE_APPLY)
def install() -> AnyResponse:
    """Begin; the page shows how it goes on."""
    older = request.form.get("older") == "yes"
    return _done("update.install", name=request.form.get("name", ""), older=older)


@blueprint.post("/restart")
@access.permission(Permission.SITE_APPLY)
def restart() -> AnyResponse:
    """Now, when idle, or at a time."""
    return _done("update.restart", when=_when())


@blueprint.post("/rollback")
@access.permission(Permission.SITE_APPLY)
def roll_back() -> AnyResponse:
    """To the system in the other slot."""
    return _done("update.rollback", when=_when())


@blueprint.post("/cancel")
@access.permission(Permission.SITE_APPLY)
def cancel() -> AnyResponse:
    """The restart that waits, else what was installed, else what was sent up."""
    return _done("update.cancel")


def say(key: str, **params: object) -> str:
    """A sentence of :data:`LABELS` in the language of the page."""
    texts = LABELS[key]
    return texts.get(languages.language(), texts["en"]).format_map(params)


def why(reason: Reason) -> str:
    """A reason in the language of the page."""
    return reason.text.get(languages.language()) or reason.said or reason.code


def _when() -> str:
    when = request.form.get("when", "idle")
    return request.form.get("at", "") if when == "at" else when


def _done(verb: str, **args: object) -> AnyResponse:
    try:
        daemon.ask(verb, **args)
    except daemon.RefusedError as refused:
        flash(errors.sentence(refused), "danger")
    return redirect(url_for("update.show"))


def _is_rest_of(one: BundleFile, file: str, size: int) -> bool:
    return one.source == "upload" and not one.complete and (one.file, one.size) == (file, size)


def _place(one: BundleFile) -> dict[str, object]:
    return {"name": one.name, "received": one.received, "complete": one.complete}


def _refusal(refused: daemon.RefusedError) -> Response:
    response = jsonify({"text": errors.sentence(refused), "expected": refused.params.get("expected")})
    response.status_code = 409
    return response
