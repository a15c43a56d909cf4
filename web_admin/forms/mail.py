"""The form of mail: the server, and who is told of alarms."""

from __future__ import annotations

from flask_babel import lazy_gettext

from appliance.model.mail import Mail
from web_admin import texts
from web_admin.forms.field import Field, Section
from web_admin.forms.form import Form

SECTIONS = (
    Section(
        lazy_gettext("Alarms"),
        (
            Field(("notify",), "words", lazy_gettext("Addresses, with spaces between them.")),
            Field(("from",), "email", lazy_gettext("Whom the box's mail is from.")),
        ),
        lazy_gettext("When an alarm of a line begins or ends, these people get a mail."),
    ),
    Section(
        lazy_gettext("Mail server"),
        (
            Field(("smtp", "host"), "dialable"),
            Field(("smtp", "port"), "whole"),
            Field(("smtp", "security"), "choice", words=texts.MAIL_SECURITY),
            Field(("smtp", "username"), "dialable"),
            Field(
                ("smtp", "secret"),
                "password",
                lazy_gettext("Empty: the one that is set stays."),
                autocomplete="new-password",
            ),
        ),
    ),
)


def mail_form() -> Form:
    """An empty form of mail."""
    return Form(Mail, SECTIONS, "mail")
