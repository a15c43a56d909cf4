"""The form of an extension."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import lazy_gettext

from appliance.model.extensions import Extension
from web_admin import texts
from web_admin.forms.field import Field, Section
from web_admin.forms.form import Form

PERSON = Section(
    lazy_gettext("Who it is"),
    (
        Field(("number",), "dialable", lazy_gettext("What people dial inside.")),
        Field(("name",), hint=lazy_gettext("Shown on the phones of those it calls.")),
        Field(("email",), "email"),
        Field(
            ("language",),
            "choice",
            lazy_gettext("Of the announcements that it hears."),
            words=texts.LANGUAGES,
            empty=lazy_gettext("The box's language"),
        ),
    ),
)
PHONE = Section(
    lazy_gettext("Phone"),
    (
        Field(("secret",), "password", lazy_gettext("Leave it empty and the box makes a strong one.")),
        Field(
            ("registrations",),
            "whole",
            lazy_gettext("How many phones may use this extension; all of them ring."),
        ),
        Field(("call_limit",), "whole", lazy_gettext("Further callers hear busy.")),
        Field(("may_call",), "choice", words=texts.MAY_CALL),
    ),
)
VOICEMAIL = Section(
    lazy_gettext("Voicemail"),
    (
        Field(("voicemail", "enabled"), "yes"),
        Field(("voicemail", "pin"), "password", lazy_gettext("Digits, asked for when the mailbox is heard.")),
    ),
)
FORWARD = Section(
    lazy_gettext("Forwarding"),
    (
        Field(("forward", "always"), "destination"),
        Field(("forward", "busy"), "destination"),
        Field(("forward", "no_answer", "to"), "destination"),
        Field(("forward", "no_answer", "after"), "whole"),
    ),
    lazy_gettext("What a person sets at the phone goes before this."),
)
PICK_UP = Section(
    lazy_gettext("Pick-up"),
    (
        Field(
            ("pickup_group",),
            "dialable",
            lazy_gettext("Its calls can be taken by everybody who may pick up this group."),
        ),
        Field(("may_pick_up",), "words", lazy_gettext("Names of groups with spaces between them.")),
    ),
)
OUTSIDE = Section(
    lazy_gettext("Calls to the outside"),
    (
        Field(("caller_id", "number"), "dialable", lazy_gettext("With + and country code; empty: the trunk's number.")),
        Field(("caller_id", "name"), hint=lazy_gettext("Empty: the extension's name.")),
    ),
)


def extension_form(telephone_spans: Iterable[str] = ()) -> Form:
    """An empty form of an extension. telephone_spans: where an analog telephone may be plugged in."""
    spans = {name: name for name in telephone_spans}
    line = Section(
        lazy_gettext("Analog telephone"),
        (
            Field(("line", "span"), "choice", words=spans, empty=lazy_gettext("none: SIP phones")),
            Field(("line", "channel"), "whole"),
        ),
    )
    sections = (PERSON, PHONE, *((line,) if spans else ()), VOICEMAIL, FORWARD, PICK_UP, OUTSIDE)
    return Form(Extension, sections, "extensions")


def extension_document(form: Form, before: Mapping[str, Any]) -> dict[str, Any]:
    """The extension as typed. Seconds of ringing without a place to go to are no forwarding."""
    after = form.document(before)
    if "span" not in (after.get("line") or {"span": ""}):
        del after["line"]  # a channel of no span is nothing
    forward = after.get("forward")
    if isinstance(forward, dict) and "to" not in forward.get("no_answer", {"to": None}):
        del forward["no_answer"]
        if not forward and "forward" not in before:
            del after["forward"]
    return after
