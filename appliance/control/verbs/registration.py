"""The phones that are registered."""

from __future__ import annotations

from appliance.control.asker import Call
from appliance.control.messages import RegistrationView
from appliance.control.registry import NoArgs, verb
from appliance.control.rooms import Rooms
from appliance.model.access import Permission


@verb("registration.list", Permission.CALLS_READ)
def list_registrations(rooms: Rooms, call: Call, args: NoArgs) -> dict[str, tuple[RegistrationView, ...]]:
    """Every registered phone, by extension."""
    return {"registrations": rooms.live.view().registrations}
