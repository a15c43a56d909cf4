"""Trunks."""

from __future__ import annotations

from flask_babel import lazy_gettext

from web_admin import daemon
from web_admin.forms.form import Form
from web_admin.forms.trunks import trunk_form
from web_admin.views.members import Noun, blueprint_of


def _form() -> Form:
    spans = (one["document"] for one in daemon.ask("span.list")["members"])
    return trunk_form([span["name"] for span in spans if not span["signalling"].startswith("fxo")])


blueprint = blueprint_of(
    Noun(
        page="trunks",
        word="trunk",
        path="trunks",
        title=lazy_gettext("Trunks"),
        columns=("spans", "numbers", "max_calls"),
        form=_form,
        hint=lazy_gettext("Lines that belong together. The spans come first: they say what is plugged in."),
        given=(("kind", "dahdi"),),
    )
)
