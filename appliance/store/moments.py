"""Moments as the databases hold them: UTC, ISO 8601 to the millisecond, so that text sorts as time does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import overload

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Now, with its time zone."""
    return datetime.now(UTC)


def to_text(moment: datetime) -> str:
    """``2027-01-03T08:00:00.000+00:00``."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")


@overload
def from_text(text: str) -> datetime: ...
@overload
def from_text(text: None) -> None: ...
@overload
def from_text(text: str | None) -> datetime | None: ...
def from_text(text: str | None) -> datetime | None:
    """The moment, None for None."""
    return None if text is None else datetime.fromisoformat(text)
