"""What a reader of call records takes from, and what it tells of itself. The buffer behind it is the store's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

LINE_END = "\r\n"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A record that is to go out. text: its line, without the line end."""

    number: int
    text: str


class Queue(Protocol):
    """The records that one reader has yet to get, in order. Safe to use from any thread; nothing is raised."""

    def next(self, after: int, limit: int) -> tuple[Waiting, ...]:
        """The oldest that wait, of those behind number ``after``; at most ``limit``."""
        ...

    def done(self, number: int) -> None:
        """Every record up to this one was delivered. Tries until that is noted, or the end."""
        ...

    def wait(self, timeout_s: float) -> None:
        """Until there may be something new, or so long."""
        ...


@dataclass(frozen=True, slots=True)
class ReaderState:
    """How a reader is.

    connected: the line is open, or somebody is connected. peer: the port's name, or the address of whoever is
    connected. fault: why nobody can be reached, ``""`` for none. refused: connections turned away.
    """

    connected: bool
    peer: str = ""
    fault: str = ""
    refused: int = 0
