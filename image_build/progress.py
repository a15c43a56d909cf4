"""What a person sees of a build: timestamped steps, and errors that say what, where and what next."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Problem(Exception):  # noqa: N818  (the word of the trade here, as in appliance.model)
    """Ends the command with exit code 1 and this text. `code` is stable, for scripts and tests."""

    def __init__(self, code: str, what: str, where: str = "", next_step: str = "") -> None:
        super().__init__(what)
        self.code = code
        self.what = what
        self.where = where
        self.next_step = next_step

    def text(self) -> str:
        lines = [f"error [{self.code}]: {self.what}"]
        if self.where:
            lines.append(f"  where: {self.where}")
        if self.next_step:
            lines.append(f"  next:  {self.next_step}")
        return "\n".join(lines)


def say(text: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


@contextmanager
def step(text: str) -> Iterator[None]:
    """Announce a step and, when it took longer than a moment, how long it took."""
    say(f"{text} ...")
    begun = time.monotonic()
    yield
    taken = time.monotonic() - begun
    if taken > 1:
        say(f"{text}: {taken:.0f} s")
