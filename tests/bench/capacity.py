"""Calls a second and calls at once until something fails, against a bare Asterisk; bounded.

The generator of the calls runs on the same machine and takes its share of it, the same on both sides: the
figures tell the box from a bare Asterisk on this machine, not what a box on a machine of its own carries.
"""

from __future__ import annotations

import contextlib
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass

from tests.bench import load
from tests.bench.bench import Bench
from tests.bench.load import Load, Target
from tests.bench.result import Result, by
from tests.boxes import wait_until
from tests.calls.load import pairs
from tests.phones import sipp
from tests.phones.namespace import Namespace

RATE = "calls a second"
AT_ONCE = "calls at once, with sound both ways"
MEMBERS = 150
TALK_MS = 1000


@dataclass(frozen=True)
class Bounds:
    """How far it goes. step_s: time at one rate; halvings: after the first failure; ramp: new calls a second."""

    first_rate: int
    most_rate: int
    step_s: float
    halvings: int
    most_at_once: int
    ramp: int


BOUNDS = {False: Bounds(20, 320, 5.0, 3, 400, 10), True: Bounds(20, 80, 3.0, 1, 100, 20)}


@dataclass(frozen=True)
class Limit:
    """How far it went. reached: the last that was whole; capped: nothing failed up to the bound."""

    reached: int
    capped: bool
    why: str
    steps: tuple[dict[str, object], ...] = ()


def measure(bench: Bench) -> Iterator[Result]:
    """Both limits, the box first, then the bare Asterisk."""
    bounds = BOUNDS[bench.quick]
    members = pairs(MEMBERS)
    bench.become(load.site(members))
    near, far = (Namespace(*bench.box.phone(name)) for name in ("loadnear", "loadfar"))
    calls = Load(near, far, bench.folder / "capacity", members)
    bench.bare.start()
    rates: dict[str, Limit] = {}
    at_once: dict[str, Limit] = {}
    try:
        for target in (bench.ours, bench.bare.target):
            calls.register(target)
            rates[target.name] = most_rate(calls, target, bounds, bench.say)
            at_once[target.name] = most_at_once(calls, target, bounds, bench.say)
    finally:
        bench.bare.stop()
    for what, limits in ((RATE, rates), (AT_ONCE, at_once)):
        ours, bare = limits["ours"], limits["bare"]
        yield Result(
            what, ours.reached, "calls/s" if what == RATE else "calls", bare.reached, "bare Asterisk, one Dial()",
            by(ours.reached, bare.reached), detail={"ours": asdict(ours), "bare": asdict(bare), **asdict(bounds)},
            note=f"ours ended with: {ours.why}; bare: {bare.why}",
        )  # fmt: skip


# --- calls a second


def most_rate(calls: Load, target: Target, bounds: Bounds, say: Callable[[str], None]) -> Limit:
    """Double the rate until a call fails, then halve the distance; no sound, each call talks a second."""
    steps: list[dict[str, object]] = []
    good, bad, why = 0, 0, ""
    rate = bounds.first_rate
    halvings = 0
    with calls.answering(target):
        while True:
            failure, told = at_rate(calls, target, rate, bounds.step_s)
            steps.append({"rate": rate, "failure": failure, **told})
            say(f"  {target.name}: {rate} calls/s: {failure or 'all well'}")
            if failure:
                bad, why = rate, failure
            else:
                good = rate
            if not bad and rate >= bounds.most_rate:
                return Limit(good, True, "the bound of this benchmark, nothing failed", tuple(steps))
            if not bad:
                rate = min(2 * rate, bounds.most_rate)
                continue
            if halvings == bounds.halvings or bad - good <= 2:
                return Limit(good, False, why, tuple(steps))
            halvings += 1
            rate = (good + bad) // 2
            if failure:
                calls.see_reachable(target)


