"""Resident memory of each process on the idle box."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from tests.bench.bench import PYTHON, Bench
from tests.bench.load import site
from tests.bench.result import Result, at_most, by
from tests.calls.load import pairs

MB = 1e6
DAEMON_AIM_MB, BOX_AIM_MB = 120.0, 400.0
DAEMON, ASTERISK = "loopstartd.service", "asterisk.service"
PSS = (
    "PSS: a process's own pages and its share of those that others map too, files included; "
    "the kernel's own memory and unmapped page cache are not in it"
)


def measure(bench: Bench) -> Iterator[Result]:
    """The daemon, Asterisk, and the sum of all; on a box with 50 extensions on which nothing happens."""
    bench.become(site(pairs(25)))
    bench.box.exec(["systemctl", "restart", "loopstartd.service"])  # what a deployment left in it would not be its own
    time.sleep(8 if bench.quick else 20)
    rows = bench.inside("memory")
    units = by_unit(rows)
    bench.bare.start()
    python = bench.start_inside("nothing", {"seconds": 6.0})
    time.sleep(3.0)
    beside = bench.inside("memory")
    python.answer(30.0)
    bench.bare.stop()
    bare = by_unit(beside)["bench-asterisk.service"]
    [empty] = [row for row in beside if row["command"].startswith(PYTHON) and "nothing" in row["command"]]
    shown = dict(sorted(units.items(), key=lambda item: -item[1]["pss_mb"]))
    daemon, asterisk = units[DAEMON], units[ASTERISK]
    whole = round(sum(unit["pss_mb"] for unit in units.values()), 1)
    others = round(sum(found["pss_mb"] for unit, found in units.items() if not ours(unit)), 1)
    yield Result(
        "memory of the idle daemon", daemon["pss_mb"], "MB", round(empty["rss"] / MB, 1),
        "an empty Python of the same build (RSS)", by(daemon["pss_mb"], empty["rss"] / MB),
        (at_most(daemon["pss_mb"], DAEMON_AIM_MB, f"under {DAEMON_AIM_MB:g} MB"),), {"rss_mb": daemon["rss_mb"]}, PSS,
    )  # fmt: skip
    yield Result(
        "memory of the idle Asterisk", asterisk["rss_mb"], "MB", bare["rss_mb"],
        "bare Asterisk, same modules and endpoints", by(asterisk["rss_mb"], bare["rss_mb"]),
        detail={"pss_mb": asterisk["pss_mb"]},
        note="RSS, because what two Asterisks share would be halved in PSS",
    )  # fmt: skip
    yield Result(
        "memory of the whole idle box", whole, "MB", others, "what runs beside Asterisk and Loopstart",
        by(whole, others), (at_most(whole, BOX_AIM_MB, f"under {BOX_AIM_MB:g} MB"),), {"units": shown}, PSS,
    )  # fmt: skip


def ours(unit: str) -> bool:
    """Whether a unit is Asterisk or Loopstart's."""
    return unit == ASTERISK or unit.startswith("loopstart")


def by_unit(rows: Iterable[dict[str, Any]]) -> dict[str, dict[str, float]]:
    """Sums of the processes of each unit, in MB."""
    found: dict[str, dict[str, float]] = defaultdict(lambda: {"processes": 0, "pss_mb": 0.0, "rss_mb": 0.0})
    for row in rows:
        unit = found[row["unit"]]
        unit["processes"] += 1
        unit["pss_mb"] = round(unit["pss_mb"] + row["pss"] / MB, 1)
        unit["rss_mb"] = round(unit["rss_mb"] + row["rss"] / MB, 1)
    return dict(found)
