"""Tests of ports: telephones rung, lines listened to, calls out and in again, patterns sent round."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from appliance.control.asker import Call
from appliance.control.errors import RefusedError
from appliance.control.line_calls import connected
from appliance.control.port_tests import PortTest
from appliance.control.registry import Args, NoArgs, verb
from appliance.control.rooms import Rooms
from appliance.live.state import call_of
from appliance.live.view import live_call
from appliance.model.access import Permission
from appliance.model.fields import Label, Whole
from appliance.model.numbering import usual_emergency_numbers
from appliance.model.port_tests import (
    NEED_NUMBER,
    LoopMode,
    PortShownForTest,
    PortTestKind,
    PortTestOutcome,
    PortTestShown,
    PortTestsShown,
    TestNumber,
    is_call,
    kinds_for,
    usual_for,
)
from appliance.model.site import Site
from appliance.model.spans import Span
from appliance.render.span_channels import SpanChannels, of_site
from appliance.store.errors import MissingError

_EVERY_S = 0.3
_AT_LEAST_S = 10.0
"""A watcher hears this often even when nothing changes, so that it knows the line is open."""
_SECONDS = {PortTestKind.CALL_BACK: 30, PortTestKind.LEVEL: 30, PortTestKind.LOOP: 5}
_USUAL_SECONDS = 10
_MOST_SECONDS = 60
_MOST_LOOPED = 30
"""Root's program sends no longer."""


class TestArgs(Args):
    """span: as the site names it. port: the place of the channel in it, from 1. number: to call: of the box for
    ``call_back`` (usually the trunk's first), of the telephone company for ``level``. seconds: how long to ring, to
    wait for an answer or to send. loop: where a pattern turns round.
    """

    span: Label
    kind: PortTestKind
    port: Annotated[Whole, Field(ge=1, le=62)] = 1
    number: TestNumber | None = None
    seconds: Annotated[Whole, Field(ge=1, le=_MOST_SECONDS)] | None = None
    loop: LoopMode = LoopMode.PLUG


@verb("hardware.test", Permission.SITE_APPLY, changes=True, streams=True)
def test(rooms: Rooms, call: Call, args: TestArgs) -> Iterator[PortTestShown | None]:
    """Test a port of the running site. Goes on when nobody listens; refused while the port has a call."""
    site, span = _span(rooms, args.span)
    _must_be_there(span, args.port)
    kinds, kind = kinds_for(span.span), args.kind
    if kind not in kinds:
        raise RefusedError("test_not_of_port", kind=kind.value, span=args.span, kinds=", ".join(kinds))
    seconds = args.seconds or _SECONDS.get(kind, _USUAL_SECONDS)
    if kind is PortTestKind.LOOP:
        seconds = min(seconds, _MOST_LOOPED)
    own = _own_numbers(site)
    number = _number(site, span.span, kind, args.number, own)
    if is_call(kind) or kind is PortTestKind.LOOP:
        connected(rooms.ami)
        _must_be_free(rooms, span, args.port, whole=kind is PortTestKind.LOOP)
    if kind is PortTestKind.LOOP and args.loop is LoopMode.PLUG:
        _must_be_cut(rooms, span)
    begun = rooms.port_tests.begin(
        PortTest(site, span, args.port, kind, number, own, seconds, args.loop), call.asker.name
    )
    call.audit(f"{args.span}/{args.port}", kind=kind.value, **({"number": number} if number else {}))
    return _watched(rooms, begun)


@verb("hardware.tests", Permission.STATUS_READ)
def list_tests(rooms: Rooms, call: Call, args: NoArgs) -> PortTestsShown:
    """Every port of the running site with the tests it can have and the newest of each; the one that runs now."""
    newest: dict[tuple[str, int], list[PortTestShown]] = {}
    for one in rooms.port_tests.newest():
        newest.setdefault((one.span, one.port), []).append(one)
    ports = []
    for span, site in _spans(rooms):
        numbers = _numbers_of(site, span.span)
        for port in range(1, max(span.span.channels, len(span.bearers)) + 1):
            ports.append(
                PortShownForTest(
                    span=span.span.name,
                    port=port,
                    channel=span.bearers[port - 1] if span.present and port <= len(span.bearers) else None,
                    telephone=span.span.for_telephones,
                    kinds=kinds_for(span.span),
                    usual=usual_for(span.span),
                    numbers=numbers,
                    last=tuple(newest.get((span.span.name, port), ())),
                )
            )
    return PortTestsShown(at=rooms.clock(), ports=tuple(ports), running=rooms.port_tests.running)


