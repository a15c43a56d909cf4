"""Files below a root: the box's own ``/``, or a captured or constructed tree of its ``/sys`` and ``/proc``."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Tree:
    """Reads attributes. What is not there, or goes away while it is read (a card that is unplugged), is empty."""

    root: Path

    def text(self, path: str) -> str:
        """An attribute without the newline at its end; empty when there is none."""
        try:
            return (self.root / path).read_text("utf-8", errors="replace").rstrip("\n")
        except OSError as error:
            log.debug("%s: %s", path, error)
            return ""

    def number(self, path: str) -> int | None:
        """An attribute that is a number, decimal or with ``0x``; None for anything else."""
        try:
            return int(self.text(path), 0)
        except ValueError:
            return None

    def names(self, path: str) -> list[str]:
        """What a directory holds, sorted; empty when there is none."""
        try:
            return sorted(entry.name for entry in (self.root / path).iterdir())
        except OSError as error:
            log.debug("%s: %s", path, error)
            return []

    def link(self, path: str) -> str | None:
        """The name of what a symbolic link leads to; None when it is none."""
        place = self.root / path
        return place.resolve().name if place.is_symlink() else None

    def place(self, path: str) -> str:
        """Where a directory really is, as sysfs says it: ``/sys/devices/…``."""
        real = (self.root / path).resolve()
        try:
            return "/" + str(real.relative_to(self.root.resolve()))
        except ValueError:
            return str(real)
