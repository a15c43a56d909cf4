"""Extensions in the draft: listed, added, edited, removed, imported. Secrets show as ``"***"``; sent back so,
they stay."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Annotated, Any, Literal

from pydantic import Field

from appliance.apply.remembered import verified
from appliance.control.asker import Call
from appliance.control.errors import RefusedError, shown
from appliance.control.registry import Args, verb
from appliance.control.rooms import Rooms
from appliance.control.verbs.draft import Which, make_pin, make_secret, save_edit, save_removal, site_of
from appliance.model.access import Permission
from appliance.model.changes import ProblemShown
from appliance.model.compare import key_path
from appliance.model.edit import (
    Edit,
    Imported,
    add_extension,
    edit_extension,
    fill_secrets,
    import_extensions,
    remove_extension,
)
from appliance.model.extensions import Extension
from appliance.model.fields import Whole
from appliance.model.problems import NotFoundError, Problem, ProblemsError
from appliance.model.references import references as references_of
from appliance.model.secrets_of import mask
from appliance.model.site import Site

Number = Annotated[str, Field(max_length=32)]


class ListArgs(Args):
    """search: a part of number, name or e-mail address. limit: of one page."""

    which: Which = "draft"
    search: Annotated[str, Field(max_length=200)] = ""
    limit: Annotated[Whole, Field(ge=1, le=10_000)] = 1000
    offset: Annotated[Whole, Field(ge=0)] = 0


class GetArgs(Args):
    """with_secrets: needs the permission ``site.secrets``."""

    number: Number
    which: Which = "draft"
    with_secrets: bool = False


class AddArgs(Args):
    """extension: its document."""

    extension: dict[str, Any]
    expect_version: Whole | None = None


class EditArgs(Args):
    """changes: a merge patch (RFC 7396)."""

    number: Number
    changes: dict[str, Any]
    expect_version: Whole | None = None


class RemoveArgs(Args):
    """cascade: take away what points at the extension as well."""

    number: Number
    expect_version: Whole | None = None
    cascade: bool = False


class NumberArgs(Args):
    """number: of an extension of the draft."""

    number: Number


class ImportArgs(Args):
    """extensions: documents; dry_run: tell problems instead of refusing for them, and save nothing."""

    extensions: list[Any]
    mode: Literal["add_or_replace", "add"] = "add_or_replace"
    dry_run: bool = False
    expect_version: Whole | None = None


@verb("extension.list", Permission.SITE_READ)
def list_extensions(rooms: Rooms, call: Call, args: ListArgs) -> dict[str, Any]:
    """Extensions in the order of the site, each with how many phones are registered to it."""
    version = rooms.site.draft().version
    phones = Counter(view.extension for view in rooms.live.view().registrations)
    found = [one for one in site_of(rooms, args.which).extensions if _matches(one, args.search.casefold())]
    page = found[args.offset : args.offset + args.limit]
    return {
        "version": version,
        "total": len(found),
        "extensions": [document_of(one) | {"registered": phones[one.number]} for one in page],
    }


@verb("extension.get", Permission.SITE_READ, changes=True)
def get(rooms: Rooms, call: Call, args: GetArgs) -> dict[str, Any]:
    """One extension. A look at its secrets is written to the audit log."""
    call.changed = args.with_secrets
    call.audit(args.number, with_secrets=True)
    if args.with_secrets and not call.asker.may(Permission.SITE_SECRETS):
        raise RefusedError("forbidden", verb=call.verb)
    version = rooms.site.draft().version
    extension = site_of(rooms, args.which).extension(args.number)
    if extension is None:
        raise NotFoundError("extensions", args.number)
    return {"version": version, "extension": document_of(extension, with_secrets=args.with_secrets)}


@verb("extension.add", Permission.SITE_EDIT, changes=True)
def add(rooms: Rooms, call: Call, args: AddArgs) -> dict[str, Any]:
    """Add one extension; a SIP password and, with voicemail, a PIN are made where they are left out."""
    result = _save(rooms, call, args.expect_version, lambda site: add_extension(site, args.extension))
    call.audit(result["extension"]["number"], version=result["version"])
    return result


@verb("extension.edit", Permission.SITE_EDIT, changes=True)
def edit(rooms: Rooms, call: Call, args: EditArgs) -> dict[str, Any]:
    """Change one extension. With another number, everything that points at it follows."""
    result = _save(rooms, call, args.expect_version, lambda site: edit_extension(site, args.number, args.changes))
    call.audit(args.number, fields=sorted(args.changes), version=result["version"])
    return result


@verb("extension.remove", Permission.SITE_EDIT, changes=True)
def remove(rooms: Rooms, call: Call, args: RemoveArgs) -> dict[str, Any]:
    """Remove one extension. Refused with ``in_use`` while something points at it, unless ``cascade``."""
    return save_removal(
        rooms, call, args.number, args.expect_version, lambda site: remove_extension(site, args.number, args.cascade)
    )


@verb("extension.references", Permission.SITE_READ)
def references(rooms: Rooms, call: Call, args: NumberArgs) -> dict[str, list[str]]:
    """Where an extension of the draft is named outside of itself."""
    site = rooms.site.draft().site
    if site.extension(args.number) is None:
        raise NotFoundError("extensions", args.number)
    return {"references": [key_path(site, path) for path in references_of(site, args.number)]}


@verb("extension.import", Permission.SITE_EDIT, changes=True)
def import_many(rooms: Rooms, call: Call, args: ImportArgs) -> dict[str, Any]:
    """Bring in many extensions at once: all, or none and every problem."""
    if args.dry_run:
        call.changed = False
        return _rehearsed(rooms.site.draft().version, rooms.site.draft().site, args)
    done: list[Imported] = []

    def with_them(site: Site) -> Site:
        done[:] = [import_extensions(site, args.extensions, args.mode)]
        return done[0].site

    draft, problems = save_edit(rooms, call, args.expect_version, with_them)
    [imported] = done
    touched = {*imported.added, *imported.changed}
    call.audit(added=len(imported.added), changed=len(imported.changed), version=draft.version)
    return {
        "version": draft.version,
        "added": imported.added,
        "changed": imported.changed,
        "problems": [shown(problem) for problem in _of(draft.site, touched, problems)],
    }


def document_of(extension: Extension, *, with_secrets: bool = False) -> dict[str, Any]:
    """An extension as plain JSON types."""
    document = extension.model_dump(mode="json", exclude_unset=True, by_alias=True)
    return document if with_secrets else mask(document, Extension)


def _save(rooms: Rooms, call: Call, expect_version: int | None, change: Callable[[Site], Edit]) -> dict[str, Any]:
    """Save an edit of one extension; the extension as it is now and the problems it has."""
    done: list[str] = []

    def edited(site: Site) -> Site:
        result = change(site)
        done[:] = [result.extension.number]
        return result.site

    draft, problems = save_edit(rooms, call, expect_version, edited)
    extension = draft.site.extension(done[0])
    assert extension is not None
    found: list[ProblemShown] = [shown(problem) for problem in _of(draft.site, set(done), problems)]
    return {"version": draft.version, "extension": document_of(extension), "problems": found}


def _rehearsed(version: int, site: Site, args: ImportArgs) -> dict[str, Any]:
    """What an import would do."""
    try:
        imported = import_extensions(site, args.extensions, args.mode)
    except ProblemsError as error:
        problems = [shown(problem) for problem in error.problems]
        return {"version": version, "added": (), "changed": (), "problems": problems}
    touched = {*imported.added, *imported.changed}
    site = fill_secrets(imported.site, make_secret, make_pin)
    rows = {document["number"]: row for row, document in enumerate(args.extensions)}
    # Problems are told by the row that came in, as those of shape are.
    found = [
        Problem(("extensions", rows[number], *problem.path[2:]), problem.code, problem.params, problem.severity)
        for number, problem in _numbered(site, verified(site))
        if number in touched
    ]
    return {
        "version": version,
        "added": imported.added,
        "changed": imported.changed,
        "problems": [shown(problem) for problem in found],
    }


def _numbered(site: Site, problems: list[Problem]) -> Iterator[tuple[str, Problem]]:
    """The problems of extensions, each with the number of its extension."""
    for problem in problems:
        match problem.path:
            case ("extensions", int(index), *_) if index < len(site.extensions):
                yield site.extensions[index].number, problem


def _of(site: Site, numbers: set[str], problems: list[Problem]) -> Iterator[Problem]:
    """The problems of some extensions."""
    return (problem for number, problem in _numbered(site, problems) if number in numbers)


def _matches(extension: Extension, search: str) -> bool:
    if not search:
        return True
    return any(search in (text or "").casefold() for text in (extension.number, extension.name, extension.email))
