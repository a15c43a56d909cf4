"""Restarting and switching off."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from appliance.control.asker import Call
from appliance.control.power import Action
from appliance.control.registry import Args, NoArgs, verb
from appliance.control.rooms import Rooms
from appliance.control.verbs.update import When, next_at
from appliance.model.access import Permission
from appliance.model.machine_shown import PowerView


class PowerArgs(Args):
    """when: ``now``, which ends the calls that are up; ``idle``, when the last one has ended; or the next ``HH:MM`` in
    the time zone of the box, and then once no call is up.
    """

    when: When = "idle"


@verb("power.show", Permission.STATUS_READ)
def show(rooms: Rooms, call: Call, args: NoArgs) -> PowerView:
    """What waits for the last call to end."""
    return rooms.power.view()


@verb("power.restart", Permission.SITE_APPLY, changes=True)
def restart(rooms: Rooms, call: Call, args: PowerArgs) -> PowerView:
    """Start the box anew."""
    return _do(rooms, call, "restart", args.when)


@verb("power.off", Permission.SITE_APPLY, changes=True)
def off(rooms: Rooms, call: Call, args: PowerArgs) -> PowerView:
    """Switch the box off. Somebody has to switch it on again."""
    return _do(rooms, call, "off", args.when)


@verb("power.cancel", Permission.SITE_APPLY, changes=True)
def cancel(rooms: Rooms, call: Call, args: NoArgs) -> PowerView:
    """Wait no more."""
    call.changed = rooms.power.cancel()
    return rooms.power.view()


def _do(rooms: Rooms, call: Call, action: Action, when: str) -> PowerView:
    call.audit(when=when)
    if when == "now":
        rooms.power.now(action)
    elif when == "idle":
        rooms.power.when_idle(action)
    else:
        hour, _, minute = when.partition(":")
        zone = ZoneInfo(rooms.site.draft().site.box.time_zone)
        rooms.power.when_idle(action, next_at(rooms.clock().astimezone(zone), int(hour), int(minute)))
    return rooms.power.view()
