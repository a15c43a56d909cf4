"""`python -m tests.bench [box|image] [--only NAME …] [--quick]`: measures, prints what it found; a whole run is written
to `docs/benchmarks.*` (of the box, one of its own) or `docs/benchmarks-image.*` (of the image, in an emulator).

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
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from tests.bench import report
from tests.bench.bench import Bench, say
from tests.bench.result import Result
from tests.boxes import COMMAND, Box

# Memory first, on a box where nothing has happened yet; boot last, as it ends everything.
BOX_NAMES = (
    "memory",
    "taking_effect",
    "setup_time",
    "calls_during_applies",
    "capacity",
    "event_rate",
    "boot",
)
NAMES = {report.BOX: BOX_NAMES, report.IMAGE: ("first_boot",)}
BOX = "bench"


def chosen(page: str, only: list[str]) -> list[str]:
    """The benchmarks of a page to run, with those that they need, in order."""
    wanted = set(only or NAMES[page])
    for name in only:
        wanted |= set(getattr(import_module(f"tests.bench.{name}"), "NEEDS", ()))
    return [name for name in NAMES[page] if name in wanted]


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
    say(f"{name}: {time.monotonic() - started:.0f} s")


@contextmanager
def bench_box(keep: bool) -> Iterator[Box]:
    """A box that runs; gone afterwards unless it is to be kept."""
    command = [str(COMMAND), "--name", BOX, "up", *([] if keep else ["--fresh"])]
    subprocess.run(command, stdout=sys.stderr, check=True)
    try:
        yield Box(BOX)
    finally:
        if not keep:
            subprocess.run([COMMAND, "--name", BOX, "down", "--purge"], stdout=sys.stderr, check=False)


def main() -> int:
    """Run them."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("page", nargs="?", choices=tuple(NAMES), default=report.BOX, help="of the box, or of the image")
    every = sum(NAMES.values(), ())
    parser.add_argument("--only", nargs="+", choices=every, default=[], metavar="NAME", help=f"of {', '.join(every)}")
    parser.add_argument("--quick", action="store_true", help="fewer rounds and smaller bounds: a few minutes in all")
    parser.add_argument("--keep", action="store_true", help="use the bench box that runs already, and leave it running")
    options = parser.parse_args()
    if others := set(options.only) - set(NAMES[options.page]):
        parser.error(f"not of this page: {', '.join(sorted(others))}")
    facts = report.machine()
    if facts["load_before"] > 0.5:
        say(f"the machine is busy (load {facts['load_before']}): the figures will say so, and mean less")
    started = time.monotonic()
    failures: dict[str, str] = {}
    results: list[Result] = []
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        if options.page == report.IMAGE:  # the development box has no part in it
            bench = Bench(Box("none"), Path(folder), options.quick, say)
            for name in chosen(options.page, options.only):
                results += measured(bench, name, failures)
        else:
            with bench_box(options.keep) as box:
                bench = Bench(box, Path(folder), options.quick, say)
                bench.push()
                for name in chosen(options.page, options.only):
                    results += measured(bench, name, failures)
                    bench.bare.stop()
    took = time.monotonic() - started
    kept = report.Report(options.page, tuple(results), facts, failures, took, options.quick)
    print(kept.page())
    if options.only or options.quick:
        say("not written to docs/: that takes a whole run")
    else:
        say(f"written: {kept.write()}")
    say(f"{took / 60:.1f} min; {len(failures)} not measured")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
