"""manager.conf: the one account of the manager interface, on the loopback address."""

from __future__ import annotations

from appliance.model.site import Site
from appliance.render.asterisk.templates import fill
from appliance.render.facts import Facts
from appliance.render.rendered_file import RenderedFile, asterisk_file

UNREAD = (
    "BridgeCreate", "BridgeVideoSourceUpdate", "ChallengeSent", "ChannelTalkingStart", "ChannelTalkingStop",
    "DeviceStateChange", "DTMFBegin", "DTMFEnd", "ExtensionStatus", "LocalBridge", "LocalOptimizationBegin",
    "LocalOptimizationEnd", "MusicOnHoldStart", "MusicOnHoldStop", "Newexten", "PresenceStateChange", "RTCPReceived",
    "RTCPSent", "SoftHangupRequest", "SuccessfulAuth", "VarSet",
)  # fmt: skip
"""Events that nobody here reads; with all of them a call makes about 110. They are not made at all, which is cheaper
than a filter of the account: that one is asked with the finished text of each (Asterisk's main/manager.c,
``__ast_manager_event_multichan``)."""


def render(site: Site, facts: Facts) -> tuple[RenderedFile, ...]:
    """One file. ``channelvars`` stays unset: its repeated headers stall the client library."""
    del site
    body = fill("manager.conf.j2", facts=facts, unread=UNREAD)
    return (asterisk_file("manager.conf", "asterisk/manager.py", body, reload="manager"),)
