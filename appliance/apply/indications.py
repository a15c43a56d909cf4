"""Whether Asterisk plays the tones that were rendered: those of the country."""

from __future__ import annotations

import time
from functools import partial

from appliance.ami.actions import Command
from appliance.ami.connection import Connection
from appliance.apply.errors import NotTakenError
from appliance.apply.probe import DEADLINE_S, ask, until
from appliance.model.site import Site
from appliance.render.asterisk.indications import zone_of

_DEFAULT = "Default tone zone:"
"""As ``indication show`` ends (Asterisk's main/indications.c, ``handle_cli_indication_show``)."""


def probe(connection: Connection, before: Site | None, after: Site, deadline_s: float = DEADLINE_S) -> None:
    """Ask for the tones where the country changed, and without ``before``.

    Raises :class:`NotTakenError` when Asterisk has them not before the deadline, or does not answer.
    """
    wanted = zone_of(after.box.country).code
    if before is None or zone_of(before.box.country).code != wanted:
        until(partial(_zone, connection, wanted), time.monotonic() + deadline_s)


def _zone(connection: Connection, wanted: str) -> None:
    answer = ask(partial(connection.send, Command("indication show")), "indications.conf")
    found = next((line.removeprefix(_DEFAULT).strip() for line in answer.output if line.startswith(_DEFAULT)), "")
    if found != wanted:
        raise NotTakenError(
            "probe_differs", what="indications.conf", name="general", field="country", expected=wanted, found=found
        )
