"""From a peer and what it attached to the person who asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appliance.control.asker import Asker
from appliance.control.messages import Auth
from appliance.control.peers import Door, Peer
from appliance.model.access import ROLE_PERMISSIONS, Permission
from appliance.store.accounts import AccountRow

if TYPE_CHECKING:
    from appliance.control.rooms import Rooms


def asker_of(rooms: Rooms, peer: Peer, auth: Auth | None) -> Asker:
    """Who asks. A session or token that is not (or no longer) good gives nobody, who may ask only open verbs.

    The console without anything attached is itself; with a session or token it is that account and no more.
    """
    auth = auth or Auth()
    if auth.session is None and auth.token is None and peer.door is Door.CONSOLE:
        return Asker.console(peer.user)
    nobody = Asker(address=(auth.address or "")[:64], user_agent=(auth.user_agent or "")[:200])
    if auth.session is not None:
        session = rooms.sessions.use(auth.session)
        account = None if session is None else rooms.accounts.find(session.account)
        if session is None or account is None or not account.enabled:
            return nobody
        return _person(account, nobody, session=session.id, must_change_password=session.must_change_password)
    if auth.token is not None:
        token = rooms.tokens.use(auth.token)
        maker = None if token is None else rooms.accounts.find(token.created_by)
        if token is None or maker is None or not maker.enabled:
            return nobody
        return _person(maker, nobody, token=token.id, scopes=token.scopes)
    return nobody


def _person(
    account: AccountRow, seat: Asker, *, session: str | None = None, token: str | None = None,
    scopes: tuple[Permission, ...] | None = None, must_change_password: bool = False,
) -> Asker:  # fmt: skip
    """An account sitting where ``seat`` says.

    A token can do no more than its scopes, nor than its maker's role.
    """
    permissions = ROLE_PERMISSIONS[account.role]
    return Asker(
        name=account.name,
        role=account.role,
        permissions=permissions if scopes is None else permissions & frozenset(scopes),
        account=account.name,
        language=account.language,
        extension=account.extension,
        address=seat.address,
        user_agent=seat.user_agent,
        session=session,
        token=token,
        scopes=scopes,
        must_change_password=must_change_password,
    )
