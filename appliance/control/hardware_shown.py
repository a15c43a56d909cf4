"""Make what is shown of the hardware out of what was found, what is pinned, and what profiles know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict

from appliance.hardware.profiles import connectors, profiles
from appliance.model.alarms import AlarmShown
from appliance.model.card_profiles import CardProfile, Remark
from appliance.model.hardware import FoundCard, Inventory
from appliance.model.hardware_shown import AwayShown, CardShown, PortShown, RemarkShown, SpanShown
from appliance.model.line_standards import LineStandard
from appliance.model.span_state import SpanState
from appliance.model.texts import sentences
from appliance.store.alarms import StoredAlarm


def card_shown(card: FoundCard, inventory: Inventory, standard: LineStandard) -> CardShown:
    """One card that is there."""
    profile = profiles().get(card.profile or "")
    places = (inventory.place(card.identity, span.local_span) for span in card.spans)
    return CardShown(
        identity=card.identity,
        profile=card.profile,
        model=card.model,
        device=card.device,
        location=card.location,
        state=card.state,
        module=card.module,
        options=profile.options(standard) if profile else {},
        spans=tuple(place.span for place in places if place),
        ports=tuple(_ports(card, inventory, profile)),
        echo_cancellers=tuple(one.name for one in profile.echo_cancellers) if profile else (),
        remarks=tuple(_remarks(profile)) if profile else (),
    )


def away_shown(inventory: Inventory) -> Iterator[AwayShown]:
    """Cards whose places are kept while they are not there, in the order they came."""
    here = {(card.identity, card.profile) for card in inventory.cards if card.spans}
    gone = dict.fromkeys((place.identity, place.profile) for place in inventory.places)
    for identity, profile in gone:
        if (identity, profile) not in here:
            mine = [place for place in inventory.places if (place.identity, place.profile) == (identity, profile)]
            replaced = any(place.retired for place in mine)
            yield AwayShown(
                identity=identity, profile=profile, spans=tuple(place.span for place in mine), replaced=replaced
            )


def spans_shown(states: Iterable[SpanState], cards: Iterable[FoundCard]) -> tuple[SpanShown, ...]:
    """The spans that DAHDI has now, each with the card it is on."""
    on = {span.span: (card.identity, span.local_span) for card in cards for span in card.spans if span.span}
    shown = []
    for state in states:
        card, local = on.get(state.span, (None, None))
        values = asdict(state) | {"counts": {name: n for name, n in asdict(state.counts).items() if n}}
        shown.append(SpanShown.model_validate(values | {"card": card, "local_span": local, "up": state.up}))
    return tuple(shown)


def alarm_shown(stored: StoredAlarm) -> AlarmShown:
    """An alarm of the history."""
    record = stored.record
    return AlarmShown(
        id=stored.id,
        kind=record.place.kind,
        span=record.place.span,
        channel=record.place.channel,
        name=record.name,
        card=record.card,
        began=record.began,
        ended=record.ended,
        unwatched=record.unwatched,
        cause=record.cause,
    )


def _ports(card: FoundCard, inventory: Inventory, profile: CardProfile | None) -> Iterator[PortShown]:
    drawings = [
        connectors()[group.connector].picture if group.connector else ""
        for group in (profile.ports if profile else ())
        for _ in range(group.count)
    ]
    for index, port in enumerate(card.ports):
        place = inventory.place(card.identity, port.local_span)
        yield PortShown(
            number=port.number,
            kind=port.kind,
            span=place.span if place else None,
            channel=place.base_channel + port.first - 1 if place else None,
            channels=port.channels,
            connector=drawings[index] if index < len(drawings) else "",
        )


def _remarks(profile: CardProfile) -> Iterator[RemarkShown]:
    for file in profile.firmware:
        text = sentences(file.without, {"file": file.file})
        yield RemarkShown(about="firmware", text=text, evidence=file.evidence, source=file.source)
    if profile.unsupported is not None:
        yield _remark("unsupported", profile.unsupported)
    for remark in profile.timing:
        yield _remark("timing", remark)
    for remark in profile.faults:
        yield _remark("fault", remark)


def _remark(about: str, remark: Remark) -> RemarkShown:
    return RemarkShown.model_validate(
        {"about": about, "text": sentences(remark.text), "evidence": remark.evidence, "source": remark.source}
    )
