"""Edits of the parts of the site there is one of: the box, mail, SIP, the feature codes, the hardware."""

from __future__ import annotations

from typing import Any

from appliance.control.asker import Call
from appliance.control.errors import shown
from appliance.control.registry import Args, verb
from appliance.control.rooms import Rooms
from appliance.control.verbs.draft import save_edit
from appliance.model.access import Permission
from appliance.model.edit import edit_noun
from appliance.model.fields import Whole


class EditArgs(Args):
    """changes: a merge patch (RFC 7396); expect_version: of the draft, None for whatever it is."""

    changes: dict[str, Any]
    expect_version: Whole | None = None


@verb("box.edit", Permission.SITE_EDIT, changes=True)
def edit_box(rooms: Rooms, call: Call, args: EditArgs) -> dict[str, Any]:
    """Change facts of the box in the draft."""
    return _edit(rooms, call, args, "box")


@verb("mail.edit", Permission.SITE_EDIT, changes=True)
def edit_mail(rooms: Rooms, call: Call, args: EditArgs) -> dict[str, Any]:
    """Change the mail server and whom the box tells of alarms in the draft."""
    return _edit(rooms, call, args, "mail")


@verb("sip.edit", Permission.SITE_EDIT, changes=True)
def edit_sip(rooms: Rooms, call: Call, args: EditArgs) -> dict[str, Any]:
    """Change SIP transports, codecs and encryption in the draft."""
    return _edit(rooms, call, args, "sip")


@verb("feature_codes.edit", Permission.SITE_EDIT, changes=True)
def edit_feature_codes(rooms: Rooms, call: Call, args: EditArgs) -> dict[str, Any]:
    """Change feature codes in the draft."""
    return _edit(rooms, call, args, "feature_codes")


@verb("hardware.edit", Permission.SITE_EDIT, changes=True)
def edit_hardware(rooms: Rooms, call: Call, args: EditArgs) -> dict[str, Any]:
    """Change echo canceller, display and call records in the draft; spans have verbs of their own."""
    return _edit(rooms, call, args, "hardware")


def _edit(rooms: Rooms, call: Call, args: EditArgs, noun: str) -> dict[str, Any]:
    draft, problems = save_edit(rooms, call, args.expect_version, lambda site: edit_noun(site, noun, args.changes))
    call.audit(noun, fields=sorted(args.changes), version=draft.version)
    found = [shown(problem) for problem in problems if problem.path[:1] == (noun,)]
    return {"version": draft.version, "problems": found}
