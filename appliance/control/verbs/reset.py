"""Factory reset: at the local console, or by an administrator who gives their password once more."""

from __future__ import annotations

from appliance.control.asker import Call
from appliance.control.errors import RefusedError
from appliance.control.registry import Args, verb
from appliance.control.rooms import Rooms
from appliance.control.verbs.password import check_own_password
from appliance.control.verbs.session import TypedPassword
from appliance.model.access import Permission
from appliance.model.fields import YesNo


class ResetArgs(Args):
    """box: the box's name, typed once more. keep_recordings: recordings, voicemail and the call history stay.
    password: of the person; not asked at the local console.
    """

    box: str
    keep_recordings: YesNo
    password: TypedPassword = ""


@verb("reset.factory", Permission.ACCOUNTS_MANAGE, changes=True)
def factory(rooms: Rooms, call: Call, args: ResetArgs) -> dict[str, bool]:
    """Restart, and begin anew as at the first start: settings, accounts, secrets and certificates are lost."""
    if not call.asker.local:
        check_own_password(rooms, call, args.password)  # a token has none: it cannot
    name = rooms.site.draft().site.box.name
    if args.box != name:
        raise RefusedError("reset_name", name=name)
    call.audit(name, keep_recordings=args.keep_recordings)
    rooms.tasks.ask("power", do="reset", keep=args.keep_recordings)
    return {"restarting": True}
