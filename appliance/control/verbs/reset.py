"""Factory reset."""

from __future__ import annotations

from appliance.control.asker import Call
from appliance.control.errors import RefusedError
from appliance.control.registry import Args, Open, verb
from appliance.control.rooms import Rooms
from appliance.model.fields import YesNo


class ResetArgs(Args):
    """box: the box's name, typed once more. keep_recordings: recordings, voicemail and the call history stay."""

    box: str
    keep_recordings: YesNo


@verb("reset.factory", Open.LOCAL, changes=True)
def factory(rooms: Rooms, call: Call, args: ResetArgs) -> dict[str, bool]:
    """Restart, and begin anew as at the first start: settings, accounts, secrets and certificates are lost."""
    name = rooms.site.draft().site.box.name
    if args.box != name:
        raise RefusedError("reset_name", name=name)
    call.audit(name, keep_recordings=args.keep_recordings)
    rooms.tasks.ask("power", do="reset", keep=args.keep_recordings)
    return {"restarting": True}
