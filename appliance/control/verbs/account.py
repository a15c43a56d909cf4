"""Accounts: who may sign in, and as what."""

from __future__ import annotations

from typing import Any

from appliance.control.asker import Call
from appliance.control.errors import RefusedError
from appliance.control.messages import Account
from appliance.control.registry import Args, NoArgs, verb
from appliance.control.rooms import Rooms
from appliance.control.shown import account_shown
from appliance.control.verbs.session import Typed, TypedPassword
from appliance.model.access import Permission, Role
from appliance.model.accounts import AccountName, FullName, password_problems
from appliance.model.fields import Dialable, Language, YesNo
from appliance.model.problems import ProblemsError
from appliance.store.codes import Purpose


class AddArgs(Args):
    """password: None for an account that is entered by the link of ``account.reset``."""

    name: AccountName
    full_name: FullName = ""
    role: Role
    language: Language | None = None
    extension: Dialable | None = None
    password: TypedPassword | None = None


class Changes(Args):
    """What may be changed of an account; what is left out stays."""

    full_name: FullName = ""
    role: Role = Role.USER
    language: Language | None = None
    extension: Dialable | None = None
    enabled: YesNo = True


class EditArgs(Args):
    """name: of the account."""

    name: Typed
    changes: Changes


class NameArgs(Args):
    """name: of the account."""

    name: Typed


class EditSelfArgs(Args):
    """What people may change of their own account; what is left out stays."""

    full_name: FullName = ""
    language: Language | None = None


@verb("account.list", Permission.ACCOUNTS_MANAGE)
def list_accounts(rooms: Rooms, call: Call, args: NoArgs) -> dict[str, list[Account]]:
    """Every account, by name."""
    return {"accounts": [account_shown(row) for row in rooms.accounts.all()]}


@verb("account.own", Permission.SELF)
def own(rooms: Rooms, call: Call, args: NoArgs) -> Account:
    """One's own account."""
    return account_shown(rooms.accounts.get(_own_name(call)))


@verb("account.add", Permission.ACCOUNTS_MANAGE, changes=True)
def add(rooms: Rooms, call: Call, args: AddArgs) -> Account:
    """Make an account."""
    if args.password is not None and (problems := password_problems(args.password, args.name)):
        raise ProblemsError(problems)
    row = rooms.accounts.add(
        args.name,
        role=args.role,
        password=args.password,
        full_name=args.full_name,
        language=args.language,
        extension=args.extension,
    )
    call.audit(row.name, role=row.role.value)
    return account_shown(row)


@verb("account.edit", Permission.ACCOUNTS_MANAGE, changes=True)
def edit(rooms: Rooms, call: Call, args: EditArgs) -> Account:
    """Change name, role, language, extension of an account, or switch it off (which ends its sessions).

    Refused with ``last_admin`` where no administrator would remain.
    """
    changes = args.changes.model_dump(exclude_unset=True)
    row = rooms.accounts.edit(args.name, **changes)
    call.audit(row.name, **args.changes.model_dump(mode="json", exclude_unset=True))
    return account_shown(row)


@verb("account.edit_self", Permission.SELF, changes=True)
def edit_self(rooms: Rooms, call: Call, args: EditSelfArgs) -> Account:
    """Change one's own full name or language."""
    row = rooms.accounts.edit(_own_name(call), **args.model_dump(exclude_unset=True))
    call.audit(row.name, **args.model_dump(mode="json", exclude_unset=True))
    return account_shown(row)


@verb("account.remove", Permission.ACCOUNTS_MANAGE, changes=True)
def remove(rooms: Rooms, call: Call, args: NameArgs) -> dict[str, Any]:
    """Remove an account with its sessions and API tokens."""
    rooms.accounts.remove(args.name)
    call.audit(args.name.lower())
    return {}


@verb("account.reset", Permission.ACCOUNTS_MANAGE, changes=True)
def reset(rooms: Rooms, call: Call, args: NameArgs) -> dict[str, Any]:
    """A link by which somebody signs in once to choose a new password.

    Ends the account's sessions, clears its second factor, and lets it be tried again at once.
    """
    account = rooms.accounts.get(args.name)
    if not account.enabled:
        raise RefusedError("account_disabled", name=account.name)
    with rooms.accounts.transaction():
        rooms.sessions.revoke_all(account.name)
        rooms.accounts.disable_totp(account.name)
        rooms.sign_ins.clear(account.name)
        token = rooms.codes.make(Purpose.RESET, account.name)
    call.audit(account.name)
    return {"link_token": token}


def _own_name(call: Call) -> str:
    if call.asker.account is None:
        raise RefusedError("not_signed_in")
    return call.asker.account
