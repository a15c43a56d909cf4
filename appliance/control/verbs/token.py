"""API tokens."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any

from pydantic import Field

from appliance.control.asker import Call
from appliance.control.errors import RefusedError
from appliance.control.registry import Args, NoArgs, verb
from appliance.control.rooms import Rooms
from appliance.control.shown import token_shown
from appliance.control.verbs.session import Typed
from appliance.model.access import Permission, may
from appliance.model.accounts import AccountName, TokenLabel
from appliance.model.fields import Whole
from appliance.store.errors import MissingError


class AddArgs(Args):
    """scopes: what the token may do; expires_days: None for a token without an end.

    account: whose token it is; only the local console, which has no account, names one.
    """

    label: TokenLabel
    scopes: Annotated[tuple[Permission, ...], Field(min_length=1)]
    expires_days: Annotated[Whole, Field(ge=1, le=3650)] | None = None
    account: AccountName | None = None


class IdArgs(Args):
    """id: of a token."""

    id: Typed


@verb("token.list", Permission.TOKENS_MANAGE)
def list_tokens(rooms: Rooms, call: Call, args: NoArgs) -> dict[str, Any]:
    """Every token, newest first."""
    return {"tokens": [token_shown(row) for row in rooms.tokens.all()]}


@verb("token.add", Permission.TOKENS_MANAGE, changes=True)
def add(rooms: Rooms, call: Call, args: AddArgs) -> dict[str, Any]:
    """Make a token; it is shown this once. No scope may go beyond what its account may do."""
    asker = call.asker
    name = args.account if asker.local else asker.account
    if name is None:
        raise RefusedError("not_signed_in")
    if args.account not in (None, name):
        raise RefusedError("forbidden")
    role = rooms.accounts.get(name).role
    if any(not (asker.may(scope) and may(role, scope)) for scope in args.scopes):
        raise RefusedError("forbidden")
    expires = None if args.expires_days is None else rooms.clock() + timedelta(days=args.expires_days)
    token, row = rooms.tokens.add(args.label, args.scopes, name, expires)
    call.audit(row.id, label=row.label, scopes=list(row.scopes))
    return {"token": token, "info": token_shown(row)}


@verb("token.revoke", Permission.TOKENS_MANAGE, changes=True)
def revoke(rooms: Rooms, call: Call, args: IdArgs) -> dict[str, Any]:
    """Forget a token."""
    row = rooms.tokens.find(args.id)
    if row is None:
        raise MissingError(noun="token", name=args.id)
    rooms.tokens.revoke(args.id)
    call.audit(row.id, label=row.label)
    return {}
