"""What tells two sites apart, value by value, and in words for a person."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from pydantic import BaseModel

from appliance.model.changes import ValueChange
from appliance.model.destinations import Destination
from appliance.model.extensions import Extension
from appliance.model.problems import Path
from appliance.model.secrets_of import MASK, mask
from appliance.model.site import Site
from appliance.model.structure import secret_tree
from appliance.model.texts.differences import change_words

SINGLE = ("box", "sip", "feature_codes")


def changes(before: Site | None, after: Site) -> tuple[ValueChange, ...]:
    """Every value that differs in effect: first box, SIP and feature codes, then extensions by number.

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
    return tuple(found)


def words(change: ValueChange, language: str = "en") -> str:
    """One change as a sentence: ``Extension 101 · Name: “Lab” → “Laboratory”``."""
    return change_words(change, language)


def _extensions(before: tuple[Extension, ...], after: tuple[Extension, ...]) -> Iterator[ValueChange]:
    old = {extension.number: extension for extension in before}
    new = {extension.number: extension for extension in after}
    for number in sorted(old.keys() | new.keys(), key=lambda number: (len(number), number)):
        path = f"extensions[{number}]"
        was, is_now = old.get(number), new.get(number)
        if was is is_now:
            continue
        if was is None:
            assert is_now is not None
            yield ValueChange(path=path, kind="added", after=_shown(is_now))
        elif is_now is None:
            yield ValueChange(path=path, kind="removed", before=_shown(was))
        else:
            yield from _differences(was, is_now, path)


def _differences(was: BaseModel, is_now: BaseModel, path: str) -> Iterator[ValueChange]:
    """The leaves of two nouns of one type that differ. A destination is one leaf, and so is a list of plain
    values.
    """
    if was == is_now:
        return
    noun = type(was)
    secret = secret_tree(noun)
    for name in noun.model_fields:
        left, right = getattr(was, name), getattr(is_now, name)
        if left == right:
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
            key = getattr(member, "number", None) or getattr(member, "name", None) or step
            text += f"[{key}]"
            place = member
        else:
            text += f".{step}" if text else step
            place = getattr(place, step, None)
    return text or "site"
