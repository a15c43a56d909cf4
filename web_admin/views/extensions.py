"""Extensions: list, add, edit, remove."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from appliance.model.access import Permission
from web_admin import access, daemon, errors, pages
from web_admin.forms.extensions import extension_document, extension_form
from web_admin.forms.field import western
from web_admin.forms.form import Form
from web_admin.forms.merge_patch import merge_patch
from web_admin.plain_words import place
from web_admin.views import saving

blueprint = Blueprint("extensions", __name__, url_prefix="/extensions")

PAGE = 50


@blueprint.get("")
@access.permission(Permission.SITE_READ)
def show() -> str:
    """The list, searched as one types."""
    search = western(request.args.get("search", "")).strip()
    offset = max(0, request.args.get("offset", 0, type=int))
    found = daemon.ask("extension.list", search=search, limit=PAGE, offset=offset)
    template = "parts/extension_list.html" if request.headers.get("HX-Request") else "extensions.html"
    return render_template(
        template,
        extensions=found["extensions"],
        total=found["total"],
        search=search,
        offset=offset,
        page=PAGE,
    )


@blueprint.get("/new")
@access.permission(Permission.SITE_EDIT)
def new() -> str:
    """Ask about a new extension."""
    return _page(_form().show({}), None)


@blueprint.post("/new")
@access.permission(Permission.SITE_EDIT)
def add() -> Response:
    """Add an extension to the draft."""
    form = _form().read(request.form)
    try:
        saved = daemon.ask("extension.add", extension=extension_document(form, {}))
    except daemon.RefusedError as refused:
        return make_response(_page(form.refuse(refused), None), 422)
    flash(gettext("Extension %(number)s is in the draft.", number=saved["extension"]["number"]), "success")
    return saving.go_on(saved, url_for("extensions.show"))


@blueprint.get("/<number>")
@access.permission(Permission.SITE_READ)
def edit(number: str) -> str:
    """One extension."""
    return _page(_form().show(_one(number)["extension"]), number)


@blueprint.post("/<number>")
@access.permission(Permission.SITE_EDIT)
def save(number: str) -> Response:
    """Change an extension in the draft."""
    found = _one(number)
    before = found["extension"]
    form = _form().read(request.form)
    changes = merge_patch(before, extension_document(form, before))
    try:
        saved = daemon.ask("extension.edit", number=number, changes=changes) if changes else found
    except daemon.RefusedError as refused:
        return make_response(_page(form.refuse(refused), number), 422)
    flash(gettext("Extension %(number)s is saved in the draft.", number=saved["extension"]["number"]), "success")
    return saving.go_on(saved, url_for("extensions.show"))


@blueprint.post("/<number>/secret")
@access.permission(Permission.SITE_SECRETS)
def secret(number: str) -> str:
    """Show the SIP password. The daemon writes down who looked."""
    extension = daemon.ask("extension.get", number=number, with_secrets=True)["extension"]
    template = "parts/extension_secret.html" if request.headers.get("HX-Request") else "extension_secret.html"
    return render_template(template, extension=extension, number=number)


@blueprint.get("/<number>/remove")
@access.permission(Permission.SITE_EDIT)
def ask_remove(number: str) -> str:
    """Say what removing it would break, and ask."""
    references = daemon.ask("extension.references", number=number)["references"]
    return render_template(
        "extension_remove.html",
        extension=_one(number)["extension"],
        number=number,
        references=[place(each) for each in references],
    )


@blueprint.post("/<number>/remove")
@access.permission(Permission.SITE_EDIT)
def remove(number: str) -> Response:
    """Take an extension out of the draft, with what leads to it if the person agreed."""
    try:
        saved = daemon.ask("extension.remove", number=number, cascade="cascade" in request.form)
    except daemon.RefusedError as refused:
        flash(errors.sentence(refused), "danger")
        return redirect(url_for("extensions.ask_remove", number=number))
    pages.forget_draft_state()
    flash(gettext("Extension %(number)s is taken out of the draft.", number=number), "success")
    return saving.go_on(saved, url_for("extensions.show"))


def _form() -> Form:
    spans = (one["document"] for one in daemon.ask("span.list")["members"])
    return extension_form(span["name"] for span in spans if span["signalling"].startswith("fxo"))


def _one(number: str) -> dict[str, Any]:
    found: dict[str, Any] = daemon.ask("extension.get", number=number)
    return found


def _page(form: Form, number: str | None) -> str:
    return render_template("extension.html", form=form, number=number)
