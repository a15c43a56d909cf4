"""`loopstart hardware test` on the product's own lines: what passes, and what fails when the far end is not well."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.lines.conftest import Wires
from tests.lines.loopback import wait_until
from tests.lines.office import HEAD
from tests.lines.test_pri import the_d_channel_is_up

pytestmark = [pytest.mark.image, pytest.mark.timeout(1800)]

LINE = "lines/24"
OUTSIDE = "0551212345"
TONE_DBM0 = -10.0
"""What Asterisk's Playtones sends (main/indications.c)."""


def tried(wires: Wires, port: str, kind: str, *more: str) -> dict[str, Any]:
    """What the command prints of one test; of a refusal, the error."""
    words = ["loopstart", "hardware", "test", port, "--kind", kind, "--json", *more]
    told = json.loads(wires.office.exec(words, check=False).stdout)
    found: dict[str, Any] = told["tests"][0] if "tests" in told else told["error"]
    return found


def result(wires: Wires, port: str, kind: str, *more: str) -> tuple[str, str]:
    found = tried(wires, port, kind, *more)
    return found["outcome"], found["code"]


def test_a_line_that_is_well_has_no_alarm(wires: Wires) -> None:
    wires.begin()
    the_d_channel_is_up(wires)
    assert result(wires, "pri", "state") == ("passed", "test_d_channel_up")
    assert result(wires, "telephones/1", "state") == ("passed", "test_no_alarm")


def test_a_driver_that_measures_nothing_says_so(wires: Wires) -> None:
    assert result(wires, LINE, "voltage") == ("open", "test_voltage_untold")


def test_a_telephone_is_rung_and_answered_and_one_that_nobody_answers_is_left_to_whoever_listens(wires: Wires) -> None:
    wires.begin()
    assert result(wires, "telephones/1", "ring", "--seconds", "30") == ("passed", "test_ring_answered")
    wires.begin()
    wires.company.sets(do="rings")
    assert result(wires, "telephones/2", "ring", "--seconds", "6") == ("open", "test_rang")


def test_a_dial_tone_is_heard_and_its_level_told(wires: Wires) -> None:
    """In the emulator a tone may have gaps."""
    wires.begin()
    found = tried(wires, LINE, "dial_tone")
    assert (found["outcome"], found["code"]) in {("passed", "test_dial_tone"), ("passed", "test_dial_broken")}, found
    assert -25 < float(found["params"]["level"]) < 0


def test_a_wire_without_a_fork_brings_no_echo(wires: Wires) -> None:
    wires.begin()
    assert result(wires, LINE, "echo") == ("passed", "test_echo")


def test_the_level_of_a_test_tone_is_measured(wires: Wires) -> None:
    wires.begin()
    wires.company.sets(do="test-tone")
    found = tried(wires, "pri", "level", "--number", OUTSIDE)
    assert (found["outcome"], found["code"]) == ("passed", "test_level"), found
    assert abs(float(found["params"]["level"]) - TONE_DBM0) < 2
    wires.company.sets(do="silent")
    assert result(wires, "pri/2", "level", "--number", OUTSIDE) == ("failed", "test_level_silence")
    assert result(wires, "pri/2", "level", "--number", "0550000017") == ("failed", "test_call_busy")


def test_a_call_goes_out_and_comes_in_again(wires: Wires) -> None:
    """The call of the test itself is no contact; the one that came in is, though it is given up at once."""
    since = wires.begin()
    wires.company.sets(do="comes-back", next="112345610")
    found = tried(wires, "pri", "call_back", "--number", f"{HEAD}10")
    assert (found["outcome"], found["code"]) == ("passed", "test_came_back"), found
    wires.office.history(since, {"direction": "inbound", "trunk": "pstn", "outcome": "cancelled"})


def test_a_pattern_is_not_sent_over_calls_nor_where_an_exchange_answers(wires: Wires) -> None:
    wires.begin()
    the_d_channel_is_up(wires)
    wires.company.calls("112345610")
    wires.company.noted("arrived")
    assert tried(wires, "pri", "loop", "--loop", "card")["code"] == "test_in_use"
    assert tried(wires, "telephones/1", "ring")["code"] == "test_in_use"
    wires.begin()
    assert tried(wires, "pri", "loop")["code"] == "test_d_channel_in_use"


def test_a_pattern_that_does_not_come_back_fails_and_the_channel_is_given_back(wires: Wires) -> None:
    """The far end is stopped: what is sent goes nowhere. These spans cannot be turned round in their driver."""
    wires.begin()
    wires.company.stop()
    try:
        wait_until(lambda: not wires.office.span("pri").d_channel, "the D-channel is down", 120)
        before = wires.office.asterisk("dahdi show channels")
        assert result(wires, "pri", "state") == ("failed", "test_d_channel_down")
        assert result(wires, "pri", "loop", "--seconds", "2") == ("failed", "test_loop_nothing")
        assert wires.office.asterisk("dahdi show channels") == before
        assert tried(wires, "pri", "loop", "--loop", "card")["code"] == "test_loop_not_in_card"
    finally:
        wires.company.start()
    the_d_channel_is_up(wires)
    wires.begin()
    wires.company.sets(do="test-tone")
    assert result(wires, "pri", "level", "--number", OUTSIDE) == ("passed", "test_level")
