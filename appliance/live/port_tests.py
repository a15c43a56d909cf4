"""From what was measured on a port to what is said of it. Pure; the sentences are in ``model/texts/port_tests.py``."""

from __future__ import annotations

from dataclasses import dataclass

from appliance.live.tone_levels import SILENCE_DBM0, Heard
from appliance.model.port_tests import PortTestOutcome, Verdict
from appliance.model.span_state import SpanAlarm

STEADY = 0.8
"""Share of a recording that a steady dial tone fills; its beginning and end are cut off by windows."""
PRESENT = 0.2
"""Below it there was no dial tone but a click or a word."""
FAINT_DBM0 = -35.0
"""A dial tone that is fainter will not be heard by everybody (networks send it at about -10 dBm0)."""
SILENT_DBM0 = -45.0
LEAST_ECHO_LOSS_DB = 6.0
"""What echo cancellers need before them (ITU-T G.168, 6.4.2.1: echo path loss of 6 dB and more)."""
LOUD_DBM0, QUIET_DBM0 = 0.5, -16.0
"""Where a test tone of 0 dBm0 arrives on a line that is well: a long loop may take 16 dB off."""
LEAST_FEED_V, LEAST_LINE_V = 20.0, 16.0
"""A port on the hook feeds 24 or 48 V; a line brings about 48 V, long or electronic ones as little as 18."""
BUSY, NO_ANSWER, CLEARED = 17, 19, 16
"""Causes (ITU-T Q.850)."""


@dataclass(frozen=True, slots=True)
class Called:
    """How a call of a test went. Seconds since it began, None where it did not come so far. cause: of Q.850, 0 where
    there never was a channel.
    """

    rang_s: float | None = None
    answered_s: float | None = None
    cause: int = 0


@dataclass(frozen=True, slots=True)
class CameBack:
    """The call that came in. cleared: whether it ended when the one that went out did."""

    after_s: float
    channel: str
    called: str = ""
    caller: str = ""
    cleared: bool = True


@dataclass(frozen=True, slots=True)
class Pattern:
    """What came back of a pattern. octets: compared; errors: bits among them; found: whether it came back at all."""

    octets: int
    errors: int
    found: bool


def leads_here(called: str, own: tuple[str, ...]) -> bool:
    """Whether a call that a line brings may be one to us. called: as the line says it, the end of one of our numbers
    with or without what is dialled before it; ``s`` where the line says none (analog). own: in E.164.
    """
    number = called.lstrip("+").lstrip("0")
    return called == "s" or (len(number) > 1 and any(one.endswith(number) for one in own))


def state(alarms: tuple[SpanAlarm, ...], *, d_channel: bool | None, line: bool) -> Verdict:
    """Of alarms and D-channel. line: an FXO port, whose red alarm means that it is not fed."""
    if SpanAlarm.RED in alarms and line:
        return _failed("test_no_battery")
    if alarms:
        return _failed(f"test_alarm_{alarms[0].value}")
    if d_channel is False:
        return _failed("test_d_channel_down")
    return _passed("test_d_channel_up" if d_channel else "test_no_alarm")


def voltage(volts: float | None, *, telephone: bool) -> Verdict:
    """Of what the driver measures between the wires. volts: None where it does not tell."""
    if volts is None:
        return Verdict(outcome=PortTestOutcome.OPEN, code="test_voltage_untold")
    size, shown = abs(volts), f"{volts:.0f}"
    if telephone:
        return _passed("test_feeds", volts=shown) if size >= LEAST_FEED_V else _failed("test_feeds_not", volts=shown)
    return _passed("test_fed", volts=shown) if size >= LEAST_LINE_V else _failed("test_fed_not", volts=shown)


def ring(called: Called, seconds: int) -> Verdict:
    """Of a telephone that was rung for so long."""
    if called.answered_s is not None:
        return _passed("test_ring_answered", seconds=_seconds(called.answered_s))
    if called.rang_s is None:
        return _failed("test_ring_refused", cause=called.cause)
    if called.cause == BUSY:
        return _failed("test_ring_busy")
    return Verdict(outcome=PortTestOutcome.OPEN, code="test_rang", params={"seconds": seconds})


