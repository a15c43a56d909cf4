"""One's own second factor: codes of an authenticator app (RFC 6238)."""

from __future__ import annotations

from typing import Any

from appliance.control.asker import Call
from appliance.control.errors import RefusedError
from appliance.control.registry import Args, NoArgs, verb
from appliance.control.rooms import Rooms
from appliance.control.verbs.password import check_own_password, own_session
from appliance.control.verbs.session import Typed, TypedPassword
from appliance.model.access import Permission
from appliance.store.passwords import totp_uri


class CodeArgs(Args):
    """code: what the authenticator shows."""

    code: Typed


class PasswordArgs(Args):
    """password: one's own."""

    password: TypedPassword


@verb("totp.begin", Permission.SELF, changes=True)
def begin(rooms: Rooms, call: Call, args: NoArgs) -> dict[str, Any]:
    """A new secret to put into an authenticator; it counts from ``totp.confirm`` on."""
    name, _ = own_session(call)
    secret = rooms.accounts.begin_totp(name)
    call.audit(name)
    return {"secret": secret, "uri": totp_uri(secret, name, rooms.site.draft().site.box.name)}


@verb("totp.confirm", Permission.SELF, changes=True)
def confirm(rooms: Rooms, call: Call, args: CodeArgs) -> dict[str, Any]:
    """Switch the second factor on, with a code that shows that the authenticator has it. Refused.

    ``totp_wrong``.
    """
    name, _ = own_session(call)
    codes = rooms.accounts.confirm_totp(name, args.code)
    if codes is None:
        raise RefusedError("totp_wrong")
    call.audit(name)
    return {"recovery_codes": list(codes)}


@verb("totp.disable", Permission.SELF, changes=True)
def disable(rooms: Rooms, call: Call, args: PasswordArgs) -> dict[str, Any]:
    """Switch the second factor off, for who knows the password. Refused.

    ``wrong_credentials``, ``locked``.
    """
    name, _ = own_session(call)
    check_own_password(rooms, call, args.password)
    rooms.accounts.disable_totp(name)
    call.audit(name)
    return {}
