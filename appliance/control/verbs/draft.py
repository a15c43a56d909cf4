"""The shared draft: how an edit gets into it, and how it is thrown away."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Literal

from appliance.apply.remembered import verified
from appliance.control.asker import Call
from appliance.control.registry import NoArgs, verb
from appliance.control.rooms import Rooms
from appliance.model.access import Permission
from appliance.model.compare import key_path
from appliance.model.edit import Edit, fill_secrets
from appliance.model.fields import Whole
from appliance.model.members import MemberEdit
from appliance.model.problems import Problem, ProblemsError
from appliance.model.site import Site
from appliance.model.verify import errors
from appliance.store.errors import OvertakenError
from appliance.store.site_rows import Draft

Which = Literal["draft", "running"] | Whole
"""The draft, what runs, or the number of a revision."""

# Without 0 and O, 1, l and I: a secret is read from a screen and typed on a phone's keypad.
_LETTERS = "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
SECRET_LENGTH = 20
PIN_LENGTH = 6
TRIES = 5


@verb("draft.discard", Permission.SITE_EDIT, changes=True)
def discard(rooms: Rooms, call: Call, args: NoArgs) -> dict[str, Any]:
    """Put the draft back to what runs."""
    draft = rooms.site.discard_draft(call.asker.name)
    call.audit(version=draft.version)
    return {"version": draft.version}


def site_of(rooms: Rooms, which: Which) -> Site:
    """The site that ``which`` names. What runs on a box that runs nothing yet is the default site."""
    if which == "draft":
        return rooms.site.draft().site
    if which == "running":
        running = rooms.site.running()
        return Site() if running is None else rooms.site.revision_site(running.revision)
    return rooms.site.revision_site(which)


def save_edit(
    rooms: Rooms, call: Call, expect_version: int | None, edit: Callable[[Site], Site]
) -> tuple[Draft, list[Problem]]:
    """Edit the draft, again where somebody else saved meanwhile; the draft saved, and every problem it now
    has.

    expect_version: of the draft that the asker has seen; with one, somebody else's save is ``overtaken``.

    Secrets that are missing are made. An edit that brings an error into the draft is refused with all errors
    it brings; errors that were there before do not hinder.
    """
    tries = TRIES if expect_version is None else 1
    while True:
        tries -= 1
        draft = rooms.site.draft()
        after = fill_secrets(edit(draft.site), make_secret, make_pin)
        problems = verified(after)
        refuse_new_errors(draft.site, after, problems)
        expected = draft.version if expect_version is None else expect_version
        try:
            return rooms.site.save_draft(after, call.asker.name, expected), problems
        except OvertakenError:
            if not tries:
                raise


def save_removal(
    rooms: Rooms, call: Call, key: str, expect_version: int | None, remove: Callable[[Site], Edit | MemberEdit]
) -> dict[str, Any]:
    """Save what takes a thing away, and tell what went with it: fields elsewhere that named it.

    key: what the thing is called in the audit log.
    """
    removed: list[str] = []

    def without(site: Site) -> Site:
        done = remove(site)
        removed[:] = [key_path(site, path) for path in done.references]
        return done.site

    draft, _ = save_edit(rooms, call, expect_version, without)
    call.audit(key, removed_references=removed, version=draft.version)
    return {"version": draft.version, "removed_references": removed}


def refuse_new_errors(before: Site, after: Site, problems: list[Problem]) -> None:
    """Raise :class:`ProblemsError` with the errors of ``after`` that ``before`` had not."""
    found = errors(problems)
    if not found:
        return
    known = {_identity(before, problem) for problem in errors(verified(before))}
    if fresh := [problem for problem in found if _identity(after, problem) not in known]:
        raise ProblemsError(fresh)


def make_secret() -> str:
    """A SIP password: 115 random bits."""
    return "".join(secrets.choice(_LETTERS) for _ in range(SECRET_LENGTH))


def make_pin() -> str:
    """A mailbox PIN."""
    return "".join(secrets.choice("0123456789") for _ in range(PIN_LENGTH))


def _identity(site: Site, problem: Problem) -> tuple[str, str, str]:
    """What makes a problem the same one in two versions of a site, though its index may have moved."""
    where = problem.where
    with suppress(LookupError):
        where = key_path(site, problem.path)
    return where, problem.code, repr(sorted(problem.params.items()))
