"""What the pages of spans, trunks and routes have in common: list, add, edit, put in order, remove."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext, lazy_gettext
from werkzeug.wrappers import Response

from appliance.model.access import Permission
from web_admin import access, daemon, errors, pages
from web_admin.forms.form import Form
from web_admin.forms.merge_patch import merge_patch
from web_admin.plain_words import member, place
from web_admin.views import saving

TABS = (
    ("trunks.show", lazy_gettext("Trunks")),
    ("inbound_routes.show", lazy_gettext("Inbound routes")),
    ("outbound_routes.show", lazy_gettext("Outbound routes")),
    ("spans.show", lazy_gettext("Spans")),
)
"""The pages of lines, as the tabs over them say."""


@dataclass(frozen=True, slots=True)
class Noun:
    """One of the nouns.

    page: name of its blueprint; word: of its verbs; path: of its list in the site; title: of its page. columns: fields
    that the list shows. form: an empty one. given: what a new member has that nobody is asked for. ordered: whether its
    members are put in order. defaults: what the list shows for a column that is left out.
    """

    page: str
    word: str
    path: str
    title: Any
    columns: tuple[str, ...]
    form: Callable[[], Form]
    hint: Any = ""
    given: tuple[tuple[str, Any], ...] = ()
    ordered: bool = False
    defaults: Mapping[str, Any] = field(default_factory=dict)


def blueprint_of(noun: Noun) -> Blueprint:
    """The pages of a noun."""
    blueprint = Blueprint(noun.page, __name__, url_prefix=f"/{noun.page.replace('_', '-')}")

    @blueprint.get("")
    @access.permission(Permission.SITE_READ)
    def show() -> str:
        """The list."""
        found = daemon.ask(f"{noun.word}.list")["members"]
        return render_template("members.html", noun=noun, tabs=TABS, members=found)

    @blueprint.get("/new")
    @access.permission(Permission.SITE_EDIT)
    def new() -> str:
        """Ask about a new one."""
        return _page(noun, noun.form().show(dict(noun.given)), None)

    @blueprint.post("/new")
    @access.permission(Permission.SITE_EDIT)
    def add() -> Response:
        """Add one to the draft."""
        form = noun.form().read(request.form)
        try:
            saved = daemon.ask(f"{noun.word}.add", document=form.document(dict(noun.given)))
        except daemon.RefusedError as refused:
            return make_response(_page(noun, form.refuse(refused), None), 422)
        return _done(noun, saved)

    @blueprint.get("/<key>")
    @access.permission(Permission.SITE_READ)
    def edit(key: str) -> str:
        """One of them."""
        return _page(noun, noun.form().show(_one(noun, key)["document"]), key)

    @blueprint.post("/<key>")
    @access.permission(Permission.SITE_EDIT)
    def save(key: str) -> Response:
        """Change it in the draft."""
        found = _one(noun, key)
        form = noun.form().read(request.form)
        changes = merge_patch(found["document"], form.document(found["document"]))
        try:
            saved = daemon.ask(f"{noun.word}.edit", key=key, changes=changes) if changes else found
        except daemon.RefusedError as refused:
            return make_response(_page(noun, form.refuse(refused), key), 422)
        return _done(noun, saved)

    @blueprint.post("/<key>/move")
    @access.permission(Permission.SITE_EDIT)
    def move(key: str) -> Response:
        """Put it at another place of the list."""
        wanted = max(1, request.form.get("place", 1, type=int))
        try:
            daemon.ask(f"{noun.word}.move", key=key, place=wanted)
        except daemon.RefusedError as refused:
            flash(errors.sentence(refused), "danger")
        return redirect(url_for(f"{noun.page}.show"))

    @blueprint.get("/<key>/remove")
    @access.permission(Permission.SITE_EDIT)
    def ask_remove(key: str) -> str:
        """Say what removing it would break, and ask."""
        references = daemon.ask(f"{noun.word}.references", key=key)["references"]
        places = [place(each) for each in references]
        return render_template("member_remove.html", noun=noun, key=key, name=member(noun.path, key), references=places)

    @blueprint.post("/<key>/remove")
    @access.permission(Permission.SITE_EDIT)
    def remove(key: str) -> Response:
        """Take it out of the draft, with what names it if the person agreed."""
        try:
            saved = daemon.ask(f"{noun.word}.remove", key=key, cascade="cascade" in request.form)
        except daemon.RefusedError as refused:
            flash(errors.sentence(refused), "danger")
            return redirect(url_for(f"{noun.page}.ask_remove", key=key))
        pages.forget_draft_state()
        flash(gettext("%(name)s is taken out of the draft.", name=member(noun.path, key)), "success")
        return saving.go_on(saved, url_for(f"{noun.page}.show"))

    return blueprint


def _one(noun: Noun, key: str) -> dict[str, Any]:
    found: dict[str, Any] = daemon.ask(f"{noun.word}.get", key=key)
    return found


def _done(noun: Noun, saved: dict[str, Any]) -> Response:
    flash(gettext("%(name)s is saved in the draft.", name=member(noun.path, saved["key"])), "success")
    return saving.go_on(saved, url_for(f"{noun.page}.show"))


def _page(noun: Noun, form: Form, key: str | None) -> str:
    name = member(noun.path, key) if key is not None else ""
    return render_template("member.html", noun=noun, form=form, key=key, name=name)
