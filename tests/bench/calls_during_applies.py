"""Calls lost and gaps in their sound while changes are applied, against the same calls left in peace."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from tests.bench import load
from tests.bench.bench import Bench
from tests.bench.result import Aim, Result, by, spread
from tests.calls.load import CallsReport, pairs, run_calls

CALLS = 50
APPLIES = {False: 20, True: 5}
SECONDS_AN_APPLY = 1.0
MARGIN_S = 5.0


def measure(bench: Bench) -> Iterator[Result]:
    """The same calls twice: first in peace, then during the applies."""
    members = pairs(CALLS)
    bench.become(load.site(members))
    applies = APPLIES[bench.quick]
    seconds = applies * SECONDS_AN_APPLY + MARGIN_S
    took: list[float] = []

    def change() -> None:
        running = bench.start_inside("applies", {"applies": applies, "every_s": SECONDS_AN_APPLY})
        took.extend(running.answer(seconds)["apply_ms"])

    bench.say(f"  {CALLS} calls in peace")
    peace = run_calls(bench.box, CALLS, seconds, bench.folder / "peace", members=members)
    bench.say(f"  {CALLS} calls during {applies} applies")
    applied = run_calls(bench.box, CALLS, seconds, bench.folder / "applied", members=members, meanwhile=change)
    detail = {"applies": len(took), "apply_ms": spread(took), "during": shown(applied), "in_peace": shown(peace)}
    beside = f"the same {CALLS} calls without applies"
    yield Result(
        f"calls lost, of {CALLS}, during {applies} applies", applied.lost, "calls", peace.lost, beside,
        aims=(Aim("none", applied.lost == 0),), detail=detail,
    )  # fmt: skip
    yield Result(
        f"gaps over 20 ms in the sound of {CALLS} calls, during {applies} applies", applied.gaps_over_20ms, "gaps",
        peace.gaps_over_20ms, beside, by(applied.gaps_over_20ms, peace.gaps_over_20ms),
        aims=(Aim("none", applied.gaps_over_20ms == 0),),
        detail={"packets": applied.packets},
        note="silences the box made; those that were in what it was sent are not counted. Gaps without applies are the "
        "machine's: SIPp and the measurement share its cores with the box",
    )  # fmt: skip


def shown(report: CallsReport) -> dict[str, object]:
    """As JSON, times to a hundredth."""
    return {
        key: {name: round(each, 2) for name, each in value.items()} if isinstance(value, dict) else value
        for key, value in asdict(report).items()
    }
