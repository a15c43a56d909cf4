"""How one serial line is opened."""

from __future__ import annotations

from dataclasses import dataclass

from appliance.model.serial_line import CharacterFrame, FlowControl, Speed


@dataclass(frozen=True, slots=True)
class SerialSettings:
    """One serial line. port: any name of a found port, or a device path. speed in bits a second."""

    port: str
    speed: Speed = Speed.B9600
    framing: CharacterFrame = CharacterFrame.F8N1
    flow: FlowControl = FlowControl.NONE

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
        flow = "" if self.flow is FlowControl.NONE else f" {self.flow}"
        return f"{self.port} {self.speed:d} {self.framing}{flow}"
