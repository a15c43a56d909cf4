"""Many calls at once with sound both ways, and what the box did to each packet of it.

SIPp calls and answers; the wires on both sides are captured with the kernel's time stamps. Every 20 ms of
the sound are unlike all others, so each packet that leaves the box is matched with the one that came in:
what is counted is the box's own delay and loss, whatever the sender's timing was on a busy machine.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tests.calls import product
from tests.calls.passage import EDGE_S, Frame, Streams, passage
from tests.phones import sipp
from tests.phones.baresip import PhoneError
from tests.phones.namespace import Namespace
from tests.phones.sipp import Row
from tests.phones.wire import RtpPacket, SipMessage, Wire


@dataclass(frozen=True)
class Pair:
    """Two extensions of the site, one calling the other, with their SIP passwords."""

    caller: str
    caller_secret: str
    callee: str
    callee_secret: str


@dataclass(frozen=True)
class Percentiles:
    """Of some values: median, 95th, 99th, largest; NaN when there were none."""

    p50: float
    p95: float
    p99: float
    max: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Percentiles:
        """Of these values."""
        if not values:
            return cls(*[float("nan")] * 4)
        p50, p95, p99, largest = (float(value) for value in np.percentile(values, [50, 95, 99, 100]))
        return cls(p50, p95, p99, largest)


@dataclass(frozen=True)
class CallsReport:
    """What became of the calls.

    lost: calls not answered, not ended by their caller, or whose sound ended before they did.
    packets, lost_packets: of both directions, sent towards the box inside the measured time, and those that
    did not come out of it. gaps_over_20ms: silences longer than 20 ms in what the box sent, that were not
    in what it was sent; source_gaps: those that were. transit_ms: time in the box; setup_ms: from INVITE
    with credentials to 200.
    """

    calls: int
    lost: int
    packets: int
    lost_packets: int
    gaps_over_20ms: int
    source_gaps: int
    transit_ms: Percentiles
    setup_ms: Percentiles


class Meter(Wire):
    """A wire that keeps of each packet only what is measured."""

    def __init__(self, namespace: Namespace) -> None:
        super().__init__(namespace)
        self.sent: Streams = defaultdict(list)
        self.received: Streams = defaultdict(list)

    def keep(self, packet: RtpPacket) -> None:
        """Note it under the box's port."""
        mark = int.from_bytes(hashlib.blake2b(packet.payload, digest_size=8).digest())
        if packet.outgoing:
            self.sent[packet.destination_port].append(Frame(packet.at, mark))
        else:
            self.received[packet.source_port].append(Frame(packet.at, mark))


def pairs(count: int, digits: int = 4) -> list[Pair]:
    """So many pairs with numbers from 1000 and 2000 up (of 4 digits)."""
    first, second = 10 ** (digits - 1), 2 * 10 ** (digits - 1)
    return [
        Pair(str(first + number), _secret(first + number), str(second + number), _secret(second + number))
        for number in range(count)
    ]


def site(members: Iterable[Pair], digits: int = 4) -> str:
    """A site file with these pairs and nothing else."""
    lines = [
        f"box: {{name: load, country: GB, time_zone: Europe/London, extension_digits: {digits}}}",
        "extensions:",
    ]
    for pair in members:
        for number, secret in ((pair.caller, pair.caller_secret), (pair.callee, pair.callee_secret)):
            lines.append(f'  - {{number: "{number}", name: "Phone {number}", secret: "{secret}"}}')
    return "\n".join(lines) + "\n"


def see_reachable(box: product.Box, numbers: Sequence[str], asterisk: Sequence[str] = ("asterisk",)) -> None:
    """Have Asterisk ask the phones of these numbers whether they are there, until all have said so.

    A phone that was asked while nothing listened at its address, between its registration and the start of
    what answers, counts as unreachable, and calls to it are refused. Raises PhoneError when some stay so.
    """
    console = " ".join(asterisk)
    missing = set(numbers)
    for _ in range(5):
        asked = "".join(f"pjsip qualify {number}\n" for number in sorted(missing))
        box.exec(["sh", "-c", f'while read -r line; do {console} -rx "$line"; done'], input=asked)
        time.sleep(0.5)
        shown = box.exec([*asterisk, "-rx", "pjsip show contacts"]).stdout
        missing -= set(re.findall(r"^\s*Contact:\s+(\w+)/\S+\s+\S+\s+Avail\s", shown, re.MULTILINE))
        if not missing:
            return
    raise PhoneError(f"{len(missing)} phones stay unreachable: {', '.join(sorted(missing)[:10])}")


