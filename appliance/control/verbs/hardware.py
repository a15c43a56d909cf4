"""The cards in the box, and how their spans are."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from appliance.control.asker import Call
from appliance.control.errors import RefusedError
from appliance.control.hardware_shown import alarm_shown, away_shown, card_shown, spans_shown
from appliance.control.lines_shown import with_lines
from appliance.control.registry import Args, NoArgs, verb
from appliance.control.rooms import Rooms
from appliance.hardware.capture import capture
from appliance.hardware.proposal import propose
from appliance.hardware.span_states import span_states
from appliance.model.access import Permission
from appliance.model.fields import Whole, YesNo
from appliance.model.hardware import Inventory
from appliance.model.hardware_shown import HardwareShown, SpanShown
from appliance.model.line_standards import LineStandard, line_standard
from appliance.store.errors import MissingError

_EVERY_S = 1.0
_AT_LEAST_S = 15.0
"""A watcher hears this often even when nothing changes, so that it knows the line is open."""


class AlarmsArgs(Args):
    """limit: how many; before: the id of the last one seen. lasting: only those that have not ended. span: only of
    this one of DAHDI's.
    """

    limit: Annotated[Whole, Field(ge=1, le=500)] = 50
    before: Annotated[Whole, Field(ge=1)] | None = None
    lasting: YesNo = False
    span: Annotated[Whole, Field(ge=1)] | None = None


class CardArgs(Args):
    """identity: of a card, as the list says it, or a beginning of it that no other has."""

    identity: Annotated[str, StringConstraints(min_length=1, max_length=1024)]


@verb("hardware.list", Permission.STATUS_READ)
def list_hardware(rooms: Rooms, call: Call, args: NoArgs) -> HardwareShown:
    """Cards that are there, cards that are away, and every span. A card seen for the first time gets its numbers."""
    return _now(rooms)


@verb("hardware.show", Permission.STATUS_READ)
def show(rooms: Rooms, call: Call, args: CardArgs) -> dict[str, Any]:
    """One card that is there, with its spans."""
    inventory = rooms.inventory.look()
    identity = _named(args.identity, {card.identity for card in inventory.cards})
    card = next(one for one in inventory.cards if one.identity == identity)
    spans = [span for span in _spans(rooms, inventory) if span.card == identity]
    return {"card": card_shown(card, inventory, _standard(rooms)), "spans": spans}


@verb("hardware.watch", Permission.STATUS_READ, streams=True)
def watch(rooms: Rooms, call: Call, args: NoArgs) -> Iterator[HardwareShown | None]:
    """The same as ``hardware.list``, now and each time it changed, at most one a second."""
    return _watched(rooms)


@verb("hardware.alarms", Permission.STATUS_READ)
def list_alarms(rooms: Rooms, call: Call, args: AlarmsArgs) -> dict[str, Any]:
    """Alarms of lines, newest first."""
    found = rooms.alarms.page(limit=args.limit + 1, before=args.before, lasting=args.lasting, span=args.span)
    return {"alarms": [alarm_shown(one) for one in found[: args.limit]], "more": len(found) > args.limit}


@verb("hardware.propose", Permission.SITE_READ)
def proposal(rooms: Rooms, call: Call, args: NoArgs) -> dict[str, Any]:
    """Spans of ``hardware.spans`` that would make use of the cards that are there."""
    return {"spans": list(propose(rooms.inventory.look().cards, _standard(rooms)))}


@verb("hardware.capture", Permission.STATUS_READ)
def take(rooms: Rooms, call: Call, args: NoArgs) -> dict[str, Any]:
    """The hardware as one document that can be replayed elsewhere."""
    return {"capture": capture(rooms.inventory.root, rooms.clock(), rooms.version)}


@verb("hardware.forget", Permission.SITE_EDIT, changes=True)
def forget(rooms: Rooms, call: Call, args: CardArgs) -> dict[str, Any]:
    """Give up the numbers that are kept for a card that is away and not coming back."""
    inventory = rooms.inventory.look()
    here = {card.identity for card in inventory.cards if card.spans}
    identity = _named(args.identity, here | {place.identity for place in inventory.places})
    if identity in here:
        raise RefusedError("card_present", name=identity)
    call.audit(identity)
    return {"spans": rooms.inventory.forget(identity)}


def _named(text: str, identities: set[str]) -> str:
    """The one identity that is meant."""
    found = [one for one in identities if one.startswith(text)]
    if text in identities:
        return text
    if len(found) != 1:
        raise MissingError(noun="card", name=text)
    return found[0]


def _now(rooms: Rooms) -> HardwareShown:
    inventory = rooms.inventory.look()
    standard = _standard(rooms)
    return HardwareShown(
        at=rooms.clock(),
        cards=tuple(card_shown(card, inventory, standard) for card in inventory.cards),
        away=tuple(away_shown(inventory)),
        spans=_spans(rooms, inventory),
    )


def _standard(rooms: Rooms) -> LineStandard:
    return line_standard(rooms.site.draft().site.box.country)


def _spans(rooms: Rooms, inventory: Inventory) -> tuple[SpanShown, ...]:
    states = span_states(rooms.inventory.root)
    return with_lines(rooms, spans_shown(states, inventory.cards), states)


def _watched(rooms: Rooms) -> Iterator[HardwareShown | None]:
    said: HardwareShown | None = None
    at = float("-inf")
    while True:
        now = _now(rooms)
        changed = said is None or now.model_copy(update={"at": said.at}) != said
        if changed or time.monotonic() - at >= _AT_LEAST_S:
            said, at = now, time.monotonic()
            yield now
        else:
            yield None
        time.sleep(_EVERY_S)
