"""The secrets of a site, taken out of its document and put back.

Which fields are secret is marked once, in the model (:class:`appliance.model.fields.Hidden`). The site's
database holds documents with ``{"$secret": "<id>"}`` where a secret was; another file holds what the ids
stand for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import BaseModel

from appliance.model.problems import Path, Problem, ProblemsError
from appliance.model.site import Site
from appliance.model.structure import MEMBERS, Tree, secret_tree

MASK = "***"
"""What a secret is shown as. In a change it stands for the secret that is there already."""
REFERENCE = "$secret"

Document = dict[str, Any]
_Change = Callable[[Path, Any], Any]
_GONE = object()


def mask(document: Document, noun: type[BaseModel] = Site) -> Document:
    """The document with ``"***"`` for every secret that is set."""
    return _changed(document, secret_tree(noun), lambda _path, value: value if value is None else MASK)


def without(document: Document, noun: type[BaseModel] = Site) -> Document:
    """The document with its secrets left out, as an export without secrets is."""
    return _changed(document, secret_tree(noun), lambda _path, _value: _GONE)


def split(
    document: Document, make_id: Callable[[], str], previous: Mapping[str, str] | None = None
) -> tuple[Document, dict[str, str]]:
    """Take the secrets out of a site document: the document with references, and what each id stands for.

    make_id: gives an id never given before. previous: ids -> values of an earlier split; a value found there
    keeps its id, so that a secret which did not change is stored once. No id stands in two places of one
    document.
    """
    free: dict[str, list[str]] = {}
    for identifier, value in (previous or {}).items():
        free.setdefault(value, []).append(identifier)
    for identifiers in free.values():
        identifiers.reverse()  # taken from the end, so the first is used first
    values: dict[str, str] = {}

    def taken_out(_path: Path, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        known = free.get(value)
        identifier = known.pop() if known else make_id()
        values[identifier] = value
        return {REFERENCE: identifier}

    return _changed(document, secret_tree(Site), taken_out), values


def join(document: Document, values: Mapping[str, str]) -> Document:
    """Put the secrets back. Raises :class:`ProblemsError` with ``secret_lost`` for every id that has no
    value.
    """
    lost: list[Problem] = []

    def put_back(path: Path, value: Any) -> Any:
        if not (isinstance(value, dict) and set(value) == {REFERENCE}):
            return value
        identifier = value[REFERENCE]
        if identifier not in values:
            lost.append(Problem(path, "secret_lost"))
            return None
        return values[identifier]

    whole = _changed(document, secret_tree(Site), put_back)
    if lost:
        raise ProblemsError(lost)
    return whole


def unmask(document: Document, before: Document, noun: type[BaseModel]) -> Document:
    """Put the secrets of ``before`` where ``document`` says ``"***"``; with none there, leave the field out.

    Both are documents of one noun that is not a list and holds none (an extension).
    """

    def kept(path: Path, value: Any) -> Any:
        if value != MASK:
            return value
        there: Any = before
        for step in path:
            there = there.get(step, _GONE) if isinstance(there, dict) else _GONE
        return there

    return _changed(document, secret_tree(noun), kept)


def _changed(document: Document, tree: Tree, change: _Change, at: Path = ()) -> Document:
    """A copy of the document with every value under the tree's leaves changed; what is not under it is
    shared.
    """
    copy = dict(document)
    for name, below in tree.items():
        if name not in copy:
            continue
        value = copy[name]
        if below is None:
            value = change((*at, name), value)
        elif MEMBERS in below and isinstance(value, list):
            inner = below[MEMBERS] or {}
            value = [
                _changed(member, inner, change, (*at, name, index)) if isinstance(member, dict) else member
                for index, member in enumerate(value)
            ]
        elif isinstance(value, dict):
            value = _changed(value, below, change, (*at, name))
        if value is _GONE:
            del copy[name]
        else:
            copy[name] = value
    return copy
