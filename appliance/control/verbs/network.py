"""The network of the box."""

from __future__ import annotations

from appliance.control.asker import Call
from appliance.control.messages import NetworkView
from appliance.control.network import network
from appliance.control.registry import NoArgs, verb
from appliance.control.rooms import Rooms
from appliance.model.access import Permission


@verb("network.show", Permission.STATUS_READ)
def show(rooms: Rooms, call: Call, args: NoArgs) -> NetworkView:
    """Links, whether a cable is plugged in, addresses and where they came from."""
    return network()
