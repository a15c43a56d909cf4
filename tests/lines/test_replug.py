"""A span unplugged and plugged in again while others carry calls: nobody is renumbered, nobody is cut off, and the
clock is taken from another.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from tests.audio import Sound, tone_share
from tests.lines import loopback
from tests.lines.conftest import Ends
from tests.lines.exchange import Exchange
from tests.lines.machine import LinesMachine

pytestmark = [pytest.mark.image, pytest.mark.timeout(1800)]

TONE = 1004  # app_milliwatt
PRI, ANALOG = (1, 2), (3, 4)
ADDRESS = {1: "1:0", 2: "1:1", 3: "2:0", 4: "2:1"}
CALLS = 4


def places(machine: LinesMachine) -> dict[int, tuple[str, int]]:
    """Each span's far name and first channel, by its number."""
    return {number: (name.rpartition("/")[2], base) for number, (name, base) in loopback.spans(machine).items()}


def leader(machine: LinesMachine) -> int | None:
    """The span whose clock DAHDI takes; dahdi-base.c marks it in its /proc entry."""
    found = machine.sh("grep -l '(MASTER)' /proc/dahdi/[0-9]*", check=False).split()
    return int(found[0].rpartition("/")[2]) if found else None


def channels(ends: Ends) -> list[str]:
    """The DAHDI channels that carry calls at the box's end."""
    listed = ends.customer.ask("core show channels concise").splitlines()
    return sorted(line.partition("!")[0] for line in listed if line.startswith("DAHDI/"))


@contextmanager
def unplugged(machine: LinesMachine, span: int) -> Iterator[None]:
    """The span is away; plugged in again, our unit alone brings it back."""
    place = f"/sys/bus/dahdi_devices/devices/{loopback.identities(machine)[ADDRESS[span]]}"
    machine.exec(["dahdi_span_assignments", "remove", place])
    try:
        yield
    finally:
        machine.exec(["systemctl", "start", "loopstart-dahdi.service"], seconds=300)


def calls_over_the_pri(ends: Ends) -> list[str]:
    """Several calls that stay up."""
    for _ in range(CALLS):
        ends.company.call("Local/5551234@call/n", "tone")
    ends.customer.wait(lambda: len(channels(ends)) == CALLS, "every call is up", 120)
    return channels(ends)


def call_on_a_line(ends: Ends) -> list[str]:
    """One call from the telephone company to a line, which stays up."""
    ends.company.call("Local/63@ring/n", "tone")
    assert ends.customer.noted_soon("recorded", 120) == "yes"
    return channels(ends)


def heard(sound: Sound) -> bool:
    """The tone in half of three seconds, in pieces of a tenth: software emulation is not always in time."""
    pieces = [sound.part(at, at + 100) for at in range(0, int(sound.duration_ms) - 100, 100)]
    return sum(tone_share(piece, TONE) >= 0.5 for piece in pieces) >= 15


@pytest.mark.parametrize("span", ANALOG)
def test_calls_on_another_span_go_on_and_keep_their_channels(ends: Ends, span: int) -> None:
    ends.begin()
    _pri_is_up(ends)
    before, busy = places(ends.machine), calls_over_the_pri(ends)
    with unplugged(ends.machine, span):
        assert places(ends.machine) == {number: at for number, at in before.items() if number != span}
        assert channels(ends) == busy
    assert places(ends.machine) == before
    assert channels(ends) == busy
    ends.begin()


def test_the_clock_is_taken_from_another_span_and_the_sound_goes_on(ends: Ends, tmp_path: Path) -> None:
    ends.begin()
    machine, before = ends.machine, places(ends.machine)
    lead = leader(machine)
    assert lead is not None
    load = call_on_a_line if lead in PRI else calls_over_the_pri
    busy = load(ends)
    with unplugged(machine, lead):
        assert leader(machine) not in (None, lead)
        assert channels(ends) == busy
        # A call that begins while the leader is away has its sound too.
        ends.begin()
        busy = load(ends)
        assert ends.customer.noted_soon("recorded", 120) == "yes"
        assert heard(ends.customer.heard("heard", tmp_path))
    assert places(machine) == before
    assert channels(ends) == busy
    assert leader(machine) is not None
    ends.begin()


def _pri_is_up(ends: Ends) -> None:
    for end, span in ((ends.company, 1), (ends.customer, 2)):
        end.wait(partial(_is_up, end, span), "its D-channel is up", 120)


def _is_up(end: Exchange, span: int) -> bool:
    return "Up, Active" in end.ask(f"pri show span {span}")
