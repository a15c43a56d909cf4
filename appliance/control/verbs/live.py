"""What is going on right now."""

from __future__ import annotations

from collections.abc import Iterator

from appliance.control.asker import Call
from appliance.control.messages import LiveView
from appliance.control.registry import NoArgs, verb
from appliance.control.rooms import Rooms
from appliance.model.access import Permission


@verb("live.show", Permission.CALLS_READ)
def show(rooms: Rooms, call: Call, args: NoArgs) -> LiveView:
    """Calls and registrations as they are now."""
    return rooms.live.view()


@verb("live.watch", Permission.CALLS_READ, streams=True)
def watch(rooms: Rooms, call: Call, args: NoArgs) -> Iterator[LiveView | None]:
    """The same, now and each time it changed: at most five a second, at least one every 15 seconds."""
    return rooms.live.watch()
