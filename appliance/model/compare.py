"""What tells two sites apart, value by value, and in words for a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any

from pydantic import BaseModel

from appliance.model.changes import ValueChange
from appliance.model.destinations import Destination
from appliance.model.extensions import Extension
from appliance.model.fields import Noun
from appliance.model.members import key_of, members
from appliance.model.problems import Path
from appliance.model.secrets_of import MASK, mask
from appliance.model.site import Site
from appliance.model.structure import attributes, secret_tree, value_of
from appliance.model.texts.differences import change_words

SINGLE = ("box", "mail", "sip", "feature_codes")
LISTS = ("trunks", "inbound_routes", "outbound_routes", "hardware.spans")
ORDERED = frozenset({"outbound_routes", "hardware.spans"})
"""Lists whose order says something."""


def changes(before: Site | None, after: Site) -> tuple[ValueChange, ...]:
    """Every value that differs in effect: first box, mail, SIP and feature codes, then extensions by number,
    trunks, routes, and the hardware with its spans.

    before: None stands for a box as it comes from the factory. A default that is written out and one that is
    left out are the same; so is another order of extensions. Secrets show as ``"***"``, also when they
    differ.
    """
    if before is after:
        return ()
    before = Site() if before is None else before
    found: list[ValueChange] = []
    for name in SINGLE:
        found.extend(_differences(getattr(before, name), getattr(after, name), name))
    found.extend(_extensions(before.extensions, after.extensions))
    for noun in LISTS:
        old, new = (members(site, noun) for site in (before, after))
        found.extend(_listed(noun, old, new))
        if noun in ORDERED:
            found.extend(_order(noun, old, new))
    found.extend(_differences(before.hardware, after.hardware, "hardware", leaving_out="spans"))
    return tuple(found)


def words(change: ValueChange, language: str = "en") -> str:
    """One change as a sentence: ``Extension 101 · Name: “Lab” → “Laboratory”``."""
    return change_words(change, language)


def _extensions(before: tuple[Extension, ...], after: tuple[Extension, ...]) -> Iterator[ValueChange]:
    old: dict[str, BaseModel] = {extension.number: extension for extension in before}
    new: dict[str, BaseModel] = {extension.number: extension for extension in after}
    keys = sorted(old.keys() | new.keys(), key=lambda number: (len(number), number))
    return _members("extensions", old, new, keys)


def _by_key(listed: tuple[Noun, ...]) -> dict[str, BaseModel]:
    return {key_of(member): member for member in listed}


def _listed(noun: str, before: tuple[Noun, ...], after: tuple[Noun, ...]) -> Iterator[ValueChange]:
    old, new = _by_key(before), _by_key(after)
    return _members(noun, old, new, [*old, *(key for key in new if key not in old)])


def _members(
    noun: str, old: dict[str, BaseModel], new: dict[str, BaseModel], keys: Iterable[str]
) -> Iterator[ValueChange]:
    """The members that came, went or differ."""
    for key in keys:
        path = f"{noun}[{key}]"
        was, is_now = old.get(key), new.get(key)
        if was is is_now:
            continue
        if was is None:
            yield ValueChange(path=path, kind="added", after=_shown(is_now))
        elif is_now is None:
            yield ValueChange(path=path, kind="removed", before=_shown(was))
        else:
            yield from _differences(was, is_now, path)


def _order(noun: str, old: tuple[Noun, ...], new: tuple[Noun, ...]) -> Iterator[ValueChange]:
    """That those in both lists have changed their order."""
    before, after = list(_by_key(old)), list(_by_key(new))
    both = set(before) & set(after)
    if [key for key in before if key in both] != [key for key in after if key in both]:
        yield ValueChange(path=noun, kind="changed", before=before, after=after)


def _differences(was: BaseModel, is_now: BaseModel, path: str, leaving_out: str | None = None) -> Iterator[ValueChange]:
    """The leaves of two nouns of one type that differ. A destination is one leaf, and so is a list of plain
    values.
    """
    if was == is_now:
        return
    noun = type(was)
    secret = secret_tree(noun)
    for name, attribute in attributes(noun).items():
        left, right = getattr(was, attribute), getattr(is_now, attribute)
        if left == right or name == leaving_out:
            continue
        at = f"{path}.{name}"
        if secret.get(name, ()) is None:
            left, right = left and MASK, right and MASK
        elif type(left) is type(right) and isinstance(left, BaseModel) and not isinstance(left, Destination):
            yield from _differences(left, right, at)
            continue
        yield ValueChange(
            path=at,
            kind="added" if left is None else "removed" if right is None else "changed",
            before=_shown(left),
            after=_shown(right),
        )


def _shown(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return mask(value.model_dump(mode="json", exclude_unset=True, by_alias=True), type(value))
    if isinstance(value, tuple):
        return [_shown(member) for member in value]
    return value.value if isinstance(value, StrEnum) else value


def key_path(site: Site, path: Path) -> str:
    """A path as changes write it, list members named by their key: ``("extensions", 0, "name")`` ->
    ``extensions[101].name``.
    """
    text = ""
    place: Any = site
    for step in path:
        if isinstance(step, int):
            member = place[step] if isinstance(place, tuple) and step < len(place) else None
            key = getattr(member, "key", None) or getattr(member, "number", None) or getattr(member, "name", None)
            key = step if key is None else key
            text += f"[{key}]"
            place = member
        else:
            text += f".{step}" if text else step
            place = value_of(place, step) if isinstance(place, BaseModel) and step in attributes(type(place)) else None
    return text or "site"
