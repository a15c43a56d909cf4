"""DAHDI's own drivers and unit on a booted machine, between two plain Asterisks: what every test of lines stands on."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from tests.audio import TONE_SHARE, Sound, tone_share
from tests.lines import loopback
from tests.lines.conftest import Ends
from tests.lines.exchange import Exchange
from tests.lines.machine import LinesMachine

pytestmark = [pytest.mark.image, pytest.mark.timeout(1800)]

TONE = 1004  # app_milliwatt, the trade's test tone
PLACES = {1: ("1:0", 1), 2: ("1:1", 32), 3: ("2:0", 63), 4: ("2:1", 67)}


def carries_the_tone(sound: Sound) -> bool:
    """Half of three seconds, in pieces of a tenth: software emulation is not always in time."""
    pieces = [sound.part(at, at + 100) for at in range(0, int(sound.duration_ms) - 100, 100)]
    return sum(tone_share(piece, TONE) >= TONE_SHARE for piece in pieces) >= 15


def spans(machine: LinesMachine) -> dict[int, tuple[str, int]]:
    return {number: (name.rpartition("/")[2], base) for number, (name, base) in loopback.spans(machine).items()}


def test_spans_have_the_numbers_that_are_pinned_to_them(machine: LinesMachine) -> None:
    assert spans(machine) == PLACES
    assert machine.sh("systemctl is-failed loopstart-dahdi.service", check=False).strip() == "inactive"
    assert "(In use)" not in machine.sh("cat /proc/dahdi/2")
    assert "HDLCFCS" in machine.sh("cat /proc/dahdi/2")


def test_setting_cards_up_again_changes_nothing(machine: LinesMachine) -> None:
    told = configured(machine)
    assert told == 4
    machine.exec(["systemctl", "start", "loopstart-dahdi.service"], seconds=900)
    assert configured(machine) == told


def configured(machine: LinesMachine) -> int:
    """How often a span was configured since boot, by whichever unit came first."""
    return machine.sh("journalctl -b -o cat -u 'loopstart-dahdi*'").count(" configured: channels ")


def test_the_d_channel_comes_up_at_both_ends(ends: Ends) -> None:
    for end, span in ((ends.company, 1), (ends.customer, 2)):
        end.wait(partial(_d_channel_is_up, end, span), "its D-channel is up", 90)


def _d_channel_is_up(end: Exchange, span: int) -> bool:
    return "Up, Active" in end.ask(f"pri show span {span}")


@pytest.mark.parametrize("way", ["in", "out"])
def test_a_call_over_the_pri_carries_numbers_and_sound(ends: Ends, way: str, tmp_path: Path) -> None:
    ends.begin()
    caller, called = (ends.company, ends.customer) if way == "in" else (ends.customer, ends.company)
    caller.call("Local/5551234@call/n", "tone")
    assert called.noted_soon("recorded", 90) == "yes"
    assert (called.noted("called"), called.noted("number")) == ("5551234", "5550100")
    assert caller.noted("answered") == "yes"
    assert carries_the_tone(called.heard("heard", tmp_path))
    caller.ask("channel request hangup all")
    assert called.noted_soon("ended") == "yes"


def test_a_busy_number_says_so_with_its_cause(ends: Ends) -> None:
    ends.begin()
    ends.customer.call("Local/666@call/n", "tone")
    assert ends.customer.noted_soon("cause") == "17"


def test_a_line_rings_with_its_callers_number_is_answered_and_hung_up(ends: Ends, tmp_path: Path) -> None:
    ends.begin()
    _ring(ends.company, "63", ends.customer, tmp_path)


def test_a_telephone_rings_with_its_callers_number_is_answered_and_hung_up(ends: Ends, tmp_path: Path) -> None:
    ends.begin()
    _ring(ends.customer, "69", ends.company, tmp_path)


def _ring(caller: Exchange, port: str, called: Exchange, folder: Path) -> None:
    caller.call(f"Local/{port}@ring/n", "tone")
    assert called.noted_soon("recorded", 90) == "yes"
    assert (called.noted("number"), called.noted("name")) == ("5550100", "Najd Clinic")
    assert carries_the_tone(called.heard("heard", folder))
    caller.ask("channel request hangup all")
    assert called.noted_soon("ended") == "yes"


def test_a_telephone_dials_and_is_heard(ends: Ends, tmp_path: Path) -> None:
    """It waits for the dial tone like a person: half a second for each `w`."""
    ends.begin()
    ends.company.call("DAHDI/65/wwww5551234", "tone")
    assert ends.customer.noted_soon("recorded", 90) == "yes"
    assert (ends.customer.noted("called"), ends.customer.noted("number")) == ("5551234", "110")
    assert carries_the_tone(ends.customer.heard("heard", tmp_path))
    ends.company.ask("channel request hangup all")
    assert ends.customer.noted_soon("ended") == "yes"


def test_a_span_taken_out_and_put_in_again_comes_back_as_it_was(ends: Ends) -> None:
    """Nothing else is renumbered, the other end sees the alarm, and udev alone brings it back."""
    machine = ends.machine
    devices = loopback.identities(machine)
    place = f"/sys/bus/dahdi_devices/devices/{devices['1:0']}"
    machine.exec(["dahdi_span_assignments", "remove", place])
    ends.customer.wait(lambda: "Down" in ends.customer.ask("pri show span 2"), "its D-channel goes down", 120)
    assert spans(machine) == {number: place for number, place in PLACES.items() if number != 1}
    machine.exec(["systemctl", "start", "loopstart-dahdi.service"], seconds=900)
    assert spans(machine) == PLACES
    assert "HDLCFCS" in machine.sh("cat /proc/dahdi/1")