def _spans(rooms: Rooms) -> Iterator[tuple[SpanChannels, Site]]:
    running = rooms.site.running()
    if running is not None:
        site = rooms.site.revision_site(running.revision)
        yield from ((span, site) for span in of_site(site, rooms.inventory.look()).values())


def _span(rooms: Rooms, name: str) -> tuple[Site, SpanChannels]:
    for span, site in _spans(rooms):
        if span.span.name == name:
            return site, span
    raise MissingError(noun="span", name=name)


def _must_be_there(span: SpanChannels, port: int) -> None:
    ports = len(span.bearers) or span.span.channels
    if port > ports:
        raise RefusedError("test_no_port", span=span.span.name, port=port, ports=ports)
    if not span.present or span.place is None:
        raise RefusedError("test_card_away", span=span.span.name)


def _must_be_free(rooms: Rooms, span: SpanChannels, port: int, *, whole: bool) -> None:
    """No call on the port. whole: nor on any other of its span."""
    uses = rooms.lines.uses()
    for channel in span.bearers if whole else (span.bearers[port - 1],):
        if channel in uses:
            found = call_of(rooms.live.state, uses[channel])
            parties = live_call(found).parties if found is not None else ()
            who = ", ".join(party.extension or party.number or party.name for party in parties) or "–"
            raise RefusedError("test_in_use", span=span.span.name, channel=channel, who=who)


def _must_be_cut(rooms: Rooms, span: SpanChannels) -> None:
    """A pattern comes back from a plug, not from an exchange that answers."""
    up = rooms.lines.d_channels() or {}
    if span.span.isdn and span.place is not None and up.get(span.place.span, False):
        raise RefusedError("test_d_channel_in_use", span=span.span.name)


def _number(site: Site, span: Span, kind: PortTestKind, asked: str | None, own: tuple[str, ...]) -> str:
    if kind not in NEED_NUMBER:
        return ""
    number = asked or (next(iter(_numbers_of(site, span)), "") if kind is PortTestKind.CALL_BACK else "")
    if not number:
        raise RefusedError(f"test_{kind.value}_number")
    emergency = site.box.emergency.numbers if site.box.emergency is not None else ()
    if number in (*emergency, *usual_emergency_numbers(site.box.country)):
        raise RefusedError("test_emergency_number", number=number)
    if kind is PortTestKind.CALL_BACK and number not in own:
        raise RefusedError("test_not_own_number", number=number)
    return number


def _numbers_of(site: Site, span: Span) -> tuple[str, ...]:
    """Numbers that lead to the box by this span first, then the others."""
    mine = [number for trunk in site.trunks if span.name in trunk.spans for number in trunk.numbers]
    return tuple(dict.fromkeys((*mine, *_own_numbers(site))))


def _own_numbers(site: Site) -> tuple[str, ...]:
    of_trunks = [number for trunk in site.trunks for number in trunk.numbers]
    return tuple(dict.fromkeys((*of_trunks, *(route.number for route in site.inbound_routes if route.number))))


def _watched(rooms: Rooms, begun: PortTestShown) -> Iterator[PortTestShown | None]:
    yield begun
    at = time.monotonic()
    while (found := rooms.port_tests.now(begun.id)) is not None:
        if found.outcome is not PortTestOutcome.RUNNING:
            yield found
            return
        if time.monotonic() - at >= _AT_LEAST_S:
            at = time.monotonic()
            yield found
        else:
            yield None
        time.sleep(_EVERY_S)
