"""The box's mail: what waits to be sent, and a test."""

from __future__ import annotations

from typing import Any

from appliance.control.asker import Call
from appliance.control.errors import RefusedError
from appliance.control.registry import NoArgs, verb
from appliance.control.rooms import Rooms
from appliance.model.access import Permission
from appliance.model.mail import MailShown


@verb("mail.list", Permission.STATUS_READ)
def list_mails(rooms: Rooms, call: Call, args: NoArgs) -> dict[str, Any]:
    """Mails that are not sent yet, with what the mail server said; those that were given up too."""
    mails = [
        MailShown(
            id=one.id, recipient=one.recipient, subject=one.subject, queued=one.queued, tries=one.tries,
            error=one.error, due=None if one.refused else one.due,
        )
        for one in rooms.mailer.waiting()
    ]  # fmt: skip
    return {"mails": mails}


@verb("mail.test", Permission.SITE_APPLY, changes=True)
def test(rooms: Rooms, call: Call, args: NoArgs) -> dict[str, Any]:
    """Queue a test mail to everybody who is told of alarms by the site that runs."""
    recipients = rooms.mailer.test()
    if not recipients:
        raise RefusedError("mail_not_set_up")
    call.audit("mail", recipients=list(recipients))
    return {"recipients": list(recipients)}
