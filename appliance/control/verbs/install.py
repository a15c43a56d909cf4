"""Installing this system onto another disk of the machine."""

from __future__ import annotations

from appliance.control.asker import Call
from appliance.control.registry import Args, NoArgs, Open, verb
from appliance.control.rooms import Rooms
from appliance.model.machine_shown import InstallView


class InstallArgs(Args):
    """disk, serial: as ``install.show`` names the disk; its serial number may be empty where it has none."""

    disk: str
    serial: str


@verb("install.show", Open.LOCAL)
def show(rooms: Rooms, call: Call, args: NoArgs) -> InstallView:
    """The disks of the machine but its own, and how far an installation is."""
    found = rooms.tasks.ask("install", do="list")
    return InstallView.model_validate(
        {"disks": found["disks"], "source": found["from"], "progress": rooms.tasks.state("install", "state.json")}
    )


@verb("install.start", Open.LOCAL, changes=True)
def start(rooms: Rooms, call: Call, args: InstallArgs) -> InstallView:
    """Write this system onto a disk. Everything on the disk is lost; ``install.show`` tells how far it is."""
    call.audit(args.disk, serial=args.serial)
    rooms.tasks.ask("install", do="start", disk=args.disk, serial=args.serial)
    return show(rooms, call, NoArgs())
