"""The mail server, who is told of alarms, and the mail that waits."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from appliance.model.access import Permission
from appliance.model.mail import MailShown
from web_admin import access, daemon
from web_admin.forms.mail import mail_form
from web_admin.views import settings_page

blueprint = Blueprint("mail", __name__, url_prefix="/mail")


@blueprint.get("")
@access.permission(Permission.SITE_READ)
def show() -> str:
    """Server and addresses; and what is not sent yet."""
    return settings_page.show(mail_form(), mails=_waiting())


@blueprint.post("")
@access.permission(Permission.SITE_EDIT)
def save() -> Response:
    """Change them in the draft."""
    return settings_page.save(mail_form(), "mail.edit", mails=_waiting())


@blueprint.post("/test")
@access.permission(Permission.SITE_APPLY)
def test() -> Response:
    """Send a mail to everybody who is told of alarms."""
    recipients = daemon.ask("mail.test")["recipients"]
    flash(gettext("A test mail goes to %(names)s.", names=", ".join(recipients)), "success")
    return redirect(url_for("mail.show"))


def _waiting() -> list[MailShown]:
    if not access.may(Permission.STATUS_READ):
        return []
    return [MailShown.model_validate(one) for one in daemon.ask("mail.list")["mails"]]
