"""How long a call takes to ring through our dialplan, against a bare `Dial()`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tests.bench import load
from tests.bench.bench import Bench
from tests.bench.load import Load, Target
from tests.bench.result import Result, at_most, by, median, spread
from tests.calls.load import pairs
from tests.phones import sipp
from tests.phones.namespace import Namespace
from tests.phones.wire import SipMessage, Wire

RATE = 10
CALLS = 100
"""Of a round."""
ROUNDS = {False: 3, True: 1}
RATIO_AIM = 1.2


def measure(bench: Bench) -> Iterator[Result]:
    """Rounds against the box and the bare Asterisk in turn, so that a moment's noise hits both."""
    members = pairs(CALLS)
    bench.become(load.site(members))
    near, far = (Namespace(*bench.box.phone(name)) for name in ("loadnear", "loadfar"))
    calls = Load(near, far, bench.folder / "setup", members)
    bench.bare.start()
    targets = (bench.ours, bench.bare.target)
    rings: dict[str, list[float]] = {target.name: [] for target in targets}
    answers: dict[str, list[float]] = {target.name: [] for target in targets}
    try:
        for target in targets:
            calls.register(target)
        with calls.answering(*targets):
            for turn in range(ROUNDS[bench.quick]):
                for target in targets:
                    bench.say(f"  round {turn + 1}, {target.name}")
                    rung, answered = one_round(calls, target)
                    rings[target.name] += rung
                    answers[target.name] += answered
    finally:
        bench.bare.stop()
    ours, bare = median(rings["ours"]), median(rings["bare"])
    ratio = by(ours, bare)
    assert ratio is not None
    yield Result(
        "call set-up, INVITE to ringing", round(ours, 2), "ms", round(bare, 2), "a bare Dial()", ratio,
        (at_most(ratio, RATIO_AIM, f"within {RATIO_AIM:g}x of a bare Dial()"),),
        {
            "calls": len(rings["ours"]), "rate_per_s": RATE,
            "to_ringing_ms": {name: spread(values, 2) for name, values in rings.items()},
            "to_answer_ms": {name: spread(values, 2) for name, values in answers.items()},
        },
        "from the INVITE that carries the credentials to the first 180, at the caller's cable",
    )  # fmt: skip


def one_round(calls: Load, target: Target) -> tuple[list[float], list[float]]:
    """Milliseconds to ringing and to answer of one round. Raises PhoneError when a call fails."""
    with Wire(calls.near) as wire:
        calling = calls.call(target, "caller", calls=CALLS, rate=RATE, talk_ms=200)
        sipp.finish(calling, calls.folder, "caller", timeout=CALLS / RATE + 30)
        messages = list(wire.sip)
    return since_invite(messages, ("180",)), since_invite(messages, ("200",))


def since_invite(messages: Iterable[SipMessage], statuses: tuple[str, ...]) -> list[float]:
    """Milliseconds from each INVITE with credentials to the first such answer to it."""
    asked: dict[str, float] = {}
    found: dict[str, float] = {}
    for message in messages:
        call = message.header("Call-ID")
        words = message.first_line.split()
        if message.outgoing and words[0] == "INVITE" and message.header("Authorization"):
            asked.setdefault(call, message.at)
        elif not message.outgoing and words[1] in statuses and message.header("CSeq").endswith("INVITE"):
            found.setdefault(call, message.at)
    assert asked and asked.keys() == found.keys(), f"{len(asked)} calls, {len(found)} answered with {statuses}"
    return [1000 * (found[call] - at) for call, at in asked.items()]
