"""What DAHDI prints for people is read back as it was meant; hostile text is no error."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.hardware.span_states import _SIGNALLINGS, parse_span, span_states
from appliance.model.span_state import (
    ALARM_BITS,
    ChannelState,
    SpanAlarm,
    SpanCounts,
    SpanState,
    alarms_of,
    counted_between,
)
from tests.hardware.test_cards import PROFILES, drive
from tests.hardware.trees import Box, spans_of

PRI = """Span 1: TE4/0/1 "T4XXP (PCI) Card 0 Span 1" (MASTER) HDB3/CCS/CRC4 YELLOW RECOVERING ClockSource
\tBPV count: 12
\tCRC4 error count: 3
\tE-bit error count: 4
\tFAS error count: 5
\tIRQ misses: 1
\tTiming slips: 7

\t   1 TE4/0/1/1 Clear (In use) (EC: VPMOCT128 - ACTIVE)
\t   2 TE4/0/1/2 Clear (EC: OSLEC - INACTIVE)
\t  16 TE4/0/1/16 HDLCFCS (In use)
\t  17 TE4/0/1/17
"""
ANALOG = """Span 2: WCTDM/0 "Wildcard TDM410P"

\t  32 WCTDM/0/0 FXOKS (In use) (EC: OSLEC - INACTIVE)
\t  33 WCTDM/0/1 FXSKS RED
\t  34 WCTDM/0/2 Reserved
\t  35 WCTDM/0/3 Unconfigured
"""
BRI = """Span 3: B4/0/1 "B4XXP (PCI) Card 0 Span 1" AMI/CCS/NTTE RED

