"""How the box is."""

from __future__ import annotations

from appliance.ami.connection import ConnectionState
from appliance.control.asker import Call
from appliance.control.messages import StatusView
from appliance.control.registry import NoArgs, verb
from appliance.control.rooms import Rooms
from appliance.model.access import Permission


@verb("status.show", Permission.STATUS_READ)
def show(rooms: Rooms, call: Call, args: NoArgs) -> StatusView:
    """Services, disks, load, what runs, and how much of it."""
    now = rooms.clock()
    running = rooms.site.running()
    site = rooms.site.draft().site if running is None else rooms.site.revision_site(running.revision)
    live = rooms.live.view()
    services = rooms.machine.services()
    memory = rooms.machine.memory()
    pending = rooms.applier.pending()
    readers = [one.place for one in rooms.smdr.status()]
    connected = rooms.ami.state is ConnectionState.CONNECTED
    return StatusView(
        name=site.box.name,
        version=rooms.version,
        at=now,
        uptime_s=rooms.machine.uptime_s(),
        daemon_uptime_s=(now - rooms.started).total_seconds(),
        asterisk_connected=connected,
        asterisk_version=rooms.asterisk_version() if connected else None,
        asterisk_since=next((one.since for one in services if one.name == "asterisk" and one.active), None),
        generation=running and running.number,
        revision=running and running.revision,
        generation_state=running and running.state,
        confirm_by=running and running.confirm_by,
        pending=pending,
        certificate_waits=rooms.certificate.waits,
        unsettled=rooms.applier.unsettled is not None and rooms.applier.journal.doubt() is not None,
        services=services,
        disks=rooms.machine.disks(),
        load=rooms.machine.load(),
        memory_total=memory.total,
        memory_free=memory.available,
        extensions=len(site.extensions),
        registered=len({registration.extension for registration in live.registrations}),
        calls=len(live.calls),
        records_waiting=sum(place.waiting for place in readers),
        records_dropped=sum(place.dropped for place in readers) + rooms.smdr.lost,
    )
