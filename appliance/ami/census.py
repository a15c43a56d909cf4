"""Ask Asterisk what is up, after a connection has been made anew."""

from __future__ import annotations

from datetime import datetime

from appliance.ami.actions import CoreShowChannels, PJSIPShowRegistrationInboundContactStatuses
from appliance.ami.connection import Connection
from appliance.live.headers import Headers
from appliance.live.rebuild import Census, census

TIMEOUT_S = 15.0
"""A listing of some thousand registrations takes a second or two."""


def take_census(connection: Connection, at: datetime) -> Census:
    """Every channel with its bridge, every registration. Raises AmiError.

    To be called by a subscriber on :class:`~appliance.ami.connection.Connected`: events wait meanwhile, and
    those that the listing already knows of change nothing when they are reduced afterwards.
    """
    listed: list[Headers] = list(connection.send(CoreShowChannels(), TIMEOUT_S).events)
    registered = connection.send(PJSIPShowRegistrationInboundContactStatuses(), TIMEOUT_S)
    listed.extend(registered.events)
    return census(listed, at)