def run_calls(
    box: product.Box,
    concurrent: int,
    seconds: float,
    folder: Path,
    *,
    rate: float = 10.0,
    members: Sequence[Pair] | None = None,
    meanwhile: Callable[[], None] | None = None,
) -> CallsReport:
    """Hold ``concurrent`` calls for ``seconds`` once all stand, and report on them.

    The site must have the members (default: ``pairs(concurrent)``, see :func:`site`). rate: calls a second
    at the start. meanwhile: done while all calls stand; must fit into ``seconds``. Raises PhoneError when
    the tools fail and RuntimeError when packets escaped the measurement.
    """
    members = (members or pairs(concurrent))[:concurrent]
    near, far = (Namespace(*box.phone(name)) for name in ("loadnear", "loadfar"))
    answering = [Row(pair.callee, "600", pair.callee, pair.callee_secret) for pair in members]
    sipp.finish(
        sipp.start("register", far, box.address, folder / "far", rows=answering, rate=50),
        folder / "far",
        "register",
    )
    dialling = [Row(pair.caller, pair.callee, pair.caller, pair.caller_secret) for pair in members]
    ramp = concurrent / rate
    with Meter(near) as here, Meter(far) as there:
        callee = sipp.start("callee", far, box.address, folder / "far", sound_s=ramp + seconds + 30)
        see_reachable(box, [pair.callee for pair in members])
        caller = sipp.start(
            "caller", near, box.address, folder / "near", rows=dialling, rate=rate, keys={"display": ""},
            talk_ms=round(1000 * (ramp + seconds)),
        )  # fmt: skip
        try:
            time.sleep(ramp + 1.0)
            if meanwhile is not None:
                meanwhile()
            caller.wait(timeout=2 * ramp + seconds + 60)
        finally:
            sipp.stop(caller)
            sipp.stop(callee)
        if missed := here.missed() + there.missed():
            raise RuntimeError(f"{missed} packets escaped the measurement: the machine is too busy to measure on")
    return _report(concurrent, here, there)


def _report(concurrent: int, here: Meter, there: Meter) -> CallsReport:
    dialogs = _dialogs(here.sip)
    ends = [dialog for dialog in dialogs if dialog.ended is not None]
    outcome = [passage(here.sent, there.received), passage(there.sent, here.received)]
    # A call whose sound stopped early shows as a stream that ends before the first call was hung up.
    first_end = min((dialog.ended for dialog in ends if dialog.ended is not None), default=0.0)
    silent = sum(
        1
        for streams in (here.received, there.received)
        for frames in streams.values()
        if frames[-1].at < first_end - EDGE_S
    )
    return CallsReport(
        calls=concurrent,
        lost=concurrent - len(ends) + silent,
        packets=sum(way.packets for way in outcome),
        lost_packets=sum(way.lost for way in outcome),
        gaps_over_20ms=sum(way.gaps for way in outcome),
        source_gaps=sum(way.source_gaps for way in outcome),
        transit_ms=Percentiles.of([value for way in outcome for value in way.transit_ms]),
        setup_ms=Percentiles.of([1000 * dialog.setup for dialog in ends]),
    )


@dataclass(frozen=True)
class DialogTimes:
    """setup: seconds from INVITE with credentials to 200; ended: when its caller hung up, None when not
    so.
    """

    setup: float
    ended: float | None


def _dialogs(messages: Iterable[SipMessage]) -> list[DialogTimes]:
    """The calls that were answered, as seen at the caller."""
    asked: dict[str, float] = {}
    answered: dict[str, float] = {}
    ended: dict[str, float] = {}
    for message in messages:
        call, method = message.header("Call-ID"), message.header("CSeq")
        if message.outgoing and message.first_line.startswith("INVITE") and message.header("Authorization"):
            asked.setdefault(call, message.at)
        elif not message.outgoing and message.first_line.startswith("SIP/2.0 200") and method.endswith("INVITE"):
            answered.setdefault(call, message.at)
        elif message.outgoing and message.first_line.startswith("BYE"):
            ended.setdefault(call, message.at)
    return [DialogTimes(at - asked[call], ended.get(call)) for call, at in answered.items() if call in asked]


def _secret(number: int) -> str:
    return "L" + hashlib.blake2b(str(number).encode(), digest_size=9).hexdigest()
