"""The front panel: what it shows, its lamps, and its keys pressed from afar."""

from __future__ import annotations

from appliance.control.asker import Call
from appliance.control.errors import RefusedError
from appliance.control.messages import DisplayView
from appliance.control.registry import NoArgs, verb
from appliance.control.rooms import Rooms
from appliance.model.access import Permission
from appliance.model.spans import DisplayKind
from appliance.render.display.picture import Picture


@verb("display.show", Permission.SITE_APPLY)
def show(rooms: Rooms, call: Call, args: NoArgs) -> DisplayView:
    """What is on the display now, or would be if there were one. It may show the first sign-in code."""
    return _view(rooms, rooms.display.picture(rooms))


@verb("display.test", Permission.SITE_APPLY, changes=True)
def test(rooms: Rooms, call: Call, args: NoArgs) -> DisplayView:
    """Every dot and every lamp, until a key is pressed or a minute has passed."""
    if rooms.display.settings.kind is DisplayKind.NONE:
        raise RefusedError("display_off")
    rooms.display.test_lamps()
    return _view(rooms, rooms.display.picture(rooms))


def _view(rooms: Rooms, picture: Picture) -> DisplayView:
    return DisplayView(
        kind=rooms.display.settings.kind,
        connected=rooms.display.connected,
        fault=rooms.display.fault,
        rows=picture.rows,
        lamps=tuple(lamp.value for lamp in picture.lamps),
    )
