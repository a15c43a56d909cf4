"""A measured figure, beside what it is measured against and what it should be."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Aim:
    """What was wanted, in words, and whether the figure is so."""

    wanted: str
    met: bool


@dataclass(frozen=True)
class Result:
    """One figure.

    value and baseline are in ``unit`` and from the same run; None where there is nothing to tell.
    baseline_of: what the baseline is, in words. ratio: value by baseline; None where that says nothing.
    detail: figures beside it, plain JSON types. note: what a reader must know, one sentence.
    """

    name: str
    value: float | None
    unit: str
    baseline: float | None = None
    baseline_of: str = ""
    ratio: float | None = None
    aims: tuple[Aim, ...] = ()
    detail: dict[str, Any] = field(default_factory=dict)
    note: str = ""


def at_most(value: float, limit: float, wanted: str) -> Aim:
    """An aim that a figure reaches by being no larger."""
    return Aim(wanted, value <= limit)


def by(value: float, baseline: float) -> float | None:
    """The ratio; None where the baseline is nothing."""
    return round(value / baseline, 2) if baseline else None


def median(values: Sequence[float]) -> float:
    """Of at least one value."""
    return float(statistics.median(values))


def spread(values: Sequence[float], digits: int = 1) -> dict[str, float]:
    """Smallest, median, 95th percentile and largest of at least one value."""
    ordered = sorted(values)
    place = min(len(ordered) - 1, round(0.95 * (len(ordered) - 1)))
    return {
        "min": round(ordered[0], digits),
        "p50": round(median(ordered), digits),
        "p95": round(ordered[place], digits),
        "max": round(ordered[-1], digits),
    }
