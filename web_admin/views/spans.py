"""Spans: the ports of cards."""

from __future__ import annotations

from flask_babel import lazy_gettext

from web_admin.forms.spans import span_form
from web_admin.views.members import Noun, blueprint_of

blueprint = blueprint_of(
    Noun(
        page="spans",
        word="span",
        path="hardware.spans",
        title=lazy_gettext("Spans"),
        columns=("kind", "signalling", "card", "port", "ports"),
        form=span_form,
        hint=lazy_gettext("Ports of cards, and how they are spoken to."),
        ordered=True,
        defaults={"card": "auto"},
    )
)
