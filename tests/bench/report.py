"""The figures as they are kept: `docs/benchmarks.json` for programs, `docs/benchmarks.md` for people; of the image
`benchmarks-image.*`.
"""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.bench.result import Result

DOCS = Path(__file__).resolve().parents[2] / "docs"
BOX, IMAGE = "box", "image"
_MADE = """\
Made by `make bench`; do not edit. A figure stands beside its baseline from the same run on the same machine: the
ratio tells the product from the machine, the figure alone does not. What is measured, and against what, is told in
`tests/bench/<name>.py`; every sample is in the `.json` beside this page.
"""
_BARE = """
The bare Asterisk is the same program with the same modules, endpoints, user and priority, and a dialplan of one
`Dial()`: no sandbox, no manager, no daemon, no firewall (`tests/bench/bare.py`). The generators of calls run on the
same machine as what they measure.
"""
_EMULATED = """
Everything runs in an emulator without the processor's help: seconds are many times those of a real box.
"""
HEADS = {
    BOX: f"# Benchmarks\n\n{_MADE}{_BARE}",
    IMAGE: f"# Benchmarks of the image\n\n{_MADE}{_EMULATED}",
}
FILES = {BOX: "benchmarks", IMAGE: "benchmarks-image"}


def machine() -> dict[str, Any]:
    """Facts of the machine, without its name."""
    model = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    memory = next(
        int(line.split()[1]) for line in Path("/proc/meminfo").read_text().splitlines() if line.startswith("MemTotal")
    )
    return {
        "cores": len(os.sched_getaffinity(0)),
        "processor": model,
        "memory_gib": round(memory / 1024**2, 1),
        "kernel": platform.release(),
        "load_before": round(os.getloadavg()[0], 2),
    }


@dataclass(frozen=True)
class Report:
    """What one run found. about: the box or the image. failures: why a benchmark was not measured, by its name."""

    about: str
    results: tuple[Result, ...]
    machine: dict[str, Any]
    failures: dict[str, str]
    took_s: float
    quick: bool
    at: datetime = field(default_factory=lambda: datetime.now(UTC))

    def write(self) -> Path:
        """Both files, whole; the page's path."""
        kept = asdict(self) | {"at": self.at.isoformat(timespec="seconds"), "took_s": round(self.took_s)}
        path = DOCS / f"{FILES[self.about]}.md"
        path.with_suffix(".json").write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        path.write_text(self.page(), encoding="utf-8")
        return path

    def page(self) -> str:
        """The page for people."""
        facts = self.machine
        lines = [
            HEADS[self.about],
            f"{self.at:%Y-%m-%d}, {facts['cores']} cores ({facts['processor']}), {facts['memory_gib']} GiB, kernel "
            f"{facts['kernel']}; load before the run {facts['load_before']}; {self.took_s / 60:.0f} min"
            f"{'; quick: fewer rounds, smaller bounds' if self.quick else ''}.",
            "",
            "| what | figure | baseline of the same run | ratio | aim | |",
            "|---|---:|---|---:|---|---|",
            *(row(result) for result in self.results),
            "",
        ]
        if noted := [result for result in self.results if result.note]:
            lines += ["## Notes", *(f"- {result.name}: {result.note}." for result in noted), ""]
        for result in self.results:
            if units := result.detail.get("units"):
                lines += unit_table(units)
        if stepped := [result for result in self.results if "steps_p50_ms" in result.detail]:
            lines += step_table(stepped)
        if self.failures:
            lines += ["## Not measured", *(f"- {name}: {why}" for name, why in self.failures.items()), ""]
        return "\n".join(lines)


def unit_table(units: dict[str, dict[str, float]]) -> list[str]:
    """Memory of each unit of the idle box."""
    lines = ["## Memory by unit", "| unit | processes | PSS, MB | RSS, MB |", "|---|---:|---:|---:|"]
    for name, unit in units.items():
        lines.append(f"| {name} | {unit['processes']} | {unit['pss_mb']} | {unit['rss_mb']} |")
    return [*lines, ""]


def step_table(stepped: Sequence[Result]) -> list[str]:
    """Steps of a change, a column for each size of site."""
    sizes = "".join(f" {result.name.rpartition(' ')[2]} |" for result in stepped)
    lines = ["## Where a change's time goes", "Medians, in ms.", "", f"| |{sizes}", "|---|" + "---:|" * len(stepped)]
    for step in stepped[-1].detail["steps_p50_ms"]:
        lines.append(f"| {step} |" + "".join(f" {result.detail['steps_p50_ms'].get(step, '')} |" for result in stepped))
    return [*lines, ""]


def row(result: Result) -> str:
    """One line of the table."""
    baseline = f"{number(result.baseline)} {result.unit}: {result.baseline_of}" if result.baseline is not None else ""
    ratio = f"{result.ratio:g}x" if result.ratio is not None else ""
    aims = "<br>".join(aim.wanted for aim in result.aims)
    met = "<br>".join("met" if aim.met else "**not met**" for aim in result.aims)
    return f"| {result.name} | {number(result.value)} {result.unit} | {baseline} | {ratio} | {aims} | {met} |"


def number(value: float | None) -> str:
    """As people read it: thousands set apart, no digits that mean nothing."""
    if value is None:
        return "—"
    return f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.2f}".rstrip("0").rstrip(".")
