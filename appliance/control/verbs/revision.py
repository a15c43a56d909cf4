"""Revisions: listed, and told apart."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from appliance.apply.plan import file_changes, mask_of, side_of
from appliance.control.asker import Call
from appliance.control.registry import Args, verb
from appliance.control.rooms import Rooms
from appliance.control.verbs.draft import Which, site_of
from appliance.model.access import Permission
from appliance.model.compare import changes
from appliance.model.fields import Whole


class ListArgs(Args):
    """before: only revisions of a lower number, for the next page."""

    limit: Annotated[Whole, Field(ge=1, le=500)] = 50
    before: Whole | None = None


class DiffArgs(Args):
    """Two states of the site: ``draft``, ``running`` or the number of a revision."""

    from_: Which = Field(alias="from")
    to: Which


@verb("revision.list", Permission.SITE_READ)
def list_revisions(rooms: Rooms, call: Call, args: ListArgs) -> dict[str, Any]:
    """Revisions, newest first."""
    return {"revisions": rooms.site.revisions(args.limit, args.before)}


@verb("revision.diff", Permission.SITE_READ)
def diff(rooms: Rooms, call: Call, args: DiffArgs) -> dict[str, Any]:
    """What differs between two states, in values and in files as this version of the software renders
    them."""
    before, after = site_of(rooms, args.from_), site_of(rooms, args.to)
    render = rooms.applier.render
    return {
        "values": changes(before, after),
        "files": file_changes(side_of(render(before)), side_of(render(after)), mask_of(before, after)),
    }
