"""Changes: what the draft would do to the box, applying it, confirming or undoing it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from appliance.model.access import Permission
from appliance.model.changes import Outcome, Plan, Revision
from web_admin import access, daemon, errors, pages
from web_admin.forms.field import western
from web_admin.views import saving

blueprint = Blueprint("changes", __name__, url_prefix="/changes")

VALUES_SHOWN = 200
FILES_SHOWN = 40
REVISIONS_SHOWN = 10
CONFIRM_CHOICES_S = (60, 120, 300, 600)
_DIFF_LINES = 400


@blueprint.get("")
@access.permission(Permission.SITE_READ)
def show() -> str:
    """The draft against what runs, in plain words and in files; the latest revisions."""
    plan = Plan.model_validate(daemon.ask("site.plan"))
    latest = daemon.ask("revision.list", limit=REVISIONS_SHOWN)["revisions"]
    return render_template(
        "changes.html",
        plan=plan,
        values_shown=VALUES_SHOWN,
        files_shown=FILES_SHOWN,
        choices=CONFIRM_CHOICES_S,
        revisions=[Revision.model_validate(each) for each in latest],
        shortened=shortened,
    )


@blueprint.get("/bar")
@access.permission(Permission.SITE_READ)
def bar() -> str:
    """The bar that every page has while something waits to be applied or confirmed."""
    return render_template("parts/draft_bar.html")


@blueprint.post("/apply")
@access.permission(Permission.SITE_APPLY)
def apply() -> Response:
    """Apply the draft that the person has seen; a draft that moved on meanwhile is refused."""
    seen = request.form.get("version", type=int)
    within = western(request.form.get("confirm_within", "")).strip()
    try:
        outcome = daemon.ask(
            "site.apply",
            note=request.form.get("note", "").strip(),
            confirm_within_s=int(within) if within.isdecimal() and int(within) else None,
            expect_version=seen,
        )
    except daemon.RefusedError as refused:
        flash(errors.sentence(refused), "danger")
        return redirect(url_for("changes.show"))
    saving.tell(Outcome.model_validate(outcome))
    return redirect(url_for("changes.show"))


@blueprint.post("/confirm")
@access.permission(Permission.SITE_APPLY)
def confirm() -> Response:
    """Keep the change that is in effect."""
    try:
        saving.tell(Outcome.model_validate(daemon.ask("site.confirm")))
    except daemon.RefusedError as refused:
        flash(errors.sentence(refused), "danger")
    return redirect(url_for("changes.show"))


@blueprint.post("/undo")
@access.permission(Permission.SITE_APPLY)
def undo() -> Response:
    """Go back from the change that nobody has confirmed yet."""
    try:
        saving.tell(Outcome.model_validate(daemon.ask("site.rollback")))
    except daemon.RefusedError as refused:
        flash(errors.sentence(refused), "danger")
    return redirect(url_for("changes.show"))


@blueprint.post("/discard")
@access.permission(Permission.SITE_EDIT)
def discard() -> Response:
    """Put the draft back to what runs."""
    daemon.ask("draft.discard")
    pages.forget_draft_state()
    flash(gettext("The draft is what runs again."), "success")
    return redirect(url_for("changes.show"))


def shortened(diff: str) -> tuple[list[str], int]:
    """The first lines of a diff, and how many more there are."""
    lines = diff.splitlines()
    return lines[:_DIFF_LINES], max(0, len(lines) - _DIFF_LINES)
