"""Events a second that the daemon keeps up with, against those that Asterisk makes at its highest call rate."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime

from tests.bench import capacity, load
from tests.bench.bench import INSIDE, PYTHON, Bench
from tests.bench.load import Load
from tests.bench.result import Aim, Result, by
from tests.calls.load import pairs
from tests.phones import sipp
from tests.phones.namespace import Namespace

NEEDS = ("capacity",)
CAPTURE = "call"
CALLS = {False: 200, True: 60}
REPLAYED = {False: 2000, True: 500}
AT_ONCE = 100
RATE = 10


def measure(bench: Bench) -> Iterator[Result]:
    """Recorded calls replayed inside the box through parse, reduce and store; events of real calls counted."""
    bench.say("  real calls, their events counted")
    events, rows, lag = real_calls(bench)
    calls = CALLS[bench.quick]
    each = events / calls
    bench.say("  recorded calls, replayed")
    told = bench.box.exec(
        ["env", f"PYTHONPATH={INSIDE}", "PYTHONDONTWRITEBYTECODE=1", PYTHON, "-m", "tests.bench.events",
         "--capture", CAPTURE, "--calls", str(REPLAYED[bench.quick]), "--at-once", str(AT_ONCE), "--store"],
    ).stdout  # fmt: skip
    replayed = json.loads(told)
    kept = float(replayed["with_store_events_per_s"])
    fastest = bench.results[capacity.RATE].value or 0.0
    made = round(each * fastest, 1)
    yield Result(
        "events a second that the daemon keeps up with", kept, "events/s", made,
        f"what Asterisk makes at {fastest:g} calls/s", by(kept, made),
        (Aim("more than Asterisk makes", kept > made), Aim("every call in the history", rows == calls)),
        {
            "replay": replayed, "events_per_call": round(each, 1), "calls": calls, "rows_in_history": rows,
            "seconds_until_all_in_history": lag,
        },
        "processor time of one core, in the box's Python",
    )  # fmt: skip


def real_calls(bench: Bench) -> tuple[int, int, float]:
    """Events of so many calls, their rows in the history, and how long after the last call all were there."""
    members = pairs(50)
    bench.become(load.site(members))
    near, far = (Namespace(*bench.box.phone(name)) for name in ("loadnear", "loadfar"))
    calls = Load(near, far, bench.folder / "events", members)
    calls.register(bench.ours)
    count = CALLS[bench.quick]
    with calls.answering(bench.ours):
        since = datetime.now(UTC)
        counting = bench.start_inside("events", {"seconds": count / RATE + 10})
        time.sleep(2.0)  # until it is signed in
        calling = calls.call(bench.ours, "caller", calls=count, rate=RATE, talk_ms=500)
        sipp.finish(calling, calls.folder, "caller", timeout=count / RATE + 30)
        ended = time.monotonic()
        rows = in_history(bench, since)
        while rows < count and time.monotonic() < ended + 15:
            time.sleep(0.2)
            rows = in_history(bench, since)
        lag = round(time.monotonic() - ended, 1)
        events = counting.answer(count / RATE + 40)["events"]
    return events, rows, lag


def in_history(bench: Bench, since: datetime) -> int:
    """Contacts since then."""
    return len(bench.ask("history.list", since=since.isoformat(), limit=500)["contacts"])