def at_rate(calls: Load, target: Target, rate: int, seconds: float) -> tuple[str, dict[str, object]]:
    """What failed at this rate, empty when nothing did, and SIPp's counts."""
    count = round(rate * seconds)
    allowed = 1.25 * seconds + TALK_MS / 1000 + 1.0
    calling = calls.call(target, "caller", calls=count, rate=rate, talk_ms=TALK_MS)
    try:
        with contextlib.suppress(subprocess.TimeoutExpired):
            calling.wait(timeout=2 * seconds + 15)
    finally:
        sipp.stop(calling)
    end_calls(target)
    counts = calls.counts("caller")
    told: dict[str, object] = asdict(counts)
    if counts.failed:
        return f"{counts.failed} of {count} calls failed", told
    if counts.succeeded < count:
        return f"{count - counts.succeeded} of {count} calls never ended", told
    if counts.elapsed_s > allowed:
        return f"{count} calls took {counts.elapsed_s:.1f} s instead of {seconds + TALK_MS / 1000:.1f} s", told
    return "", told


# --- calls at once

LATE = 0.99
"""A second in which less than this share of the packets came out again is a bad one."""
STARVED = 0.90
"""Below this share of the packets that the calls should send, SIPp itself is at its end."""
BAD_SECONDS = 3
PACKETS_A_CALL = 2 * 50
"""Each second: one every 20 ms, from both ends."""


def most_at_once(calls: Load, target: Target, bounds: Bounds, say: Callable[[str], None]) -> Limit:
    """Add calls with sound both ways until packets are lost for three seconds or a call fails."""
    ramp_s = bounds.most_at_once / bounds.ramp
    stay_ms = round(1000 * (ramp_s + 30))
    with calls.answering(target, sound_s=ramp_s + 60):
        calling = calls.call(
            target, "sounding", calls=bounds.most_at_once, rate=bounds.ramp, talk_ms=stay_ms, sound_s=ramp_s + 60
        )
        try:
            limit = watch(calls, calling, bounds)
            calling.send_signal(signal.SIGUSR1)  # SIPp begins no further call
            end_calls(target)  # while both ends are still there to hear of it
        finally:
            sipp.stop(calling)
    say(f"  {target.name}: {limit.reached} calls at once: {limit.why}")
    return limit


def watch(calls: Load, calling: subprocess.Popen[bytes], bounds: Bounds) -> Limit:
    """Look once a second while the calls grow."""
    deadline = time.monotonic() + bounds.most_at_once / bounds.ramp + 10
    steps: list[dict[str, object]] = []
    whole, bad, full = 0, 0, 0
    before, at = calls.packets(), time.monotonic()
    last = 0
    while time.monotonic() < deadline and calling.poll() is None:
        time.sleep(1.0)
        counts = calls.counts("sounding")
        after, now = calls.packets(), time.monotonic()
        sent, came = after[0] - before[0], after[1] - before[1]
        due = PACKETS_A_CALL * last * (now - at)
        share = came / sent if sent else 1.0
        fed = sent / due if due else 1.0
        steps.append({"calls": counts.current, "sent": sent, "came_out": round(share, 4), "fed": round(fed, 3)})
        if counts.failed:
            return Limit(whole, False, f"{counts.failed} calls failed", tuple(steps))
        bad = bad + 1 if share < LATE or fed < STARVED else 0
        if bad == BAD_SECONDS:
            why = "packets were lost" if share < LATE else "the generator of the calls could send no more"
            return Limit(whole, False, why, tuple(steps))
        if not bad:
            whole = max(whole, last)
        full = full + 1 if counts.current >= bounds.most_at_once else 0
        if full > BAD_SECONDS:
            return Limit(counts.current, True, "the bound of this benchmark, nothing failed", tuple(steps))
        before, at, last = after, now, counts.current
    return Limit(whole, False, "the time was over", tuple(steps))


def end_calls(target: Target) -> None:
    """Hang up what is left, and see it gone."""

    def gone() -> bool:
        if load.channels(target) == 0:
            return True
        target.asterisk("channel request hangup all")
        return False

    wait_until(gone, f"every call on {target.name} has ended", 60)
