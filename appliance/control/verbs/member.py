"""Spans, trunks and routes in the draft: listed, added, edited, removed, put in order. One set of verbs for each noun.

A member is called by its key: its name, or for an inbound route its conditions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Annotated, Any

from pydantic import Field

from appliance.control.asker import Call
from appliance.control.errors import shown
from appliance.control.registry import Args, verb
from appliance.control.rooms import Rooms
from appliance.control.verbs.draft import Which, save_edit, save_removal, site_of
from appliance.model.access import Permission
from appliance.model.compare import key_path
from appliance.model.fields import Whole
from appliance.model.members import (
    MemberEdit,
    add_member,
    edit_member,
    key_of,
    member,
    members,
    move_member,
    references_of,
    remove_member,
)
from appliance.model.problems import Problem
from appliance.model.site import Site

NOUNS = {
    "span": "hardware.spans",
    "trunk": "trunks",
    "inbound_route": "inbound_routes",
    "outbound_route": "outbound_routes",
}
"""The word of each noun in its verbs, and its list in the document."""

Key = Annotated[str, Field(min_length=1, max_length=120)]


class ListArgs(Args):
    """which: state of the site."""

    which: Which = "draft"


class GetArgs(Args):
    """key: of the member."""

    key: Key
    which: Which = "draft"


class AddArgs(Args):
    """document: of the new member."""

    document: dict[str, Any]
    expect_version: Whole | None = None


class EditArgs(Args):
    """changes: a merge patch (RFC 7396)."""

    key: Key
    changes: dict[str, Any]
    expect_version: Whole | None = None


class RemoveArgs(Args):
    """cascade: take away what names the member as well."""

    key: Key
    expect_version: Whole | None = None
    cascade: bool = False


class MoveArgs(Args):
    """place: in the list, from 1; past the end means last."""

    key: Key
    place: Annotated[Whole, Field(ge=1, le=10_000)]
    expect_version: Whole | None = None


class KeyArgs(Args):
    """key: of a member of the draft."""

    key: Key


def _register(word: str, noun: str) -> None:
    """The verbs of one noun."""

    @verb(f"{word}.list", Permission.SITE_READ)
    def list_members(rooms: Rooms, call: Call, args: ListArgs) -> dict[str, Any]:
        """Every member, in the order of the site."""
        version = rooms.site.draft().version
        return {"version": version, "members": [_entry(one) for one in members(site_of(rooms, args.which), noun)]}

    @verb(f"{word}.get", Permission.SITE_READ)
    def get(rooms: Rooms, call: Call, args: GetArgs) -> dict[str, Any]:
        """One member."""
        version = rooms.site.draft().version
        return {"version": version, **_entry(member(site_of(rooms, args.which), noun, args.key)), "problems": ()}

    @verb(f"{word}.references", Permission.SITE_READ)
    def references(rooms: Rooms, call: Call, args: KeyArgs) -> dict[str, list[str]]:
        """Where a member of the draft is named outside of itself."""
        site = rooms.site.draft().site
        member(site, noun, args.key)
        return {"references": [key_path(site, path) for path in references_of(site, noun, args.key)]}

    @verb(f"{word}.add", Permission.SITE_EDIT, changes=True)
    def add(rooms: Rooms, call: Call, args: AddArgs) -> dict[str, Any]:
        """Add a member at the end."""
        result = _save(rooms, call, noun, args.expect_version, lambda site: add_member(site, noun, args.document))
        call.audit(result["key"], version=result["version"])
        return result

    @verb(f"{word}.edit", Permission.SITE_EDIT, changes=True)
    def edit(rooms: Rooms, call: Call, args: EditArgs) -> dict[str, Any]:
        """Change a member. What names it follows it to another name."""

        def change(site: Site) -> MemberEdit:
            return edit_member(site, noun, args.key, args.changes)

        result = _save(rooms, call, noun, args.expect_version, change)
        call.audit(args.key, fields=sorted(args.changes), version=result["version"])
        return result

    @verb(f"{word}.move", Permission.SITE_EDIT, changes=True)
    def move(rooms: Rooms, call: Call, args: MoveArgs) -> dict[str, Any]:
        """Put a member at another place of its list."""

        def change(site: Site) -> MemberEdit:
            return move_member(site, noun, args.key, args.place)

        result = _save(rooms, call, noun, args.expect_version, change)
        call.audit(args.key, place=args.place, version=result["version"])
        return result

    @verb(f"{word}.remove", Permission.SITE_EDIT, changes=True)
    def remove(rooms: Rooms, call: Call, args: RemoveArgs) -> dict[str, Any]:
        """Remove a member. Refused with ``in_use`` while something names it, unless ``cascade``."""
        return save_removal(
            rooms, call, args.key, args.expect_version, lambda site: remove_member(site, noun, args.key, args.cascade)
        )


def _save(
    rooms: Rooms, call: Call, noun: str, expect_version: int | None, change: Callable[[Site], MemberEdit]
) -> dict[str, Any]:
    """Save an edit of one member; the member as it is now and the problems it has."""
    done: list[MemberEdit] = []

    def edited(site: Site) -> Site:
        done[:] = [change(site)]
        return done[0].site

    draft, problems = save_edit(rooms, call, expect_version, edited)
    [result] = done
    found = [shown(problem) for problem in _of(draft.site, noun, key_of(result.member), problems)]
    return {"version": draft.version, **_entry(result.member), "problems": found}


def _entry(one: Any) -> dict[str, Any]:
    return {"key": key_of(one), "document": one.model_dump(mode="json", exclude_unset=True, by_alias=True)}


def _of(site: Site, noun: str, key: str, problems: list[Problem]) -> Iterator[Problem]:
    """The problems of one member."""
    steps = tuple(noun.split("."))
    there = members(site, noun)
    for problem in problems:
        match problem.path[len(steps) :] if problem.path[: len(steps)] == steps else ():
            case (int(index), *_) if index < len(there) and key_of(there[index]) == key:
                yield problem


for _word, _noun in NOUNS.items():
    _register(_word, _noun)
