"""A span unplugged and plugged in again while others carry calls: nobody is renumbered, nobody is cut off, and the
clock goes on.

Spans of DAHDI's loopback driver give no clock (with a timing other than 0 they flap): it is always the kernel's own,
which is what DAHDI falls back to when the last span that gives one is gone. Which of several spans of cards leads next
is DAHDI's; the order that it is told is in tests/render/test_dahdi.py.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from appliance.control.line_watch import FIND_EVERY_S
from tests.lines import loopback
from tests.lines.company import CALLED_TONE, CALLER_TONE
from tests.lines.conftest import Wires
from tests.lines.loopback import NEAR, Place, card, wait_until
from tests.lines.test_pri import hear_each_other, the_d_channel_is_up

pytestmark = [pytest.mark.image, pytest.mark.timeout(1800)]

CALLS = 4


@contextmanager
def unplugged(wires: Wires, pair: str) -> Iterator[None]:
    """The box's end of a pair is away. Plugged in again, it has its numbers, its signalling and Asterisk's channels,
    though nobody said a word to the box.
    """
    machine, before = wires.office.machine, loopback.places(wires.office.machine)
    loopback.unplug(machine, pair, NEAR)
    try:
        yield
    finally:
        loopback.plug_in(machine)
    assert loopback.places(machine) == before
    near = before[card(pair)]
    wanted = {str(number) for number in range(near.base, near.last + 1)}
    if pair == "pri":
        wanted.remove(str(near.d_channel))
    wait_until(lambda: wanted <= _held(wires), "Asterisk has its channels again", 120)


def _held(wires: Wires) -> set[str]:
    """The channels that Asterisk has."""
    listed = wires.office.asterisk("dahdi show channels").splitlines()
    return {line.split()[0] for line in listed if line.split()}


def others(places: dict[str, Place], pair: str) -> dict[str, Place]:
    return {identity: place for identity, place in places.items() if identity != card(pair)}


def calls_over_the_pri(wires: Wires, folder: Path) -> list[str]:
    """Several calls from outside to the SIP phone's mailbox and telephones, which stay up."""
    wires.company.calls(*(f"1123456{10 + place}" for place in range(CALLS)))
    hear_each_other(wires, folder, CALLS)
    return wires.office.channels()


def still_heard(wires: Wires, folder: Path, many: int) -> None:
    """What is said from now on arrives."""
    wires.company.forget()
    wires.company.hears("called_heard", CALLER_TONE, folder, many=many)
    wires.company.hears("caller_heard", CALLED_TONE, folder, many=many)


def test_calls_go_on_and_keep_their_channels_while_another_span_is_away(wires: Wires, tmp_path: Path) -> None:
    wires.begin()
    the_d_channel_is_up(wires)
    machine = wires.office.machine
    since = wires.office.now()
    before, busy = loopback.places(machine), calls_over_the_pri(wires, tmp_path)
    with unplugged(wires, "lines"):
        assert loopback.places(machine) == others(before, "lines")
        assert wires.office.channels() == busy
        wait_until(lambda: "missing" in {alarm.kind for alarm in wires.office.alarms(since)}, "an alarm says so", 60)
        still_heard(wires, tmp_path, CALLS)
        time.sleep(FIND_EVERY_S)
        assert "missing" in {alarm.kind for alarm in wires.office.alarms(since) if not alarm.ended}
    assert wires.office.channels() == busy
    wait_until(lambda: all(alarm.ended for alarm in wires.office.alarms(since)), "the alarm has ended", 60)
    wires.begin()
    wires.company.rings(1)
    hear_each_other(wires, tmp_path)


def test_the_line_that_is_first_for_the_clock_goes_and_comes_back_by_itself(wires: Wires, tmp_path: Path) -> None:
    """Under calls between telephones, which it does not concern."""
    wires.begin()
    wires.company.telephone_dials("112")
    hear_each_other(wires, tmp_path)
    busy = wires.office.channels()
    shown = wires.office.spans()
    assert shown["pri"].clock_order == 1
    assert not any(span.master for span in shown.values())
    with unplugged(wires, "pri"):
        assert wires.office.channels() == busy
        still_heard(wires, tmp_path, 1)
    assert wires.office.channels() == busy
    the_d_channel_is_up(wires)
    wires.begin()
    wires.company.calls("112345610")
    hear_each_other(wires, tmp_path)
