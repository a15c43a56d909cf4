"""`python -m tests.bench [--only NAME …] [--quick]`: boots a box of its own, measures, prints what it found; a whole
run is written to `docs/benchmarks.*`.

A benchmark that fails is told as not measured, with its reason, and the run ends with 1; a figure that misses
its aim is a figure, not a failure.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from tests.bench import report
from tests.bench.bench import Bench, say
from tests.bench.result import Result
from tests.boxes import COMMAND, Box

# Memory first, on a box where nothing has happened yet; boot last, as it ends everything, and then the flashed image.
NAMES = (
    "memory",
    "taking_effect",
    "setup_time",
    "calls_during_applies",
    "capacity",
    "event_rate",
    "boot",
    "first_boot",
)
BOX = "bench"


def chosen(only: list[str]) -> list[str]:
    """The benchmarks to run, with those that they need, in order."""
    wanted = set(only or NAMES)
    for name in only:
        wanted |= set(getattr(import_module(f"tests.bench.{name}"), "NEEDS", ()))
    return [name for name in NAMES if name in wanted]


def measured(bench: Bench, name: str, failures: dict[str, str]) -> Iterator[Result]:
    """The figures of one benchmark, as far as it came."""
    say(f"{name} ...")
    started = time.monotonic()
    try:
        for result in import_module(f"tests.bench.{name}").measure(bench):
            bench.results[result.name] = result
            say(f"  {report.row(result)}")
            yield result
    except (AssertionError, RuntimeError, OSError, LookupError, ValueError, subprocess.SubprocessError) as error:
        failures[name] = " ".join(str(error).split())[:600] or type(error).__name__
        say(f"  not measured: {error}")
        bench.bare.stop()
    say(f"{name}: {time.monotonic() - started:.0f} s")


def main() -> int:
    """Run them."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=NAMES, default=[], metavar="NAME", help=f"of {', '.join(NAMES)}")
    parser.add_argument("--quick", action="store_true", help="fewer rounds and smaller bounds: a few minutes in all")
    parser.add_argument("--keep", action="store_true", help="use the bench box that runs already, and leave it running")
    options = parser.parse_args()
    facts = report.machine()
    if facts["load_before"] > 0.5:
        say(f"the machine is busy (load {facts['load_before']}): the figures will say so, and mean less")
    started = time.monotonic()
    box = Box(BOX)
    failures: dict[str, str] = {}
    results: list[Result] = []
    command = [str(COMMAND), "--name", BOX, "up", *([] if options.keep else ["--fresh"])]
    if subprocess.run(command, stdout=sys.stderr, check=False).returncode:
        return 1
    try:
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            bench = Bench(box, Path(folder), options.quick, say)
            bench.push()
            for name in chosen(options.only):
                results += measured(bench, name, failures)
            bench.bare.stop()
    finally:
        if not options.keep:
            subprocess.run([COMMAND, "--name", BOX, "down", "--purge"], stdout=sys.stderr, check=False)
    took = time.monotonic() - started
    kept = report.Report(tuple(results), facts, failures, took, options.quick)
    print(kept.page())
    if options.only or options.quick:
        say("not written to docs/: that takes a whole run")
    else:
        kept.write()
        say(f"written: {report.DOCS / 'benchmarks.md'}")
    say(f"{took / 60:.1f} min; {len(failures)} not measured")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
