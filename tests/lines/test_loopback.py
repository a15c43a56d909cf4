"""Spans that appear in a running box: numbers of their own, set up by our unit, and left alone from then on."""

from __future__ import annotations

import pytest

from tests.lines import loopback
from tests.lines.conftest import Wires
from tests.lines.loopback import FAR, NEAR, PAIRS, card
from tests.lines.machine import LinesMachine
from tests.lines.office import PAIRS as KINDS

pytestmark = [pytest.mark.image, pytest.mark.timeout(1800)]


def test_every_span_has_the_numbers_that_are_pinned_to_it(machine: LinesMachine) -> None:
    places = loopback.places(machine)
    assert set(places) == {card(pair, end) for pair in PAIRS for end in (FAR, NEAR)}
    pinned = machine.sh(f"cat {loopback.GENERATION}/assigned-spans.conf").splitlines()
    for identity, place in places.items():
        assert f"{identity}\t1:{place.span}:{place.base}" in pinned


def test_lines_are_set_up_as_the_site_says(wires: Wires) -> None:
    spans = wires.office.spans()
    assert set(spans) == set(KINDS)
    for pair, signalling in (("pri", "Clear"), ("lines", "FXSKS"), ("telephones", "FXOKS")):
        near, span = wires.near(pair), spans[pair]
        assert (span.span, span.up, span.alarms) == (near.span, True, ())
        has = {channel.number: channel.signalling for channel in span.channels}
        bearers = set(has) - ({near.d_channel} if pair == "pri" else set())
        assert {has[number] for number in bearers} == {signalling}
        if pair == "pri":
            assert has[near.d_channel] == "HDLCFCS"


def test_setting_cards_up_again_changes_nothing(wires: Wires) -> None:
    told = configured(wires.office.machine)
    loopback.plug_in(wires.office.machine)
    assert configured(wires.office.machine) == told


def configured(machine: LinesMachine) -> int:
    """How often a span was configured since boot, by whichever unit came first."""
    return machine.sh("journalctl -b -o cat -u 'loopstart-dahdi*'").count(" configured: channels ")
