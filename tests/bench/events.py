"""Events a second through parse, reduce and the store: recorded calls, played over and over as calls of their
own.

    python -m tests.bench.events [--capture NAME] [--calls N] [--at-once N] [--store]

Prints JSON. ``parse``: headers to events; ``reduce``: events to state and facts; ``store``: all of it, with
the facts written to a fresh database, a transaction for each batch. Of several runs the fastest counts:
others wait for the machine.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from appliance.ami.captures import read_capture
from appliance.ami.connection import Arrived
from appliance.live.facts import Fact
from appliance.live.headers import Headers
from appliance.live.parse import parse
from appliance.live.reduce import reduce
from appliance.live.state import State
from appliance.store.database import open_writer
from appliance.store.history import HistoryWriter
from appliance.store.history_migrations import MIGRATIONS

CAPTURES = Path(__file__).parent.parent / "captures"
BATCH = 500
RUNS = 3
_IDS = ("Uniqueid", "Linkedid", "BridgeUniqueid")


def recorded(name: str) -> list[Arrived]:
    """The events of one capture."""
    with (CAPTURES / f"{name}.ami").open("rb") as file:
        return [taken for taken in read_capture(file) if isinstance(taken, Arrived)]


def copied(headers: Headers, number: int) -> Headers:
    """The same event of another call."""
    return {
        key: f"{value}x{number}" if key.endswith(_IDS) and isinstance(value, str) else value
        for key, value in headers.items()
    }


def load(arrivals: list[Arrived], calls: int, at_once: int) -> Iterator[Arrived]:
    """``calls`` copies of a recorded call, ``at_once`` of them running side by side, event by event."""
    for start in range(0, calls, at_once):
        block = range(start, min(start + at_once, calls))
        for arrived in arrivals:
            for number in block:
                yield Arrived(arrived.at, copied(arrived.headers, number))


def timed(run: Callable[[], object]) -> float:
    """Seconds of processor time of the fastest of :data:`RUNS`: whatever else the machine does is left out."""
    best = float("inf")
    for _ in range(RUNS):
        begun = time.process_time()
        run()
        best = min(best, time.process_time() - begun)
    return best


def measure(name: str, calls: int, at_once: int, *, with_store: bool) -> dict[str, object]:
    """All rates for one capture."""
    arrivals = list(load(recorded(name), calls, at_once))
    events = [event for one in arrivals if (event := parse(one.headers, one.at)) is not None]
    most = 0

    def parse_all() -> None:
        for one in arrivals:
            parse(one.headers, one.at)

    def reduce_all(keep: Callable[[tuple[Fact, ...]], object] = len) -> None:
        nonlocal most
        state = State(connected=True)
        for event in events:
            state, facts = reduce(state, event)
            if facts:
                keep(facts)
            most = max(most, len(state.places))
        if len(state.calls):
            raise SystemExit(f"{len(state.calls)} calls of {name} never ended")

    parsing, reducing = timed(parse_all), timed(reduce_all)
    told: dict[str, object] = {
        "capture": name, "calls": calls, "at_once": at_once, "events_on_the_wire": len(arrivals),
        "events_reduced": len(events), "most_channels": most,
        "parse_events_per_s": round(len(arrivals) / parsing), "reduce_events_per_s": round(len(events) / reducing),
        "parse_and_reduce_events_per_s": round(len(arrivals) / (parsing + reducing)),
    }  # fmt: skip
    if with_store:
        told["with_store_events_per_s"] = round(len(arrivals) / (parsing + timed(lambda: stored(reduce_all))))
    return told


def stored(reduce_all: Callable[[Callable[[tuple[Fact, ...]], object]], None]) -> None:
    """Reduce, and write the facts in batches as the daemon does."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        database = open_writer(root / "history.db", MIGRATIONS, root / "backups", synchronous="NORMAL")
        writer = HistoryWriter(database)
        batch: list[Fact] = []

        def keep(facts: tuple[Fact, ...]) -> None:
            batch.extend(facts)
            if len(batch) >= BATCH:
                writer.write(batch)
                batch.clear()

        reduce_all(keep)
        writer.write(batch)
        database.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--capture", default="attended_transfer", help="a file of tests/captures, without .ami")
    parser.add_argument("--calls", type=int, default=1000, help="how many copies to play")
    parser.add_argument("--at-once", type=int, default=100, help="how many of them side by side")
    parser.add_argument("--store", action="store_true", help="also with the history written")
    chosen = parser.parse_args()
    print(json.dumps(measure(chosen.capture, chosen.calls, chosen.at_once, with_store=chosen.store), indent=2))


if __name__ == "__main__":
    main()
