"""Changing one's own password."""

from __future__ import annotations

from typing import Any

from appliance.control.asker import Call
from appliance.control.errors import RefusedError
from appliance.control.registry import Args, verb
from appliance.control.rooms import Rooms
from appliance.control.verbs.session import TypedPassword
from appliance.model.access import Permission
from appliance.model.accounts import password_problems
from appliance.model.problems import Problem


class ChangeArgs(Args):
    """old: not asked of a session opened by a reset link."""

    old: TypedPassword = ""
    new: TypedPassword


@verb("password.change", Permission.SELF, changes=True)
def change(rooms: Rooms, call: Call, args: ChangeArgs) -> dict[str, Any]:
    """Change one's password; every other session of the account ends.

    Refused with ``wrong_credentials``, ``locked``, ``password_too_short``, ``password_too_long``,
    ``password_guessable``, ``password_reused``.
    """
    name, session = own_session(call)
    if not call.asker.must_change_password:
        check_own_password(rooms, call, args.old)
    for problem in password_problems(args.new, name, ("new",)):
        raise RefusedError(problem.code, [problem], **problem.params)
    if rooms.accounts.password_matches(name, args.new):
        raise RefusedError("password_reused", [Problem(("new",), "password_reused")])
    with rooms.accounts.transaction():
        rooms.accounts.set_password(name, args.new)
        rooms.sessions.revoke_all(name, keep=session)
        rooms.sessions.password_changed(session)
    call.audit(name)
    return {}


def own_session(call: Call) -> tuple[str, str]:
    """Account and session of an asker. A token or the console has none.

    Proofs are changed by the person alone.
    """
    if call.asker.account is None or call.asker.session is None:
        raise RefusedError("not_signed_in")
    return call.asker.account, call.asker.session


def check_own_password(rooms: Rooms, call: Call, password: str) -> None:
    """Refuse unless this is the asker's password; tries are counted as those of signing in are."""
    name, _ = own_session(call)
    wait = rooms.sign_ins.attempt(name, call.asker.address)
    if wait:
        raise RefusedError("locked", seconds=int(wait.total_seconds()) + 1)
    if not rooms.accounts.password_matches(name, password):
        raise RefusedError("wrong_credentials")
    rooms.sign_ins.withdrawn(name, call.asker.address)
