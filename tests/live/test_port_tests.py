"""What is said of a port follows from what was measured."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.live import port_tests as verdicts
from appliance.live.parse import TEST_CALLS, parse
from appliance.live.port_tests import Called, CameBack, Pattern
from appliance.live.tone_levels import Heard
from appliance.model.port_tests import PortTestOutcome, Verdict
from appliance.model.span_state import SpanAlarm
from appliance.model.texts import PROBLEM_TEXTS, sentences

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
PASSED, FAILED, OPEN = PortTestOutcome.PASSED, PortTestOutcome.FAILED, PortTestOutcome.OPEN
UP = Called(answered_s=1.0, cause=16)


def says(verdict: Verdict) -> tuple[PortTestOutcome, str]:
    """Outcome and code; every sentence of it is whole in every language."""
    assert verdict.code in PROBLEM_TEXTS
    for text in sentences(verdict.code, verdict.params).values():
        assert "…" not in text and "(test_" not in text, text
    return verdict.outcome, verdict.code


@pytest.mark.parametrize(
    ("alarms", "d_channel", "line", "said"),
    [
        ((), None, False, (PASSED, "test_no_alarm")),
        ((), True, False, (PASSED, "test_d_channel_up")),
        ((), False, False, (FAILED, "test_d_channel_down")),
        ((SpanAlarm.RED,), True, False, (FAILED, "test_alarm_red")),
        ((SpanAlarm.RED,), None, True, (FAILED, "test_no_battery")),
        ((SpanAlarm.YELLOW,), None, False, (FAILED, "test_alarm_yellow")),
    ],
)
def test_state(alarms: tuple[SpanAlarm, ...], d_channel: bool | None, line: bool, said: object) -> None:
    assert says(verdicts.state(alarms, d_channel=d_channel, line=line)) == said


@pytest.mark.parametrize("alarm", SpanAlarm)
def test_every_alarm_fails(alarm: SpanAlarm) -> None:
    assert says(verdicts.state((alarm,), d_channel=None, line=False))[0] is FAILED


@pytest.mark.parametrize(
    ("volts", "telephone", "said"),
    [
        (None, True, (OPEN, "test_voltage_untold")), (-48.4, True, (PASSED, "test_feeds")),
        (-2.0, True, (FAILED, "test_feeds_not")), (48.0, False, (PASSED, "test_fed")),
        (-48.0, False, (PASSED, "test_fed")), (6.0, False, (FAILED, "test_fed_not")),
    ],
)  # fmt: skip
def test_voltage(volts: float | None, telephone: bool, said: object) -> None:
    assert says(verdicts.voltage(volts, telephone=telephone)) == said


@pytest.mark.parametrize(
    ("called", "said"),
    [
        (Called(rang_s=0.1, answered_s=4.2, cause=16), (PASSED, "test_ring_answered")),
        (Called(rang_s=0.1, cause=0), (OPEN, "test_rang")),
        (Called(rang_s=0.1, cause=17), (FAILED, "test_ring_busy")),
        (Called(cause=27), (FAILED, "test_ring_refused")),
    ],
)
def test_ring(called: Called, said: object) -> None:
    assert says(verdicts.ring(called, 10)) == said


@pytest.mark.parametrize(
    ("heard", "said"),
    [
        (None, (FAILED, "test_not_seized")),
        (Heard(3, -13, 1.0, -13), (PASSED, "test_dial_tone")),
        (Heard(3, -40, 1.0, -40), (FAILED, "test_dial_faint")),
        (Heard(3, -15, 0.5, -13), (PASSED, "test_dial_broken")),
        (Heard(3, -62), (FAILED, "test_dial_silence")),
        (Heard(3, -15, 0.0, -90, (480, 620)), (FAILED, "test_dial_other")),
        (Heard(3, -15), (FAILED, "test_dial_noise")),
    ],
)
def test_dial_tone(heard: Heard | None, said: object) -> None:
    assert says(verdicts.dial_tone(UP, heard)) == said


@given(sent=st.floats(-30, 0), loss=st.floats(-10, 60))
def test_echo_is_judged_by_what_was_lost(sent: float, loss: float) -> None:
    verdict = verdicts.echo(UP, sent, sent - loss)
    assert (says(verdict)[0] is PASSED) is (sent - (sent - loss) >= 6.0)


@pytest.mark.parametrize(
    ("called", "back", "said"),
    [
        (UP, CameBack(3.1, "DAHDI/i2/5-1", "5551234", "5550100"), (PASSED, "test_came_back")),
        (UP, CameBack(3.1, "DAHDI/67-1", cleared=False), (FAILED, "test_back_stays")),
        (UP, None, (FAILED, "test_not_back")),
        (Called(cause=17), None, (FAILED, "test_call_busy")),
        (Called(cause=34), None, (FAILED, "test_call_refused")),
    ],
)
def test_call_back(called: Called, back: CameBack | None, said: object) -> None:
    assert says(verdicts.call_back(called, back, 30)) == said


@pytest.mark.parametrize(
    ("heard", "said"),
    [
        (Heard(3, -1, 1.0, -1), (PASSED, "test_level")),
        (Heard(3, -20, 1.0, -20), (FAILED, "test_level_off")),
        (Heard(3, 2, 1.0, 2), (FAILED, "test_level_off")),
        (Heard(3, -60), (FAILED, "test_level_silence")),
        (Heard(3, -20, 0.0, -90, (425,)), (FAILED, "test_level_none")),
        (None, (FAILED, "test_call_refused")),
    ],
)
def test_level(heard: Heard | None, said: object) -> None:
    assert says(verdicts.level(Called(cause=19), heard)) == said


@given(octets=st.integers(1, 10**6), errors=st.integers(0, 1000))
def test_one_error_in_a_pattern_fails_it(octets: int, errors: int) -> None:
    assert says(verdicts.loop(Pattern(octets, errors, found=True)))[0] is (FAILED if errors else PASSED)


def test_a_pattern_that_does_not_come_back_fails() -> None:
    assert says(verdicts.loop(Pattern(0, 0, found=False))) == (FAILED, "test_loop_nothing")


def test_calls_of_tests_are_nobodys() -> None:
    event = {"Event": "Newchannel", "Uniqueid": f"{TEST_CALLS}1", "Linkedid": f"{TEST_CALLS}1", "Channel": "DAHDI/69-1"}
    assert parse(event, NOON) is None
    assert parse(event | {"Uniqueid": "1.1"}, NOON) is None, "an analog channel has an id of its own"
    assert parse(event | {"Uniqueid": "1.1", "Linkedid": "1.1"}, NOON) is not None


@pytest.mark.parametrize(
    ("called", "here"),
    [
        ("s", True), ("5600", True), ("112345600", True), ("0112345600", True), ("+966112345600", True),
        ("00966112345600", True), ("966112345600", True), ("5601", False), ("0", False), ("00", False), ("", False),
        ("1112345600", False), ("0551234567", False), ("i", False),
    ],
)  # fmt: skip
def test_a_call_to_one_of_our_numbers_is_known_however_the_line_writes_it(called: str, here: bool) -> None:
    assert verdicts.leads_here(called, ("+966112345600",)) is here


@given(st.text(alphabet="0123456789+", max_size=16))
def test_what_is_longer_than_our_number_is_another(called: str) -> None:
    digits = called.lstrip("+0")
    if verdicts.leads_here(called, ("+966112345600",)):
        assert "966112345600".endswith(digits) and len(digits) > 1
