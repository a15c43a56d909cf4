"""What anybody may know of the box before signing in, and who they are after it."""

from __future__ import annotations

from typing import Any

from appliance.control.asker import Call
from appliance.control.messages import PROTOCOL, WhoAmI
from appliance.control.registry import NoArgs, Open, verb
from appliance.control.rooms import Rooms


@verb("hello", Open.ANYBODY)
def hello(rooms: Rooms, call: Call, args: NoArgs) -> dict[str, Any]:
    """Name, version and languages of the box, and whether it waits for its first administrator."""
    running = rooms.site.running()
    site = rooms.site.draft().site if running is None else rooms.site.revision_site(running.revision)
    return {
        "protocol": PROTOCOL,
        "version": rooms.version,
        "name": site.box.name,
        "languages": list(site.box.languages),
        "language": site.box.language,
        "country": site.box.country,
        "time_zone": site.box.time_zone,
        "first_run": not rooms.accounts.any(),
    }


@verb("whoami", Open.KNOWN)
def whoami(rooms: Rooms, call: Call, args: NoArgs) -> WhoAmI:
    """The asker as the daemon sees them."""
    return call.asker.who()
