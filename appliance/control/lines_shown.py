"""What is added to the spans that are shown: who talks, D-channels, error rates, the order of clocks."""

from __future__ import annotations

from collections.abc import Mapping

from appliance.control.rooms import Rooms
from appliance.live.state import State, call_of
from appliance.live.view import Party, live_call
from appliance.model.hardware_shown import ChannelShown, SpanShown
from appliance.model.span_state import SpanState
from appliance.render.dahdi import clock_order
from appliance.render.span_channels import of_site


def with_lines(rooms: Rooms, spans: tuple[SpanShown, ...], states: tuple[SpanState, ...]) -> tuple[SpanShown, ...]:
    """The spans as Asterisk and the running site have them besides DAHDI."""
    watched, d_channels, uses = rooms.lines.lines(), rooms.lines.d_channels(), rooms.lines.uses()
    rates = {state.span: rooms.lines.rates(state) for state in states}
    clocks = _clocks(rooms)
    live = rooms.live.state
    shown = []
    for span in spans:
        line = watched.get(span.span)
        up = d_channels.get(span.span, False) if line and line.isdn and d_channels is not None else None
        shown.append(
            span.model_copy(
                update={
                    "site_name": line.name if line else "",
                    "rates": rates.get(span.span, {}),
                    "d_channel": up,
                    "clock_order": clocks.get(span.span),
                    "channels": tuple(_with_talk(channel, uses, live) for channel in span.channels),
                }
            )
        )
    return tuple(shown)


def _clocks(rooms: Rooms) -> dict[int, int]:
    running = rooms.site.running()
    if running is None:
        return {}
    site = rooms.site.revision_site(running.revision)
    order = clock_order(site.hardware.spans)
    found = of_site(site, rooms.inventory.look())
    return {one.place.span: order[name] for name, one in found.items() if one.place is not None and name in order}


def _with_talk(channel: ChannelShown, uses: Mapping[int, str], live: State) -> ChannelShown:
    uniqueid = uses.get(channel.number)
    call = call_of(live, uniqueid) if uniqueid is not None else None
    if call is None:
        return channel
    parties = tuple(words for party in live_call(call).parties if (words := _named(party)))
    return channel.model_copy(update={"call": call.id, "talk": parties})


def _named(party: Party) -> str:
    number = party.extension or party.number
    return f"{number} {party.name}".strip() if party.name != number else number
