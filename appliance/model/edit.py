"""Edits of a draft. Each takes a site and gives another; nothing is changed in place.

An edit checks what it brings in (:class:`ProblemsError` with every problem of shape, paths from the root of
the site), not the whole site: that is :func:`appliance.model.verify.verify`'s. So one extension among 5,000
costs the same as one among five.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal

from appliance.model.destinations import Destination
from appliance.model.extensions import Extension
from appliance.model.fields import Noun
from appliance.model.guessable import pin_problem, secret_problem
from appliance.model.inbound_routes import InboundRoute
from appliance.model.merge import merge_patch
from appliance.model.problems import InUseError, NotFoundError, Path, Problem, ProblemsError
from appliance.model.references import TO_EXTENSION, forward_pointers, references
from appliance.model.secrets_of import unmask
from appliance.model.site import Site, parse_noun

SINGLE_NOUNS = ("box", "mail", "sip", "feature_codes", "hardware")
"""Parts of the site there is one of, which :func:`edit_noun` edits."""
_TRIES = 50
"""How often a secret is made anew that came out guessable; one in thousands does."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A site after an edit of one extension.

    extension: as it is now, or as it was when it was removed.
    references: paths, in the site before the edit, of other extensions' fields that followed it or were
    taken away.
    """

    site: Site
    extension: Extension
    references: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Imported:
    """A site after many extensions came in: numbers added, changed, and found to be the same already."""

    site: Site
    added: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]


def add_extension(site: Site, document: Any) -> Edit:
    """Add one extension at the end. Raises :class:`ProblemsError`, with ``duplicate_number`` if it exists."""
    index = len(site.extensions)
    extension = parse_noun(Extension, _unmasked(document, {}), ("extensions", index))
    _refuse_taken(site, extension.number, index)
    return Edit(_with(site, (*site.extensions, extension)), extension)


def edit_extension(site: Site, number: str, patch: Any) -> Edit:
    """Change one extension by a merge patch; a secret of ``"***"`` stays as it is.

    With another ``number`` in the patch, everything that points at the extension follows it.
    Raises :class:`NotFoundError`, :class:`ProblemsError`.
    """
    index = _index(site, number)
    at: Path = ("extensions", index)
    if not isinstance(patch, dict):
        raise ProblemsError([Problem(at, "mapping")])
    before = _document(site.extensions[index])
    after = merge_patch(Extension, before, patch)
    if patch.get("line") and "secret" not in patch:
        after.pop("secret", None)  # an analog telephone has none
    extension = parse_noun(Extension, _unmasked(after, before), at)
    if extension.number == number:
        return Edit(_replaced(site, {index: extension}), extension)
    _refuse_taken(site, extension.number, index)
    followed = references(site, number)
    extension = _pointing(extension, number, extension.number)
    changes = {index: extension}
    for other in _owners(followed, "extensions"):
        changes[other] = _pointing(site.extensions[other], number, extension.number)
    routes = list(site.inbound_routes)
    for route in _owners(followed, "inbound_routes"):
        to = routes[route].to.model_copy(update={"name": extension.number})
        routes[route] = routes[route].model_copy(update={"to": to})
    return Edit(_with_routes(_replaced(site, changes), routes), extension, followed)


def remove_extension(site: Site, number: str, cascade: bool = False) -> Edit:
    """Remove one extension. What points at it is taken away with ``cascade``, else :class:`InUseError` names
    it.
    """
    index = _index(site, number)
    found = references(site, number)
    if found and not cascade:
        raise InUseError(("extensions", index), number, found)
    removed = site.extensions[index]
    changes = {other: _pointing(site.extensions[other], number, None) for other in _owners(found, "extensions")}
    kept = _replaced(site, changes).extensions
    gone = set(_owners(found, "inbound_routes"))
    routes = [route for place, route in enumerate(site.inbound_routes) if place not in gone]
    return Edit(_with_routes(_with(site, kept[:index] + kept[index + 1 :]), routes), removed, found)


def import_extensions(
    site: Site, documents: Iterable[Any], mode: Literal["add_or_replace", "add"] = "add_or_replace"
) -> Imported:
    """Bring in many extensions at once: all of them, or :class:`ProblemsError` with every problem.

    An extension that exists already is replaced by its document, but keeps its SIP password and PIN where the
    document leaves them out: an export without secrets, changed and brought back, unregisters no phone.
    With ``add`` it is refused instead. Indexes in the paths of problems count the documents that came in.
    """
    here = {extension.number: index for index, extension in enumerate(site.extensions)}
    result = list(site.extensions)
    added: list[str] = []
    changed: list[str] = []
    unchanged: list[str] = []
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    for row, document in enumerate(documents):
        at: Path = ("extensions", row)
        number = document.get("number") if isinstance(document, dict) else None
        index = here.get(number) if isinstance(number, str) else None
        before = {} if index is None else _document(site.extensions[index])
        try:
            extension = parse_noun(Extension, _unmasked(_keeping_secrets(document, before), before), at)
        except ProblemsError as error:
            problems.extend(error.problems)
            continue
        first = seen.setdefault(extension.number, row)
        if first != row:
            problems.append(_taken((*at, "number"), extension.number, f"extensions[{first}].number"))
        elif index is None:
            result.append(extension)
            added.append(extension.number)
        elif mode == "add":
            problems.append(_taken((*at, "number"), extension.number, f"extensions[{extension.number}]"))
        elif _document(extension) == before:
            unchanged.append(extension.number)
        else:
            result[index] = extension
            changed.append(extension.number)
    if problems:
        raise ProblemsError(problems)
    if not (added or changed):
        return Imported(site, (), (), tuple(unchanged))
    return Imported(_with(site, tuple(result)), tuple(added), tuple(changed), tuple(unchanged))


def edit_noun(site: Site, name: str, patch: Any) -> Site:
    """Change one of :data:`SINGLE_NOUNS` by a merge patch. Raises :class:`ProblemsError`."""
    if name not in SINGLE_NOUNS:
        raise NotFoundError("site", name)
    if not isinstance(patch, dict):
        raise ProblemsError([Problem((name,), "mapping")])
    noun: Noun = getattr(site, name)
    before = _document(noun)
    document = unmask(merge_patch(type(noun), before, patch), before, type(noun))
    return site.model_copy(update={name: parse_noun(type(noun), document, (name,))})


def fill_secrets(site: Site, make_secret: Callable[[], str], make_pin: Callable[[], str]) -> Site:
    """Give every extension a SIP password and every enabled mailbox a PIN that has none yet.

    make_secret, make_pin: random ones, fit for the fields; asked again when one comes out guessable.
    Gives back the very same site when nothing was missing.
    """
    changes: dict[int, Extension] = {}
    for index, extension in enumerate(site.extensions):
        filled = extension
        if filled.secret is None and filled.line is None:
            filled = _with_secret(filled, make_secret)
        if filled.voicemail.enabled and filled.voicemail.pin is None:
            filled = _with_pin(filled, make_pin)
        if filled is not extension:
            changes[index] = filled
    return _replaced(site, changes) if changes else site


def _with_secret(extension: Extension, make_secret: Callable[[], str]) -> Extension:
    for _ in range(_TRIES):
        filled = extension.model_copy(update={"secret": make_secret()})
        if secret_problem(filled, ()) is None:
            return filled
    raise ValueError("make_secret gives guessable secrets only")


def _with_pin(extension: Extension, make_pin: Callable[[], str]) -> Extension:
    for _ in range(_TRIES):
        voicemail = extension.voicemail.model_copy(update={"pin": make_pin()})
        filled = extension.model_copy(update={"voicemail": voicemail})
        if pin_problem(filled, ()) is None:
            return filled
    raise ValueError("make_pin gives guessable PINs only")


def _index(site: Site, number: str) -> int:
    for index, extension in enumerate(site.extensions):
        if extension.number == number:
            return index
    raise NotFoundError("extensions", number)


def _refuse_taken(site: Site, number: str, index: int) -> None:
    if site.extension(number) is not None:
        path = ("extensions", index, "number")
        raise ProblemsError([_taken(path, number, f"extensions[{number}]")])


def _taken(path: Path, number: str, other: str) -> Problem:
    return Problem(path, "duplicate_number", {"number": number, "other": other})


def _document(noun: Noun) -> dict[str, Any]:
    return noun.model_dump(mode="json", exclude_unset=True, by_alias=True)


def _unmasked(document: Any, before: dict[str, Any]) -> Any:
    return unmask(document, before, Extension) if isinstance(document, dict) else document


def _keeping_secrets(document: Any, before: dict[str, Any]) -> Any:
    """The document with the secrets of the extension it replaces, where it leaves them out."""
    if not isinstance(document, dict) or not before:
        return document
    kept = dict(document)
    if "secret" in before and not kept.get("line"):
        kept.setdefault("secret", before["secret"])
    pin = before.get("voicemail", {}).get("pin")
    if pin is not None and isinstance(kept.get("voicemail", {}), dict):
        kept["voicemail"] = {"pin": pin} | kept.get("voicemail", {})
    return kept


def _with(site: Site, extensions: tuple[Extension, ...]) -> Site:
    # The parts are frozen and were checked when they were made, so the whole need not be checked again.
    return site.model_copy(update={"extensions": extensions})


def _replaced(site: Site, changes: dict[int, Extension]) -> Site:
    extensions = list(site.extensions)
    for index, extension in changes.items():
        extensions[index] = extension
    return _with(site, tuple(extensions))


def _with_routes(site: Site, routes: list[InboundRoute]) -> Site:
    return site.model_copy(update={"inbound_routes": tuple(routes)}) if tuple(routes) != site.inbound_routes else site


def _owners(paths: Iterable[Path], noun: str) -> list[int]:
    """Indexes of the extensions or routes that the paths lie in."""
    return sorted({step for path in paths if path[0] == noun for step in path[1:2] if isinstance(step, int)})


def _pointing(extension: Extension, old: str, new: str | None) -> Extension:
    """The extension with its destinations to ``old`` turned to ``new``, or taken away."""
    document = _document(extension)
    touched = False
    for path, destination, _owner in forward_pointers(extension, ()):
        if destination.name != old or destination.kind not in TO_EXTENSION:
            continue
        touched = True
        _turn(document, path, destination, new)
    return parse_noun(Extension, document) if touched else extension


def _turn(document: dict[str, Any], path: Path, destination: Destination, new: str | None) -> None:
    """Turn the destination at a path, or take away what it belongs to, and then whatever that leaves
    empty.
    """
    holders = [document]
    for step in path[:-1]:
        holders.append(holders[-1][str(step)])
    if new is not None:
        holders[-1][str(path[-1])] = {destination.kind.value: new}
        return
    last = len(path) - 1
    if path[-1] == "to":  # a way that needs a destination (no_answer) goes with it
        last -= 1
    del holders[last][str(path[last])]
    while last > 0 and not holders[last]:
        last -= 1
        del holders[last][str(path[last])]
