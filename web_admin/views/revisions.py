"""Revisions: every state of the site that was applied, the difference between two, and going back to one."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from appliance.model.access import Permission
from appliance.model.changes import FileChange, Outcome, Revision, ValueChange
from web_admin import access, daemon, errors
from web_admin.views import saving
from web_admin.views.changes import FILES_SHOWN, VALUES_SHOWN, shortened

blueprint = Blueprint("revisions", __name__, url_prefix="/revisions")

PAGE = 50


@blueprint.get("")
@access.permission(Permission.SITE_READ)
def show() -> str:
    """The revisions, newest first."""
    before = request.args.get("before", type=int)
    found = daemon.ask("revision.list", limit=PAGE + 1, before=before)["revisions"]
    revisions = [Revision.model_validate(each) for each in found]
    return render_template("revisions.html", revisions=revisions[:PAGE], more=len(revisions) > PAGE, before=before)


@blueprint.get("/diff")
@access.permission(Permission.SITE_READ)
def diff() -> Response | str:
    """The difference between two revisions."""
    first, second = request.args.get("from", type=int), request.args.get("to", type=int)
    if first is None or second is None:
        return redirect(url_for("revisions.show"))
    found = daemon.ask("revision.diff", **{"from": first, "to": second})
    return render_template(
        "revision_diff.html",
        first=first,
        second=second,
        values=[ValueChange.model_validate(each) for each in found["values"]],
        files=[FileChange.model_validate(each) for each in found["files"]],
        values_shown=VALUES_SHOWN,
        files_shown=FILES_SHOWN,
        shortened=shortened,
    )


@blueprint.post("/<int:number>/restore")
@access.permission(Permission.SITE_APPLY)
def restore(number: int) -> Response:
    """Run an earlier revision again."""
    note = request.form.get("note", "").strip()
    try:
        saving.tell(Outcome.model_validate(daemon.ask("site.rollback", revision=number, note=note)))
    except daemon.RefusedError as refused:
        flash(errors.sentence(refused), "danger")
    return redirect(url_for("revisions.show"))
