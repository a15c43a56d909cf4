"""The form of an account."""

from __future__ import annotations

from flask_babel import lazy_gettext

from appliance.model.access import Role
from appliance.model.accounts import AccountName, FullName
from appliance.model.fields import Dialable, Language, Noun
from web_admin import texts
from web_admin.forms.field import Field, Section
from web_admin.forms.form import Form


class NewAccount(Noun):
    """What is asked about an account."""

    name: AccountName
    full_name: FullName = ""
    role: Role = Role.USER
    language: Language | None = None
    extension: Dialable | None = None
    password: str | None = None
    enabled: bool = True


_NAME = Field(
    ("name",),
    "dialable",
    lazy_gettext("Small letters, digits, points and hyphens."),
    label=lazy_gettext("Sign-in name"),
)
_FULL_NAME = Field(("full_name",), label=lazy_gettext("Full name"))
_LANGUAGE = Field(
    ("language",),
    "choice",
    words=texts.LANGUAGES,
    empty=lazy_gettext("As the browser asks"),
    label=lazy_gettext("Language"),
)
_REST = (
    _FULL_NAME,
    Field(("role",), "choice", words=texts.ROLES, label=lazy_gettext("Role")),
    _LANGUAGE,
    Field(
        ("extension",),
        "dialable",
        lazy_gettext("Whose call history they may see."),
        label=lazy_gettext("Their extension"),
    ),
)
_PASSWORD = Field(
    ("password",),
    "password",
    lazy_gettext("Leave it empty to get a one-time sign-in link to hand on."),
    label=lazy_gettext("Password"),
    autocomplete="new-password",
)
_ENABLED = Field(("enabled",), "yes", label=lazy_gettext("May sign in"))


def new_account_form() -> Form:
    """An empty form of an account to be made."""
    return Form(NewAccount, (Section(lazy_gettext("Account"), (_NAME, *_REST, _PASSWORD)),))


def account_form() -> Form:
    """An empty form of an account that is there."""
    return Form(NewAccount, (Section(lazy_gettext("Account"), (*_REST, _ENABLED)),))


def own_account_form() -> Form:
    """An empty form of what people may change about themselves."""
    return Form(NewAccount, (Section(lazy_gettext("About you"), (_FULL_NAME, _LANGUAGE)),))
