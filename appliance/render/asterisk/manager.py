"""manager.conf: the one account of the manager interface, on the loopback address."""

from __future__ import annotations

from appliance.model.site import Site
from appliance.render.asterisk.templates import fill
from appliance.render.facts import Facts
from appliance.render.rendered_file import RenderedFile, asterisk_file

EXCLUDED_EVENTS = (
    "ChannelTalkingStart", "ChannelTalkingStop", "DeviceStateChange", "ExtensionStatus", "Newexten",
    "PresenceStateChange", "RTCPReceived", "RTCPSent", "VarSet",
)  # fmt: skip
"""Events nobody here reads. With all of them a call made about 110 events."""


def render(site: Site, facts: Facts) -> tuple[RenderedFile, ...]:
    """One file. ``channelvars`` stays unset: its repeated headers stall the client library."""
    del site
    body = fill("manager.conf.j2", facts=facts, excluded=EXCLUDED_EVENTS)
    return (asterisk_file("manager.conf", "asterisk/manager.py", body, reload="manager"),)