def dial_tone(called: Called, heard: Heard | None) -> Verdict:
    """Of what was heard off the hook. heard: None where the line could not be seized."""
    if heard is None:
        return _failed("test_not_seized", cause=called.cause)
    level = _level(heard.tone_level)
    if heard.share >= STEADY:
        if heard.tone_level < FAINT_DBM0:
            return _failed("test_dial_faint", level=level)
        return _passed("test_dial_tone", level=level)
    if heard.share >= PRESENT:
        return _passed("test_dial_broken", level=level)
    if heard.level < SILENT_DBM0:
        return _failed("test_dial_silence", level=_level(heard.level))
    if heard.strongest:
        return _failed("test_dial_other", tone=_tone(heard.strongest), level=_level(heard.level))
    return _failed("test_dial_noise", level=_level(heard.level))


def echo(called: Called, sent: float, came_back: float | None) -> Verdict:
    """Of a tone that was sent at ``sent`` dBm0. came_back: None where the line could not be seized."""
    if came_back is None:
        return _failed("test_not_seized", cause=called.cause)
    loss = sent - came_back
    params = {"loss": f"{loss:.0f}", "sent": _level(sent), "back": _level(came_back)}
    return _passed("test_echo", **params) if loss >= LEAST_ECHO_LOSS_DB else _failed("test_echo_strong", **params)


def call_back(called: Called, back: CameBack | None, seconds: int) -> Verdict:
    """Of a call to one of our own numbers."""
    if back is None:
        if called.cause == BUSY:
            return _failed("test_call_busy")
        if called.cause in {0, CLEARED}:
            return _failed("test_not_back", seconds=seconds)
        return _failed("test_call_refused", cause=called.cause)
    params: dict[str, str | int] = {
        "seconds": _seconds(back.after_s), "channel": back.channel,
        "called": back.called or "–", "caller": back.caller or "–",
    }  # fmt: skip
    return _passed("test_came_back", **params) if back.cleared else _failed("test_back_stays", **params)


def level(called: Called, heard: Heard | None) -> Verdict:
    """Of the test tone that a number of the telephone company sends."""
    if heard is None:
        return _failed("test_call_busy") if called.cause == BUSY else _failed("test_call_refused", cause=called.cause)
    if heard.share < PRESENT:
        if heard.level < SILENT_DBM0:
            return _failed("test_level_silence", level=_level(heard.level))
        return _failed("test_level_none", level=_level(heard.level), tone=_tone(heard.strongest) or "–")
    found = _level(heard.tone_level)
    if not QUIET_DBM0 <= heard.tone_level <= LOUD_DBM0:
        return _failed("test_level_off", level=found, least=f"{QUIET_DBM0:.0f}", most=f"{LOUD_DBM0:.1f}")
    return _passed("test_level", level=found)


def loop(pattern: Pattern) -> Verdict:
    """Of a pattern that was sent round."""
    if not pattern.found:
        return _failed("test_loop_nothing")
    bits = pattern.octets * 8
    params: dict[str, str | int] = {"bits": bits, "errors": pattern.errors}
    if pattern.errors == 0:
        return _passed("test_loop_clean", **params)
    return _failed("test_loop_errors", rate=f"{pattern.errors / bits:.1e}", **params)


def _passed(code: str, **params: str | int) -> Verdict:
    return Verdict(outcome=PortTestOutcome.PASSED, code=code, params=params)


def _failed(code: str, **params: str | int) -> Verdict:
    return Verdict(outcome=PortTestOutcome.FAILED, code=code, params=params)


def _seconds(value: float) -> str:
    return f"{value:.1f}"


def _level(dbm0: float) -> str:
    return f"{max(dbm0, SILENCE_DBM0):.1f}"


def _tone(frequencies: tuple[int, ...]) -> str:
    return "+".join(map(str, frequencies))
