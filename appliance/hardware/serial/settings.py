"""How a serial line is set: ``9600 8N1``, ``1200 7E1``, ``1200 8N2`` are all in the field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

SPEEDS = (300, 600, 1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200)
FRAMINGS = tuple(f"{bits}{parity}{stop}" for bits in (7, 8) for parity in "NEO" for stop in (1, 2))
"""Data bits, parity (none, even, odd), stop bits: ``8N1``."""

Flow: TypeAlias = Literal["none", "rtscts", "xonxoff"]


@dataclass(frozen=True, slots=True)
class SerialSettings:
    """One serial line. port: the name of a found port (its by-id or by-path name), or a device path.

    speed: bits a second, of :data:`SPEEDS`; framing: of :data:`FRAMINGS`. Raises ValueError for any other.
    """

    port: str
    speed: int = 9600
    framing: str = "8N1"
    flow: Flow = "none"

    def __post_init__(self) -> None:
        if self.speed not in SPEEDS or self.framing not in FRAMINGS or self.flow not in ("none", "rtscts", "xonxoff"):
            raise ValueError(f"no setting of a serial line: {self}")

    @property
    def data_bits(self) -> int:
        """7 or 8."""
        return int(self.framing[0])

    @property
    def parity(self) -> str:
        """``N``, ``E`` or ``O``, as pyserial names them too."""
        return self.framing[1]

    @property
    def stop_bits(self) -> int:
        """1 or 2."""
        return int(self.framing[2])

    def __str__(self) -> str:
        flow = "" if self.flow == "none" else f" {self.flow}"
        return f"{self.port} {self.speed} {self.framing}{flow}"
