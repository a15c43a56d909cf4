"""The form of the first-run wizard."""

from __future__ import annotations

from flask_babel import lazy_gettext

from appliance.model.accounts import PASSWORD_MIN, AccountName, FullName
from appliance.model.box import Box
from appliance.model.fields import Noun
from web_admin.forms.box import countries, time_zones
from web_admin.forms.field import Field, Section
from web_admin.forms.form import Form


class FirstRun(Noun):
    """What the wizard asks, beside the language. The rules are the model's."""

    code: str
    box: Box
    name: AccountName
    full_name: FullName = ""
    password: str
    password_again: str


def first_run_form(country: str) -> Form:
    """An empty form of the wizard; ``country`` decides which time zones come first."""
    box = Section(
        lazy_gettext("The box"),
        (
            Field(
                ("code",),
                "dialable",
                lazy_gettext("From the console of the box: it proves that you are standing at it."),
                label=lazy_gettext("Code"),
            ),
            Field(
                ("box", "name"),
                "dialable",
                lazy_gettext("Also its name on the network: small letters, digits and hyphens."),
            ),
            Field(("box", "country"), "choice", words=countries()),
            Field(("box", "time_zone"), "choice", words=time_zones(country)),
        ),
    )
    administrator = Section(
        lazy_gettext("Administrator"),
        (
            Field(
                ("name",),
                "dialable",
                lazy_gettext("Small letters, digits, points and hyphens."),
                label=lazy_gettext("Sign-in name"),
                autocomplete="username",
            ),
            Field(("full_name",), label=lazy_gettext("Full name"), autocomplete="name"),
            Field(
                ("password",),
                "password",
                lazy_gettext(
                    "At least %(least)s characters. A sentence that only you would say is good.",
                    least=PASSWORD_MIN,
                ),
                label=lazy_gettext("Password"),
                autocomplete="new-password",
            ),
            Field(
                ("password_again",),
                "password",
                label=lazy_gettext("Password again"),
                autocomplete="new-password",
            ),
        ),
    )
    return Form(FirstRun, (box, administrator))
