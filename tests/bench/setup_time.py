"""How long a call takes to ring through our dialplan, against a bare `Dial()`: on a bare Asterisk, and on our own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tests.bench import load
from tests.bench.bench import Bench
from tests.bench.load import Load, Target
from tests.bench.result import Result, at_most, by, median, spread
from tests.calls.load import pairs
from tests.phones import sipp
from tests.phones.namespace import Namespace
from tests.phones.wire import SipMessage, Wire

RATE = 10
MEMBERS = 50
CALLS = {False: 100, True: 50}
"""Of a round."""
ROUNDS = {False: 3, True: 1}
RATIO_AIM = 1.2
PREFIX = "9"
BESIDE = f"_{PREFIX}XXXX"
"""What is put beside our dialplan for the time of the measurement: a number with this before it is just dialled."""
NOTE = "from the INVITE that carries the credentials to the first 180, at the caller's cable"


@dataclass(frozen=True)
class Way:
    """A way for a call to its phone."""

    name: str
    target: Target
    prefix: str = ""


def measure(bench: Bench) -> Iterator[Result]:
    """Rounds on each way in turn, so that a moment's noise hits all."""
    members = pairs(MEMBERS)
    bench.become(load.site(members))
    near, far = (Namespace(*bench.box.phone(name)) for name in ("loadnear", "loadfar"))
    calls = Load(near, far, bench.folder / "setup", members)
    bench.bare.start()
    ways = (Way("ours", bench.ours), Way("beside", bench.ours, PREFIX), Way("bare", bench.bare.target))
    rings: dict[str, list[float]] = {way.name: [] for way in ways}
    answers: dict[str, list[float]] = {way.name: [] for way in ways}
    try:
        bench.ours.asterisk(f"dialplan add extension {BESIDE},1,Dial(PJSIP/${{EXTEN:1}},25) into phones")
        for target in (bench.ours, bench.bare.target):
            calls.register(target)
        with calls.answering(bench.ours, bench.bare.target):
            for turn in range(ROUNDS[bench.quick]):
                for way in ways:
                    bench.say(f"  round {turn + 1}, {way.name}")
                    rung, answered = one_round(calls, way, CALLS[bench.quick])
                    rings[way.name] += rung
                    answers[way.name] += answered
    finally:
        bench.ours.asterisk(f"dialplan remove extension {BESIDE}@phones")
        bench.bare.stop()
    detail = {
        "calls": len(rings["ours"]), "rate_per_s": RATE,
        "to_ringing_ms": {name: spread(values, 2) for name, values in rings.items()},
        "to_answer_ms": {name: spread(values, 2) for name, values in answers.items()},
    }  # fmt: skip
    yield compared("call set-up on the box, INVITE to ringing", rings, "bare", "a bare Asterisk, one Dial()", detail)
    yield compared(
        "call set-up through our dialplan alone", rings, "beside", "one Dial() put beside it on the box", {}
    )  # fmt: skip


def compared(
    name: str, rings: dict[str, list[float]], other: str, baseline_of: str, detail: dict[str, object]
) -> Result:
    """Our median against another way's."""
    ours, baseline = median(rings["ours"]), median(rings[other])
    ratio = by(ours, baseline)
    assert ratio is not None
    aims = (at_most(ratio, RATIO_AIM, f"within {RATIO_AIM:g}x of a bare Dial()"),)
    return Result(name, round(ours, 2), "ms", round(baseline, 2), baseline_of, ratio, aims, detail, NOTE)


def one_round(calls: Load, way: Way, count: int) -> tuple[list[float], list[float]]:
    """Milliseconds to ringing and to answer of one round. Raises PhoneError when a call fails."""
    with Wire(calls.near) as wire:
        calling = calls.call(way.target, "caller", calls=count, rate=RATE, talk_ms=200, prefix=way.prefix)
        sipp.finish(calling, calls.folder, "caller", timeout=count / RATE + 30)
        messages = list(wire.sip)
    return since_invite(messages, "180"), since_invite(messages, "200")


def since_invite(messages: Iterable[SipMessage], status: str) -> list[float]:
    """Milliseconds from each INVITE with credentials to the first such answer to it."""
    asked: dict[str, float] = {}
    found: dict[str, float] = {}
    for message in messages:
        call = message.header("Call-ID")
        words = message.first_line.split()
        if message.outgoing and words[0] == "INVITE" and message.header("Authorization"):
            asked.setdefault(call, message.at)
        elif not message.outgoing and words[1] == status and message.header("CSeq").endswith("INVITE"):
            found.setdefault(call, message.at)
    assert asked and asked.keys() == found.keys(), f"{len(asked)} calls, {len(found)} answered with {status}"
    return [1000 * (found[call] - at) for call, at in asked.items()]
