"""Support bundles."""

from __future__ import annotations

from functools import partial

from appliance.control.asker import Call
from appliance.control.messages import BundleView
from appliance.control.registry import NoArgs, Open, verb
from appliance.control.rooms import Rooms
from appliance.control.support import contents
from appliance.control.support_bundle import write_bundle
from appliance.control.verbs import status


@verb("support.bundle", Open.LOCAL, changes=True)
def bundle(rooms: Rooms, call: Call, args: NoArgs) -> BundleView:
    """Write what helps to understand a fault into one file, without secrets."""
    files = contents(rooms, partial(status.show, rooms, call, NoArgs()), rooms.inventory.root)
    path = write_bundle(rooms.paths.support, files, rooms.clock())
    call.audit(path.name)
    return BundleView(path=str(path), bytes=path.stat().st_size, files=tuple(files))
