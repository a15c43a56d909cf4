"""Whether Asterisk has the mailboxes that were rendered.

It shows of a mailbox what is written in its line, except the PIN, which it shows nobody: a PIN that it did not take is
seen only together with something else of the file.
"""

from __future__ import annotations

import time
from functools import partial

from appliance.ami.actions import Command, VoicemailUserStatus
from appliance.ami.connection import Connection
from appliance.apply.errors import NotTakenError
from appliance.apply.probe import DEADLINE_S, ask, spread, until
from appliance.live.headers import text
from appliance.model.site import Site

CONTEXT = "default"
ZONE = "box"
"""Names of appliance/render/asterisk/voicemail.py."""
_DETAIL = "VoicemailUserDetail"


def mailboxes(site: Site) -> dict[str, str]:
    """The mailboxes of a site: number -> language."""
    default = site.box.language
    return {one.number: (one.language or default).value for one in site.extensions if one.voicemail.enabled}


def probe(connection: Connection, before: Site | None, after: Site, deadline_s: float = DEADLINE_S) -> None:
    """Ask for the mailboxes that differ, spread over them where they are many; without ``before`` for all.

    Raises :class:`NotTakenError` when Asterisk has them not before the deadline, or does not answer.
    """
    deadline = time.monotonic() + deadline_s
    old, new = ({} if before is None else mailboxes(before)), mailboxes(after)
    for number in spread(sorted(number for number, language in new.items() if old.get(number) != language)):
        until(partial(_there, connection, number, new[number]), deadline)
    for number in spread(sorted(old.keys() - new.keys())):
        until(partial(_gone, connection, number), deadline)
    if before is None or before.box.time_zone != after.box.time_zone:
        until(partial(_clock, connection, after.box.time_zone), deadline)


def _language(connection: Connection, number: str) -> str | None:
    """The language of a mailbox; None where there is no such mailbox."""
    answer = ask(partial(connection.send, VoicemailUserStatus(CONTEXT, number)), "mailbox")
    for event in answer.events:
        if text(event, "Event") == _DETAIL:
            return text(event, "Language")
    return None


def _there(connection: Connection, number: str, language: str) -> None:
    found = _language(connection, number)
    if found is None:
        raise NotTakenError("probe_missing", what="mailbox", name=number)
    if found != language:
        raise NotTakenError(
            "probe_differs", what="mailbox", name=number, field="Language", expected=language, found=found
        )


def _gone(connection: Connection, number: str) -> None:
    if _language(connection, number) is not None:
        raise NotTakenError("probe_remains", what="mailbox", name=number)


def _clock(connection: Connection, time_zone: str) -> None:
    """In which time zone the time of a message is said."""
    answer = ask(partial(connection.send, Command("voicemail show zones")), "mailbox")
    rows = [line.split() for line in answer.output]
    found = next((row[1] for row in rows if len(row) > 1 and row[0] == ZONE), "")
    if found != time_zone:
        raise NotTakenError(
            "probe_differs", what="voicemail.conf", name=ZONE, field="Timezone", expected=time_zone, found=found
        )
