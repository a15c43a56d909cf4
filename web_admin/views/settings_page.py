"""The pages of the parts that a site has once: box, SIP, feature codes."""

from __future__ import annotations

from typing import Any

from flask import flash, make_response, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from web_admin import daemon
from web_admin.forms.form import Form
from web_admin.forms.merge_patch import merge_patch
from web_admin.views import saving


def show(form: Form) -> str:
    """The part as the draft has it. ``form.root`` names the part."""
    return _page(form.show(_draft(form.root)))


def save(form: Form, verb: str) -> Response:
    """Change the part in the draft."""
    before = _draft(form.root)
    form.read(request.form)
    changes = merge_patch(before, form.document(before))
    try:
        saved = daemon.ask(verb, changes=changes) if changes else {}
    except daemon.RefusedError as refused:
        return make_response(_page(form.refuse(refused)), 422)
    flash(gettext("Saved in the draft."), "success")
    return saving.go_on(saved, url_for(f"{form.root}.show"))


def _draft(part: str) -> dict[str, Any]:
    found: dict[str, Any] = daemon.ask("site.show")["document"].get(part, {})
    return found


def _page(form: Form) -> str:
    return render_template(f"{form.root}.html", form=form)
