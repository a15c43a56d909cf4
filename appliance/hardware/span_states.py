"""Spans as ``/proc/dahdi`` and ``/sys/bus/dahdi_spans`` show them.

The form of ``/proc/dahdi/<n>``: dahdi-linux, drivers/dahdi/dahdi-base.c, ``dahdi_seq_show``. It is made for people:
what is not understood is passed over, never an error.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from appliance.hardware.tree import Tree
from appliance.model.span_state import ChannelState, SpanAlarm, SpanCounts, SpanState, alarms_of

SPANS = "sys/bus/dahdi_spans/devices"
PROC = "proc/dahdi"

_HEADER = re.compile(r'(?:Span \d+: (?P<name>\S+) )?"(?P<description>.*)"(?P<rest>[^"]*)')
_COUNTS = {
    "BPV count": "bipolar", "CRC4 error count": "crc4", "E-bit error count": "e_bit", "FAS error count": "framing",
    "IRQ misses": "irq_misses", "Timing slips": "slips",
}  # fmt: skip
_COUNT = re.compile(r"\t(?P<what>[A-Z][A-Za-z0-9 -]*): (?P<number>\d{1,12})")
_CHANNEL = re.compile(r"\t *(?P<number>\d{1,9}) (?P<name>\S+)(?: (?P<rest>.*))?")
_ECHO = re.compile(r"\(EC: (?P<name>.*?) - (?P<state>ACTIVE|INACTIVE)\)")
_ALARMS = {
    "RED": SpanAlarm.RED, "YELLOW": SpanAlarm.YELLOW, "BLUE": SpanAlarm.BLUE, "LOOP": SpanAlarm.LOOPBACK,
    "RECOVERING": SpanAlarm.RECOVERING, "NOTOPEN": SpanAlarm.NOT_OPEN,
}  # fmt: skip
_SIGNALLINGS = (
    "Hardware-assisted HDLC", "SF (ToneOnly)", "E&M-E1", "E&M", "FXSLS", "FXSKS", "FXSGS", "FXOLS", "FXOKS", "FXOGS",
    "Clear", "HDLCRAW", "HDLCFCS", "HDLCNET", "MTP2", "Slave", "CAS", "DACS+RBS", "DACS",
)  # fmt: skip
"""``sigstr`` of dahdi-base.c, the longer of two that begin alike first."""


@lru_cache(maxsize=64)
def parse_span(span: int, text: str) -> SpanState:
    """The state in the text of ``/proc/dahdi/<span>``. Asked for every second, and rarely another than before."""
    lines = text.splitlines()
    header = _HEADER.match(lines[0]) if lines else None
    state = SpanState(span, "", "")
    if header:
        rest = header["rest"].split()
        state = replace(
            state,
            name=header["name"] or "",
            description=header["description"],
            master="(MASTER)" in rest,
            clock_source="ClockSource" in rest,
            alarms=_alarms(rest),
            line=tuple(part for word in rest if "/" in word or word in _LINE for part in word.split("/") if part),
        )
    counts: dict[str, int] = {}
    channels = []
    for line in lines[1:]:
        count, channel = _COUNT.fullmatch(line), _CHANNEL.fullmatch(line)
        if count and count["what"] in _COUNTS:
            counts[_COUNTS[count["what"]]] = int(count["number"])
        elif channel:
            channels.append(_channel(int(channel["number"]), channel["name"], channel["rest"] or ""))
    return replace(state, counts=SpanCounts(**counts), channels=tuple(channels))


_LINE = frozenset({"D4", "ESF", "AMI", "B8ZS", "CCS", "HDB3", "CRC4", "NTTE", "TERM"})
"""dahdi-base.c, ``dahdi_lineconfig_bit_name``."""


def span_states(root: Path) -> tuple[SpanState, ...]:
    """Every assigned span, by its number. Empty where DAHDI is not loaded."""
    tree = Tree(root)
    numbers = sorted(int(name) for name in tree.names(PROC) if re.fullmatch(r"[1-9]\d{0,3}", name))
    return tuple(_with_sysfs(tree, parse_span(number, tree.text(f"{PROC}/{number}"))) for number in numbers)


def _with_sysfs(tree: Tree, state: SpanState) -> SpanState:
    """Add what only the attributes tell: the type, and alarms that have no word in ``/proc``."""
    path = f"{SPANS}/span-{state.span}"
    mask = tree.number(f"{path}/alarms")
    return replace(
        state,
        span_type=tree.text(f"{path}/spantype"),
        alarms=state.alarms if mask is None else alarms_of(mask),
    )


def _channel(number: int, name: str, rest: str) -> ChannelState:
    echo = _ECHO.search(rest)
    rest = _ECHO.sub("", rest)
    return ChannelState(
        number=number,
        name=name,
        signalling=next((one for one in _SIGNALLINGS if f"{rest} ".startswith(f"{one} ")), None),
        in_use="(In use)" in rest,
        alarms=_alarms(rest.split()),
        echo_canceller=echo["name"] if echo else None,
        echo_active=echo is not None and echo["state"] == "ACTIVE",
    )


def _alarms(words: list[str]) -> tuple[SpanAlarm, ...]:
    return tuple(alarm for word, alarm in _ALARMS.items() if word in words)
