"""The pages of the parts that a site has once: box, mail, SIP, feature codes, devices.

``page`` names the blueprint and the template; by default they are called as the part is. ``around``: for the template.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import flash, make_response, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from web_admin import daemon
from web_admin.forms.form import Form
from web_admin.forms.merge_patch import merge_patch
from web_admin.views import saving


def show(form: Form, page: str = "", **around: Any) -> str:
    """The part as the draft has it. ``form.root`` names the part."""
    return _page(form.show(_draft(form.root)), page or form.root, around)


def save(
    form: Form,
    verb: str,
    page: str = "",
    document: Callable[[Form, Mapping[str, Any]], dict[str, Any]] = Form.document,
    **around: Any,
) -> Response:
    """Change the part in the draft. document: the part as typed, from the form and what it was."""
    before = _draft(form.root)
    form.read(request.form)
    changes = merge_patch(before, document(form, before))
    try:
        saved = daemon.ask(verb, changes=changes) if changes else {}
    except daemon.RefusedError as refused:
        return make_response(_page(form.refuse(refused), page or form.root, around), 422)
    flash(gettext("Saved in the draft."), "success")
    return saving.go_on(saved, url_for(f"{page or form.root}.show"))


def _draft(part: str) -> dict[str, Any]:
    found: dict[str, Any] = daemon.ask("site.show")["document"].get(part, {})
    return found


def _page(form: Form, page: str, around: dict[str, Any]) -> str:
    return render_template(f"{page}.html", form=form, page=page, **around)
