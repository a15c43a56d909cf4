"""Signing in and out, and the browsers that are signed in."""

from __future__ import annotations

import math
from typing import Annotated, Any

from pydantic import StringConstraints

from appliance.control.asker import Call
from appliance.control.errors import RefusedError
from appliance.control.messages import Session
from appliance.control.registry import Args, NoArgs, Open, verb
from appliance.control.rooms import Rooms
from appliance.control.shown import account_shown, session_shown
from appliance.model.access import Permission
from appliance.model.accounts import PASSWORD_MAX
from appliance.store.accounts import AccountRow
from appliance.store.codes import Purpose
from appliance.store.errors import MissingError

Typed = Annotated[str, StringConstraints(max_length=200)]
"""What somebody typed or pasted; more than this is not looked at."""
TypedPassword = Annotated[str, StringConstraints(max_length=4 * PASSWORD_MAX)]


class SignInArgs(Args):
    """totp: a code of the authenticator, or a recovery code."""

    name: Typed
    password: TypedPassword
    totp: Typed | None = None


class TokenArgs(Args):
    """token: from a one-time link."""

    token: Typed


class AccountArgs(Args):
    """account: a name."""

    account: Typed


class ListArgs(Args):
    """account: None is one's own."""

    account: Typed | None = None


class IdArgs(Args):
    """id: of a session."""

    id: Typed


@verb("session.sign_in", Open.ANYBODY, changes=True)
def sign_in(rooms: Rooms, call: Call, args: SignInArgs) -> dict[str, Any]:
    """Sign in with name, password and, where the account has one, the second factor.

    Refused with ``locked`` (seconds), ``wrong_credentials``, ``totp_needed`` or ``totp_wrong``. An account
    that is not there or is switched off is answered as a wrong password is, after as long.
    """
    name, address = args.name.lower(), call.asker.address
    wait = rooms.sign_ins.attempt(name, address)
    if wait:
        raise _failed(rooms, call, name, "locked", seconds=math.ceil(wait.total_seconds()))
    if not rooms.accounts.password_matches(name, args.password):
        raise _failed(rooms, call, name, "wrong_credentials")
    account = rooms.accounts.get(name)
    if account.totp:
        if not args.totp:
            rooms.sign_ins.withdrawn(name, address)
            raise RefusedError("totp_needed")
        factor = rooms.accounts.second_factor(name, args.totp)
        if factor is None:
            raise _failed(rooms, call, name, "totp_wrong")
        call.audit(second_factor=factor)
    rooms.sign_ins.succeeded(name, address)
    return _signed_in(rooms, call, account)


@verb("session.sign_in_once", Open.ANYBODY, changes=True)
def sign_in_once(rooms: Rooms, call: Call, args: TokenArgs) -> dict[str, Any]:
    """Sign in with a one-time link. A reset link opens a session that can only change the password."""
    code = rooms.codes.redeem(args.token, Purpose.SIGN_IN, Purpose.RESET)
    account = None if code is None or code.account is None else rooms.accounts.find(code.account)
    if code is None or account is None or not account.enabled:
        raise RefusedError("code_expired")
    call.audit(link=code.purpose.value)
    return _signed_in(rooms, call, account, must_change_password=code.purpose is Purpose.RESET)


@verb("session.sign_out", Permission.SELF, changes=True)
def sign_out(rooms: Rooms, call: Call, args: NoArgs) -> dict[str, Any]:
    """End the session that asks."""
    if call.asker.session is None:
        raise RefusedError("not_signed_in")
    rooms.sessions.revoke(call.asker.session)
    call.audit(call.asker.name)
    return {}


@verb("session.list", Permission.SELF)
def list_sessions(rooms: Rooms, call: Call, args: ListArgs) -> dict[str, list[Session]]:
    """The sessions of one's own account, or with ``accounts.manage`` of another's."""
    account = args.account.lower() if args.account else call.asker.account
    if account is None:
        raise RefusedError("not_signed_in")
    if account != call.asker.account and not call.asker.may(Permission.ACCOUNTS_MANAGE):
        raise RefusedError("forbidden")
    return {"sessions": [session_shown(row, call.asker.session) for row in rooms.sessions.of(account)]}


@verb("session.revoke", Permission.SELF, changes=True)
def revoke(rooms: Rooms, call: Call, args: IdArgs) -> dict[str, Any]:
    """End a session of one's own, or with ``accounts.manage`` of another's."""
    owner = rooms.sessions.owner(args.id)
    others = owner != call.asker.account
    if owner is None or (others and not call.asker.may(Permission.ACCOUNTS_MANAGE)):
        # Not ``forbidden`` for another's: that would tell that the session exists.
        raise MissingError(noun="session", name=args.id)
    rooms.sessions.revoke(args.id)
    call.audit(owner, session=args.id)
    return {}


@verb("sign_in_link", Open.LOCAL, changes=True)
def sign_in_link(rooms: Rooms, call: Call, args: AccountArgs) -> dict[str, Any]:
    """A one-time link for an account, good for 15 minutes. For whoever sits at the box."""
    account = rooms.accounts.get(args.account)
    if not account.enabled:
        raise RefusedError("account_disabled", name=account.name)
    call.audit(account.name)
    return {"token": rooms.codes.make(Purpose.SIGN_IN, account.name)}


def open_session(rooms: Rooms, call: Call, account: AccountRow, *, must_change_password: bool = False) -> str:
    """Begin a session of an account in the asker's browser; its token."""
    token, _ = rooms.sessions.start(account.name, call.asker.address, call.asker.user_agent, must_change_password)
    rooms.accounts.signed_in(account.name)
    return token


def _signed_in(rooms: Rooms, call: Call, account: AccountRow, *, must_change_password: bool = False) -> dict[str, Any]:
    token = open_session(rooms, call, account, must_change_password=must_change_password)
    call.who = account.name
    call.audit(account.name)
    return {"session": token, "account": account_shown(rooms.accounts.get(account.name))}


def _failed(rooms: Rooms, call: Call, name: str, code: str, seconds: int | None = None) -> RefusedError:
    """Put a failed try on record. Names of no account are left out: people type passwords into that field."""
    known = name if rooms.accounts.find(name) is not None else ""
    rooms.audit.add("", call.asker.address, "session.sign_in_failed", known, {"code": code})
    return RefusedError(code) if seconds is None else RefusedError(code, seconds=seconds)
