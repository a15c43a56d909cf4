"""After a form is saved in the draft: stay with that, or apply it at once when nothing speaks against it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from appliance.model.access import Permission
from appliance.model.changes import Outcome, Plan, ProblemShown
from web_admin import access, daemon, errors, languages, pages
from web_admin.plain_words import reason


def go_on(saved: Mapping[str, Any], back: str) -> Response:
    """Show the warnings of what was saved, apply it if the person pressed that button, and go ``back``.

    When other changes wait in the draft too, or calls would be touched, the person sees the plan first.
    """
    for warning in saved.get("problems", ()):
        problem = ProblemShown.model_validate(warning)
        flash(problem.text.get(languages.language(), problem.code), "warning")
    if request.form.get("then") != "apply" or not access.may(Permission.SITE_APPLY):
        return redirect(back)
    plan = Plan.model_validate(daemon.ask("site.plan"))
    if not plan.files and not plan.problems:
        return redirect(back)
    if not plan.appliable or plan.calls_touched:
        flash(gettext("Please look at this before it is applied."), "warning")
        return redirect(url_for("changes.show"))
    try:
        outcome = Outcome.model_validate(daemon.ask("site.apply", note="", expect_version=plan.draft_version))
    except daemon.RefusedError as refused:
        flash(errors.sentence(refused), "danger")
        return redirect(url_for("changes.show"))
    tell(outcome)
    return redirect(back)


def tell(outcome: Outcome) -> None:
    """Say how an apply, a confirmation or a roll-back ended."""
    pages.forget_draft_state()
    state = outcome.state.value
    if state == "rejected":
        flash(
            gettext("The change was not taken; the box runs as before. %(reason)s", reason=reason(outcome)),
            "danger",
        )
    elif state == "undone":
        flash(gettext("The change is undone; the box runs as before."), "success")
    elif state == "awaiting":
        flash(gettext("The change is in effect. Confirm it in time, or it undoes itself."), "warning")
    elif outcome.pending:
        flash(gettext("The change is accepted; a part of it waits until no call is up."), "success")
    else:
        flash(gettext("The change is in effect."), "success")
