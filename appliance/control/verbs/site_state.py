"""Whether anything waits to be applied or confirmed: cheap enough to be asked with every page of the web."""

from __future__ import annotations

from typing import Any

from appliance.control.asker import Call
from appliance.control.registry import NoArgs, verb
from appliance.control.rooms import Rooms
from appliance.model.access import Permission
from appliance.model.site import Site


@verb("site.state", Permission.SITE_READ)
def state(rooms: Rooms, call: Call, args: NoArgs) -> dict[str, Any]:
    """``changed``: whether the draft differs from what runs; then the running generation, as ``status.show`` has it."""
    draft = rooms.site.draft()
    running = rooms.site.running()
    site = Site() if running is None else rooms.site.revision_site(running.revision)
    return {
        "version": draft.version,
        "changed": draft.site != site,
        "generation": running and running.number,
        "revision": running and running.revision,
        "state": running and running.state,
        "confirm_by": running and running.confirm_by,
        "pending": rooms.applier.pending(),
    }
