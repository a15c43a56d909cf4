"""The call history: everybody's, or that of one's own extension."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import Field

from appliance.control.asker import Call
from appliance.control.messages import ContactView
from appliance.control.registry import Args, verb
from appliance.control.rooms import Rooms
from appliance.control.verbs.session import Typed
from appliance.live.facts import Outcome
from appliance.model.access import Permission
from appliance.model.fields import Dialable, Whole
from appliance.store.errors import MissingError
from appliance.store.history import Filter, StoredContact

_READ = (Permission.HISTORY_READ, Permission.HISTORY_OWN)


class ListArgs(Args):
    """since, until: ISO 8601, UTC where no time zone is given; until itself is out. before: an id, for the
    next page.

    search: part of a number or of the caller's name.
    """

    search: Typed = ""
    extension: Dialable | None = None
    outcome: Outcome | None = None
    since: datetime | None = None
    until: datetime | None = None
    limit: Annotated[Whole, Field(ge=1, le=1000)] = 50
    before: Annotated[Whole, Field(ge=1, le=2**62)] | None = None


class IdArgs(Args):
    """id: of a contact."""

    id: Annotated[Whole, Field(ge=0, le=2**62)]


@verb("history.list", _READ)
def list_contacts(rooms: Rooms, call: Call, args: ListArgs) -> dict[str, Any]:
    """A page of contacts, newest first. With ``history.own`` alone.

    Those of the own extension, whatever is asked.
    """
    extension = args.extension
    if not call.asker.may(Permission.HISTORY_READ):
        own = call.asker.extension
        if own is None or extension not in (None, own):
            return {"contacts": [], "more": False}
        extension = own
    wanted = Filter(
        search=args.search,
        extension=extension,
        outcome=args.outcome,
        since=_utc(args.since),
        until=_utc(args.until),
    )
    found = rooms.history.contacts(wanted, limit=args.limit, before=args.before)
    # One more than a full page is not asked for: a page that is full has a next one, which may be empty.
    return {"contacts": [contact_shown(stored) for stored in found], "more": len(found) == args.limit}


@verb("history.get", _READ)
def get(rooms: Rooms, call: Call, args: IdArgs) -> ContactView:
    """One contact. With ``history.own`` alone, one that the own extension took part in."""
    stored = rooms.history.contact(args.id)
    if not call.asker.may(Permission.HISTORY_READ):
        own = call.asker.extension
        parties = {stored.record.caller, *(part.target for part in stored.record.segments)}
        if own is None or own not in parties:
            # Not ``forbidden``: that would tell that there is such a contact.
            raise MissingError(noun="contact", name=args.id)
    return contact_shown(stored)


def contact_shown(stored: StoredContact) -> ContactView:
    """A contact as it travels."""
    record = stored.record
    shown = asdict(record) | {"id": stored.id, "talk_s": record.talk_s, "outcome": record.outcome or ""}
    return ContactView.model_validate(shown)


def _utc(moment: datetime | None) -> datetime | None:
    return moment.replace(tzinfo=UTC) if moment is not None and moment.tzinfo is None else moment
