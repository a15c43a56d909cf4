"""The first run: somebody who can see the console takes the box and becomes its administrator."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

from pydantic import Field

from appliance.apply.errors import ApplyError
from appliance.control.asker import Call
from appliance.control.errors import RefusedError
from appliance.control.registry import Args, NoArgs, Open, verb
from appliance.control.rooms import Rooms
from appliance.control.shown import account_shown
from appliance.control.verbs.session import Typed, TypedPassword, open_session
from appliance.model.access import Role
from appliance.model.accounts import AccountName, FullName, password_problems
from appliance.model.changes import GenerationState
from appliance.model.edit import edit_noun
from appliance.model.fields import Language
from appliance.model.problems import Problem, ProblemsError
from appliance.model.verify import errors, verify
from appliance.store.codes import Purpose
from appliance.store.errors import StoreError

log = logging.getLogger(__name__)

_TRIES = "first run"
"""Tries at the code are counted as those of an account of this name, which cannot exist (it has a space)."""


class ClaimArgs(Args):
    """code: from the console; box: name, country, time zone and language of the box."""

    code: Typed
    name: AccountName
    full_name: FullName = ""
    password: TypedPassword
    language: Language | None = None
    box: dict[str, Any] = Field(default_factory=dict)


@verb("first_run.state", Open.ANYBODY)
def state(rooms: Rooms, call: Call, args: NoArgs) -> dict[str, bool]:
    """Whether the box waits for its first administrator."""
    return {"open": not rooms.accounts.any()}


@verb("first_run.code", Open.LOCAL, changes=True)
def code(rooms: Rooms, call: Call, args: NoArgs) -> dict[str, str]:
    """A new code for the first run, good for 24 hours; an earlier one is good no more."""
    _must_be_open(rooms)
    return {"code": rooms.codes.make(Purpose.FIRST_RUN)}


@verb("first_run.claim", Open.ANYBODY, changes=True)
def claim(rooms: Rooms, call: Call, args: ClaimArgs) -> dict[str, Any]:
    """Make the first administrator, sign them in, and apply what they said of the box.

    Everything is checked before the code is used up. ``applied`` is False where Asterisk could not take the
    facts of
    the box at once: then they wait in the draft. Refused with ``first_run_closed``, ``wrong_code``,
    ``locked``, ``problems``.
    """
    _must_be_open(rooms)
    draft = rooms.site.draft()
    problems = password_problems(args.password, args.name)
    site = draft.site
    try:
        site = edit_noun(draft.site, "box", args.box)
        problems += errors(verify(site))
    except ProblemsError as error:
        problems += error.problems
    if problems:
        raise ProblemsError(problems)
    wait = rooms.sign_ins.attempt(_TRIES, call.asker.address)
    if wait:
        raise RefusedError("locked", seconds=int(wait / timedelta(seconds=1)) + 1)
    with rooms.accounts.transaction():
        _must_be_open(rooms)
        if rooms.codes.redeem(args.code.lower(), Purpose.FIRST_RUN) is None:
            raise RefusedError("wrong_code", [Problem(("code",), "wrong_code")])
        rooms.accounts.add(
            args.name,
            role=Role.ADMIN,
            password=args.password,
            full_name=args.full_name,
            language=args.language,
        )
        session = open_session(rooms, call, rooms.accounts.get(args.name))
    rooms.sign_ins.clear(_TRIES)
    rooms.site.save_draft(site, args.name, None)
    applied = _applied(rooms, args.name)
    call.who = args.name
    call.audit(args.name, applied=applied)
    return {"session": session, "account": account_shown(rooms.accounts.get(args.name)), "applied": applied}


def _applied(rooms: Rooms, author: str) -> bool:
    """Apply the draft. Whatever hinders it must not hide that the box has its administrator now."""
    try:
        return rooms.applier.apply(author).state is GenerationState.CONFIRMED
    except (ApplyError, StoreError) as error:
        log.warning("the facts of the box wait in the draft: %s", error)
    except Exception:
        log.exception("the facts of the box wait in the draft")
    return False


def _must_be_open(rooms: Rooms) -> None:
    if rooms.accounts.any():
        raise RefusedError("first_run_closed")
