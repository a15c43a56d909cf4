"""The shape of the nouns, read off their annotations: what a field holds, and which fields are secret."""

from __future__ import annotations

from functools import cache
from typing import Any, get_args

from pydantic import BaseModel

from appliance.model.destinations import Destination
from appliance.model.fields import Hidden

Tree = dict[str, "Tree | None"]
"""Fields by name; ``None`` for a leaf; the members of a list are under :data:`MEMBERS`."""
MEMBERS = "[]"


def noun_in(annotation: Any) -> type[BaseModel] | None:
    """The noun inside ``Noun``, ``Noun | None`` or ``tuple[Noun, ...]``; None where there is none."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in get_args(annotation):
        if (found := noun_in(argument)) is not None:
            return found
    return None


@cache
def attributes(noun: type[BaseModel]) -> dict[str, str]:
    """The fields of a noun as the document names them, each with its name in Python (``class`` is ``class_``)."""
    return {field.alias or name: name for name, field in noun.model_fields.items()}


def value_of(noun: BaseModel, name: str) -> Any:
    """The value of a field by its name in the document."""
    return getattr(noun, attributes(type(noun))[name])


@cache
def noun_of(noun: type[BaseModel], name: str) -> type[BaseModel] | None:
    """The noun that a field holds, alone or as a list; None for a plain value and for a field there is
    not. name: in the document.
    """
    attribute = attributes(noun).get(name)
    return None if attribute is None else noun_in(noun.model_fields[attribute].annotation)


@cache
def is_list(noun: type[BaseModel], name: str) -> bool:
    """Whether a field of a noun, by its name in the document, holds a list."""
    return _holds_tuple(noun.model_fields[attributes(noun)[name]].annotation)


@cache
def secret_tree(noun: type[BaseModel]) -> Tree:
    """The fields marked :class:`~appliance.model.fields.Hidden` in a noun and the nouns inside it."""
    tree: Tree = {}
    for name, field in noun.model_fields.items():
        if any(isinstance(mark, Hidden) for mark in field.metadata) or _is_hidden(field.annotation):
            tree[name] = None
            continue
        inner = noun_in(field.annotation)
        if inner is None or inner is Destination:
            continue
        if below := secret_tree(inner):
            tree[name] = {MEMBERS: below} if _holds_tuple(field.annotation) else below
    return tree


def _holds_tuple(annotation: Any) -> bool:
    return getattr(annotation, "__origin__", None) is tuple or any(
        _holds_tuple(argument) for argument in get_args(annotation)
    )


def _is_hidden(annotation: Any) -> bool:
    if any(isinstance(mark, Hidden) for mark in getattr(annotation, "__metadata__", ())):
        return True
    return any(_is_hidden(argument) for argument in get_args(annotation))
