"""The audit log."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from appliance.control.asker import Call
from appliance.control.registry import Args, verb
from appliance.control.rooms import Rooms
from appliance.control.shown import audit_shown
from appliance.control.verbs.session import Typed
from appliance.model.access import Permission
from appliance.model.fields import Whole


class ListArgs(Args):
    """before: a number, for the next page; search: in who, action, subject and address."""

    limit: Annotated[Whole, Field(ge=1, le=1000)] = 50
    before: Annotated[Whole, Field(ge=1)] | None = None
    search: Typed = ""


@verb("audit.list", Permission.AUDIT_READ)
def list_entries(rooms: Rooms, call: Call, args: ListArgs) -> dict[str, Any]:
    """Lines, newest first; ``whole``: whether the chain of hashes verifies."""
    rows = rooms.audit.page(args.limit, args.before, args.search)
    return {"entries": [audit_shown(row) for row in rows], "whole": rooms.audit.is_whole()}
