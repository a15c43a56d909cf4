"""Edits of the lists of the site whose members are few and have names: spans, trunks, routes.

Each takes a site and gives another, as in :mod:`appliance.model.edit`. A member is called by its key: its name, or for
an inbound route its conditions (:attr:`InboundRoute.key`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias

from appliance.model.fields import Noun
from appliance.model.inbound_routes import InboundRoute
from appliance.model.line_rules import name_taken
from appliance.model.merge import merge_patch
from appliance.model.outbound_routes import OutboundRoute
from appliance.model.problems import InUseError, NotFoundError, Path, Problem, ProblemsError
from appliance.model.references import span_pointers, trunk_pointers
from appliance.model.site import Site, parse_noun
from appliance.model.spans import Span
from appliance.model.trunks import Trunk

Member: TypeAlias = Span | Trunk | InboundRoute | OutboundRoute

MEMBERS: dict[str, type[Member]] = {
    "hardware.spans": Span,
    "trunks": Trunk,
    "inbound_routes": InboundRoute,
    "outbound_routes": OutboundRoute,
}
"""The lists, by their path in the document."""


@dataclass(frozen=True, slots=True)
class MemberEdit:
    """A site after an edit of one member.

    member: as it is now, or as it was when it was removed. references: paths, in the site before the edit, of what
    followed it or was taken away.
    """

    site: Site
    member: Member
    references: tuple[Path, ...] = ()


def members(site: Site, noun: str) -> tuple[Any, ...]:
    """The members of a list."""
    value: Any = site
    for step in noun.split("."):
        value = getattr(value, step)
    return tuple(value)


def key_of(member: Noun) -> str:
    """What a member is called by."""
    return member.key if isinstance(member, InboundRoute) else str(getattr(member, "name", ""))


def member(site: Site, noun: str, key: str) -> Member:
    """The member of that key. Raises :class:`NotFoundError`."""
    found: Member = members(site, noun)[_index(site, noun, key)]
    return found


def add_member(site: Site, noun: str, document: Any) -> MemberEdit:
    """Add a member at the end. Raises :class:`ProblemsError`, also where its key is taken."""
    there = members(site, noun)
    at: Path = (*noun.split("."), len(there))
    added = parse_noun(MEMBERS[noun], document, at)
    _refuse_taken(site, noun, added, at)
    return MemberEdit(_with(site, noun, (*there, added)), added)


def edit_member(site: Site, noun: str, key: str, patch: Any) -> MemberEdit:
    """Change a member by a merge patch; what names it follows it to another name.

    Raises :class:`NotFoundError`, :class:`ProblemsError`.
    """
    there = members(site, noun)
    index = _index(site, noun, key)
    at: Path = (*noun.split("."), index)
    if not isinstance(patch, dict):
        raise ProblemsError([Problem(at, "mapping")])
    before = there[index].model_dump(mode="json", exclude_unset=True, by_alias=True)
    changed = parse_noun(MEMBERS[noun], merge_patch(MEMBERS[noun], before, patch), at)
    site_after = _with(site, noun, (*there[:index], changed, *there[index + 1 :]))
    if key_of(changed) == key:
        return MemberEdit(site_after, changed)
    _refuse_taken(site, noun, changed, at)
    followed = references_of(site, noun, key)
    return MemberEdit(_turned(site_after, followed, key_of(changed)), changed, followed)


def remove_member(site: Site, noun: str, key: str, cascade: bool = False) -> MemberEdit:
    """Remove a member. What names it is taken away with ``cascade``, else :class:`InUseError` names it."""
    there = members(site, noun)
    index = _index(site, noun, key)
    at: Path = (*noun.split("."), index)
    found = references_of(site, noun, key)
    if found and not cascade:
        raise InUseError(at, key, found)
    site_after = _with(site, noun, there[:index] + there[index + 1 :])
    if noun == "trunks":
        site_after = _without_trunk(site_after, key)
    elif noun == "hardware.spans":
        site_after, more = _without_span(site_after, key)
        found = (*found, *(path for trunk in more for path in references_of(site, "trunks", trunk)))
    return MemberEdit(site_after, there[index], found)


def move_member(site: Site, noun: str, key: str, place: int) -> MemberEdit:
    """Put a member at a place of its list, counted from 1; past the end means last."""
    there = members(site, noun)
    index = _index(site, noun, key)
    others = [*there[:index], *there[index + 1 :]]
    others.insert(max(0, place - 1), there[index])
    return MemberEdit(_with(site, noun, tuple(others)), there[index])


def references_of(site: Site, noun: str, key: str) -> tuple[Path, ...]:
    """Where a member is named outside of itself, in document order. Nothing names a route."""
    pointers = {"trunks": trunk_pointers, "hardware.spans": span_pointers}.get(noun)
    return () if pointers is None else tuple(path for path, name in pointers(site) if name == key)


def _index(site: Site, noun: str, key: str) -> int:
    for index, one in enumerate(members(site, noun)):
        if key_of(one) == key:
            return index
    raise NotFoundError(noun, key)


def _refuse_taken(site: Site, noun: str, member: Member, at: Path) -> None:
    key = key_of(member)
    if all(key_of(one) != key for one in members(site, noun)):
        return
    other = f"{noun}[{key}]"
    if isinstance(member, InboundRoute):
        raise ProblemsError([Problem(at, "same_conditions", {"key": key, "other": other})])
    raise ProblemsError([name_taken((*at, "name"), key, other)])


def _with(site: Site, noun: str, members: Iterable[Any]) -> Site:
    # The parts are frozen and were checked when they were made, so the whole need not be checked again.
    if noun == "hardware.spans":
        return site.model_copy(update={"hardware": site.hardware.model_copy(update={"spans": tuple(members)})})
    return site.model_copy(update={noun: tuple(members)})


def _turned(site: Site, paths: Iterable[Path], name: str) -> Site:
    """The site with the names at these paths replaced."""
    for path in paths:
        noun: Any = getattr(site, str(path[0]))
        site = site.model_copy(update={str(path[0]): _put(noun, path[1:], name)})
    return site


def _put(value: Any, path: Path, name: str) -> Any:
    if not path:
        return name
    step = path[0]
    if isinstance(step, int):
        return (*value[:step], _put(value[step], path[1:], name), *value[step + 1 :])
    return value.model_copy(update={step: _put(getattr(value, step), path[1:], name)})


def _without_trunk(site: Site, name: str) -> Site:
    """Nothing leads to the trunk any more; a route that is left without a trunk goes with it."""
    outbound = []
    for route in site.outbound_routes:
        left = tuple(trunk for trunk in route.trunks if trunk != name)
        if left:
            outbound.append(route if left == route.trunks else route.model_copy(update={"trunks": left}))
    inbound = tuple(route for route in site.inbound_routes if route.trunk != name)
    changes: dict[str, Any] = {}
    if tuple(outbound) != site.outbound_routes:
        changes["outbound_routes"] = tuple(outbound)
    if inbound != site.inbound_routes:
        changes["inbound_routes"] = inbound
    emergency = site.box.emergency
    if emergency is not None and name in emergency.trunks:
        left = tuple(trunk for trunk in emergency.trunks if trunk != name)
        kept = emergency.model_copy(update={"trunks": left}) if left else None
        changes["box"] = site.box.model_copy(update={"emergency": kept})
    return site.model_copy(update=changes)


def _without_span(site: Site, name: str) -> tuple[Site, tuple[str, ...]]:
    """Nothing is on the span any more, and the trunks that went because it was their only one.

    A telephone on it becomes an extension for SIP phones.
    """
    extensions = tuple(
        parse_noun(type(one), _without(one, "line")) if one.line is not None and one.line.span == name else one
        for one in site.extensions
    )
    trunks, gone = [], []
    for trunk in site.trunks:
        left = tuple(span for span in trunk.spans if span != name)
        if not left:
            gone.append(trunk.name)
        else:
            trunks.append(trunk if left == trunk.spans else trunk.model_copy(update={"spans": left}))
    site = site.model_copy(update={"extensions": extensions, "trunks": tuple(trunks)})
    for trunk_name in gone:
        site = _without_trunk(site, trunk_name)
    return site, tuple(gone)


def _without(noun: Noun, field: str) -> dict[str, Any]:
    document: dict[str, Any] = noun.model_dump(mode="json", exclude_unset=True, by_alias=True)
    document.pop(field, None)
    return document
