"""From saving one extension until Asterisk answers for it, against Asterisk's own reload of the same files."""

from __future__ import annotations

from collections.abc import Iterator

from tests.bench.bench import Bench
from tests.bench.result import Result, at_most, by, median, spread

SIZES = (50, 500, 5000)
ROUNDS = {False: 7, True: 3}
SECONDS_AIM, RATIO_AIM = 1.0, 2.0


def measure(bench: Bench) -> Iterator[Result]:
    """A figure for each size of site; the medians of some rounds, each with its baseline right after it."""
    for size in SIZES:
        bench.say(f"  {size} extensions")
        told = bench.inside("taking_effect", {"extensions": size, "rounds": ROUNDS[bench.quick]})
        ours, asterisk = median(told["ours_ms"]), median(told["asterisk_ms"])
        ratio = by(ours, asterisk)
        assert ratio is not None
        steps = {
            step: round(median([turn.get(step, 0.0) for turn in told["timings_ms"]]), 1)
            for step in told["timings_ms"][0]
        }
        aims = [at_most(ratio, RATIO_AIM, f"within {RATIO_AIM:g}x of Asterisk's own reload")]
        if size == SIZES[-1]:
            aims.insert(0, at_most(ours, 1000 * SECONDS_AIM, f"under {SECONDS_AIM:g} s"))
        yield Result(
            f"one extension saved, applied and registered, among {size:,}",
            round(ours, 1), "ms", round(asterisk, 1), "Asterisk reloads the same files, registered", ratio, tuple(aims),
            {
                "rounds": ROUNDS[bench.quick], "ours_ms": spread(told["ours_ms"]),
                "asterisk_ms": spread(told["asterisk_ms"]), "steps_p50_ms": steps, "modules": told["modules"],
            },
        )  # fmt: skip
