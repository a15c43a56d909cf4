"""What of the lines is not as rendered. That DAHDI and Asterisk show it so is tested on a machine with spans."""

from __future__ import annotations

from dataclasses import replace

import pytest

from appliance.apply.lines import LineFault, faults_of
from appliance.model.span_state import ChannelState, SpanAlarm, SpanState
from appliance.render.dahdi import channel_signalling
from appliance.render.span_channels import SpanChannels, of_site
from tests.render.lines import INVENTORY, LINES

SPANS = [one for one in of_site(LINES, INVENTORY).values() if one.present]
HELD = {str(number) for one in SPANS for number in one.bearers}
ISDN = {str(one.place.span) for one in SPANS if one.place is not None and one.span.isdn}


def states(*, without: int | None = None) -> dict[int, SpanState]:
    """DAHDI as it is when everything is set up."""
    channels: dict[int, list[ChannelState]] = {}
    for one in SPANS:
        assert one.place is not None
        channels.setdefault(one.place.span, []).extend(
            ChannelState(number, f"x/{number}", signalling) for number, signalling in channel_signalling(one).items()
        )
    return {span: SpanState(span, "", "", channels=tuple(those)) for span, those in channels.items() if span != without}


def named(name: str) -> SpanChannels:
    return next(one for one in SPANS if one.span.name == name)


@pytest.mark.parametrize(
    ("span", "signalling", "d_channel"),
    [
        ("pri", "Clear", {16: "HDLCFCS"}),
        ("r2", "CAS", {}),
        ("t1", "E&M", {}),
        ("bri", "Clear", {135: "Hardware-assisted HDLC"}),
        ("fxs", "FXOKS", {}),
        ("fxo", "FXSKS", {}),
    ],
)
def test_each_kind_of_line_has_the_signalling_that_dahdi_words_so(
    span: str, signalling: str, d_channel: dict[int, str]
) -> None:
    one = named(span)
    assert channel_signalling(one) == dict.fromkeys(one.bearers, signalling) | d_channel


def test_lines_as_rendered_have_no_fault_and_an_alarm_is_none() -> None:
    assert list(faults_of(SPANS, states(), HELD, ISDN)) == []
    alarmed = {span: replace(state, alarms=(SpanAlarm.RED,)) for span, state in states().items()}
    assert list(faults_of(SPANS, alarmed, HELD, ISDN)) == []


def test_a_span_that_has_no_number_is_at_fault() -> None:
    assert list(faults_of(SPANS, states(without=1), HELD, ISDN)) == [LineFault("span", 1)]


def test_a_channel_that_dahdi_has_otherwise_is_at_fault() -> None:
    found = states()
    channels = (replace(found[1].channels[0], signalling="FXOKS"), *found[1].channels[1:])
    faults = list(faults_of(SPANS, found | {1: replace(found[1], channels=channels)}, HELD, ISDN))
    assert faults == [LineFault("channel", 1, "Clear", "FXOKS")]
    error = faults[0].error()
    assert (error.code, error.params["expected"], error.params["found"]) == ("probe_differs", "Clear", "FXOKS")


def test_what_asterisk_lacks_is_at_fault() -> None:
    faults = list(faults_of(SPANS, states(), HELD - {"2"}, ISDN - {"1"}))
    assert faults == [LineFault("dahdi", 2), LineFault("pri", 1)]
    assert [fault.error().params["name"] for fault in faults] == ["channel 2", "D-channel of span 1"]
