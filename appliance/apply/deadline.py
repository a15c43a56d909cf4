"""Until when the generation that awaits confirmation has to be confirmed."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime

CONFIRM_WITHIN_S = (10, 24 * 3600)
"""The shortest and longest time that a person can be given to confirm."""


class Deadline:
    """Measured by the clock that no time server moves. clock: now, in UTC, as the deadline is written down."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._at: float | None = None

    @property
    def passed(self) -> bool:
        """Whether there is one, and it is over."""
        return self._at is not None and time.monotonic() >= self._at

    def set(self, confirm_by: datetime | None) -> None:
        """None takes it away."""
        if confirm_by is None:
            self._at = None
            return
        left = (confirm_by - self._clock()).total_seconds()
        self._at = time.monotonic() + min(max(left, 0.0), CONFIRM_WITHIN_S[1])