\t  40 B4/0/1/1 Clear
\t  42 B4/0/1/3 Hardware-assisted HDLC (In use)
"""


def test_a_primary_rate_span() -> None:
    assert parse_span(1, PRI) == SpanState(
        span=1,
        name="TE4/0/1",
        description="T4XXP (PCI) Card 0 Span 1",
        alarms=(SpanAlarm.YELLOW, SpanAlarm.RECOVERING),
        master=True,
        clock_source=True,
        line=("HDB3", "CCS", "CRC4"),
        counts=SpanCounts(bipolar=12, crc4=3, e_bit=4, framing=5, slips=7, irq_misses=1),
        channels=(
            ChannelState(1, "TE4/0/1/1", "Clear", True, (), "VPMOCT128", True),
            ChannelState(2, "TE4/0/1/2", "Clear", False, (), "OSLEC", False),
            ChannelState(16, "TE4/0/1/16", "HDLCFCS", True),
            ChannelState(17, "TE4/0/1/17"),
        ),
    )


def test_an_analog_span_tells_a_line_without_voltage() -> None:
    span = parse_span(2, ANALOG)
    assert (span.alarms, span.up, span.line) == ((), True, ())
    assert [channel.signalling for channel in span.channels] == ["FXOKS", "FXSKS", None, None]
    assert [channel.alarms for channel in span.channels] == [(), (SpanAlarm.RED,), (), ()]


def test_a_basic_rate_span() -> None:
    span = parse_span(3, BRI)
    assert (span.line, span.alarms, span.up) == (("AMI", "CCS", "NTTE"), (SpanAlarm.RED,), False)
    assert span.channels[1] == ChannelState(42, "B4/0/1/3", "Hardware-assisted HDLC", True)


WORDS = {
    SpanAlarm.BLUE: "BLUE ", SpanAlarm.YELLOW: "YELLOW ", SpanAlarm.RED: "RED ", SpanAlarm.LOOPBACK: "LOOP ",
    SpanAlarm.RECOVERING: "RECOVERING ", SpanAlarm.NOT_OPEN: "NOTOPEN ",
}  # fmt: skip
SPOKEN = st.sets(st.sampled_from(list(WORDS))).map(lambda some: tuple(one for _, one in ALARM_BITS if one in some))
NAMES = st.from_regex(r"[A-Z][A-Za-z0-9]{0,8}(/\d{1,2}){1,3}", fullmatch=True)
CHANNELS = st.builds(
    ChannelState,
    number=st.integers(1, 1023),
    name=NAMES,
    signalling=st.sampled_from((None, *_SIGNALLINGS)),
    in_use=st.booleans(),
    alarms=SPOKEN,
    echo_canceller=st.sampled_from((None, "OSLEC", "MG2", "VPMOCT128")),
)
STATES = st.builds(
    SpanState,
    span=st.integers(1, 128),
    name=NAMES,
    description=st.text(st.characters(codec="ascii", exclude_characters='\n\r\x0b\x0c\x1c\x1d\x1e"'), max_size=40),
    alarms=SPOKEN,
    master=st.booleans(),
    clock_source=st.booleans(),
    line=st.sampled_from([(), ("ESF", "B8ZS"), ("CCS", "HDB3", "CRC4"), ("AMI", "CCS")]),
    counts=st.builds(SpanCounts, *[st.integers(0, 2**31 - 1)] * 6),
    channels=st.lists(CHANNELS, max_size=4).map(tuple),
)


def kernel_text(state: SpanState) -> str:
    """What ``dahdi_seq_show`` of dahdi-base.c prints for a span, line by line in its order."""
    spoken = "".join(word for alarm, word in WORDS.items() if alarm in state.alarms)
    text = f'Span {state.span}: {state.name} "{state.description}"' + (" (MASTER)" if state.master else "")
    text += f" {'/'.join(state.line)}" if state.line else ""
    text += f" {spoken}{'ClockSource ' if state.clock_source else ''}\n"
    counts = state.counts
    for what, number in (
        ("BPV count", counts.bipolar), ("CRC4 error count", counts.crc4), ("E-bit error count", counts.e_bit),
        ("FAS error count", counts.framing), ("IRQ misses", counts.irq_misses), ("Timing slips", counts.slips),
    ):  # fmt: skip
        text += f"\t{what}: {number}\n" if number else ""
    text += "\n"
    for one in state.channels:
        text += f"\t{one.number:4} {one.name} " + (f"{one.signalling} " if one.signalling else "Unconfigured ")
        text += "(In use) " if one.in_use else ""
        text += "".join(word for alarm, word in WORDS.items() if alarm in one.alarms)
        text += f"(EC: {one.echo_canceller} - {'ACTIVE' if one.echo_active else 'INACTIVE'}) " * bool(
            one.echo_canceller
        )
        text += "\n"
    return text


@given(STATES)
def test_whatever_the_kernel_prints_is_read_back(state: SpanState) -> None:
    assert parse_span(state.span, kernel_text(state)) == state


@given(st.text())
def test_text_of_any_kind_is_no_error(text: str) -> None:
    parse_span(1, text)
    parse_span(1, f'Span 1: X "{text}" (MASTER)\n\t{text}\n')


def test_spans_are_read_with_what_only_sysfs_tells(tmp_path: Path) -> None:
    assert span_states(tmp_path) == ()
    spans = spans_of(PROFILES["digium/te131"])
    spans[0].alarms = 0x308
    drive(Box(tmp_path), PROFILES["digium/te131"], spans)
    (span,) = span_states(tmp_path)
    assert (span.span, span.span_type, len(span.channels)) == (1, "E1", 31)
    assert span.alarms == (SpanAlarm.RED, SpanAlarm.LOSS_OF_SIGNAL, SpanAlarm.LOSS_OF_FRAME)


@pytest.mark.parametrize(("mask", "alarms"), [(0, ()), (1 << 20, ()), (0x2C, ("red", "yellow", "not_open"))])
def test_a_mask_of_alarms(mask: int, alarms: tuple[str, ...]) -> None:
    assert alarms_of(mask) == alarms


def test_a_line_that_recovers_carries_calls_again() -> None:
    assert replace(parse_span(1, PRI), alarms=(SpanAlarm.RECOVERING,)).up


def test_counts_between_two_looks_and_after_they_were_set_back() -> None:
    before, after = SpanCounts(bipolar=10, slips=5), SpanCounts(bipolar=12, slips=2)
    assert counted_between(before, after) == SpanCounts(bipolar=2, slips=2)
    assert counted_between(after, after).clean
