"""Call records (SMDR): who reads them, the newest of them, and one to try the way with."""

from __future__ import annotations

from pydantic import Field

from appliance.control.asker import Call
from appliance.control.errors import RefusedError
from appliance.control.messages import SmdrReaderView, SmdrRecordView, SmdrView
from appliance.control.registry import Args, NoArgs, verb
from appliance.control.rooms import Rooms
from appliance.control.smdr import SERIAL
from appliance.hardware.serial.ports import find_ports
from appliance.model.access import Permission
from appliance.model.fields import Whole


class TailArgs(Args):
    """limit: how many, the newest."""

    limit: Whole = Field(default=20, ge=1, le=1000)


@verb("smdr.status", Permission.STATUS_READ)
def status(rooms: Rooms, call: Call, args: NoArgs) -> SmdrView:
    """The layout, every reader with what it waits for and what it will never get, and the ports there are."""
    settings = rooms.smdr.settings
    return SmdrView(
        format=settings.layout,
        readers=tuple(
            SmdrReaderView(
                name=one.place.reader,
                where=str(settings.serial) if one.place.reader == SERIAL else f"tcp {settings.tcp_port}",
                connected=one.state.connected,
                peer=one.state.peer if one.state.connected else "",
                fault=one.state.fault,
                waiting=one.place.waiting,
                delivered_to=one.place.upto,
                dropped=one.place.dropped,
                refused=one.state.refused,
            )
            for one in rooms.smdr.status()
        ),
        lost=rooms.smdr.lost,
        ports={port.name: f"{port.device} {port.label or port.kind}" for port in find_ports()},
    )


@verb("smdr.tail", Permission.HISTORY_READ)
def tail(rooms: Rooms, call: Call, args: TailArgs) -> dict[str, tuple[SmdrRecordView, ...]]:
    """The newest records as their readers get them, oldest first."""
    shown = rooms.smdr.tail(args.limit)
    return {"records": tuple(SmdrRecordView(number=record.number, line=line) for record, line in shown)}


@verb("smdr.test", Permission.SITE_APPLY, changes=True)
def test(rooms: Rooms, call: Call, args: NoArgs) -> dict[str, str]:
    """Send a record of a call that never was to every reader; its call id."""
    if not rooms.smdr.status():
        raise RefusedError("smdr_off")
    call_id = rooms.smdr.test(rooms.clock())
    call.audit(call_id)
    return {"call_id": call_id}
