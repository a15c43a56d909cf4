"""Displays at the far end of a wire, written from their data sheets: bytes in, what stands on the glass.

The CRC of the CFA635 is computed here by its definition in ITU-T V.42 (a division of polynomials), not by the shift
register of the driver.
"""

from __future__ import annotations

import threading

from tests.hardware.far_ends.wire import Wire

BLANK = " " * 20


def v42_crc(data: bytes) -> int:
    """Remainder of the bits (each byte from its lowest) by x16+x12+x5+1, preset to ones, inverted, bits reversed."""
    bits = [byte >> place & 1 for byte in data for place in range(8)]
    bits = [bit ^ (1 if place < 16 else 0) for place, bit in enumerate([*bits, *[0] * 16])]
    generator = [1 if 16 - place in (16, 12, 5, 0) else 0 for place in range(17)]
    for start in range(len(bits) - 16):
        if bits[start]:
            for place, bit in enumerate(generator):
                bits[start + place] ^= bit
    remainder = bits[-16:]
    return sum((bit ^ 1) << place for place, bit in enumerate(remainder))


class Glass:
    """Four rows of twenty."""

    def __init__(self) -> None:
        self.rows = ["?" * 20] * 4

    def put(self, row: int, column: int, text: str) -> None:
        whole = self.rows[row]
        self.rows[row] = (whole[:column] + text + whole[column + len(text) :])[:20]

    def clear(self) -> None:
        self.rows = [BLANK] * 4


class Display(threading.Thread):
    """Listens to a wire until `stop`."""

    def __init__(self, wire: Wire) -> None:
        super().__init__(daemon=True)
        self.wire = wire
        self.glass = Glass()
        self.faults: list[str] = []
        self._stopping = threading.Event()
        self._came = b""

    def run(self) -> None:
        while not self._stopping.is_set():
            self._came += self.wire.read(0.05)
            self.take()

    def stop(self) -> None:
        self._stopping.set()
        self.join(5)

    def take(self) -> None:
        raise NotImplementedError


class Cfa635(Display):
    """Acknowledges each packet. `deaf`: to so many next packets it does not. `reset` forgets all, as power does."""

    def __init__(self, wire: Wire) -> None:
        super().__init__(wire)
        self.outputs: dict[int, int] = {}
        self.reported = 0
        self.deaf = 0

    def take(self) -> None:
        while len(self._came) >= 2 and len(self._came) >= (end := 4 + self._came[1]):
            packet, self._came = self._came[:end], self._came[end:]
            if int.from_bytes(packet[-2:], "little") != v42_crc(packet[:-2]):
                self.faults.append(f"CRC of {packet.hex()}")
                continue
            if self.deaf:
                self.deaf -= 1
                continue
            self.obey(packet[0], packet[2:-2])
            self.send(0x40 | packet[0])

    def obey(self, command: int, data: bytes) -> None:
        match command, len(data):
            case 6, 0:
                self.glass.clear()
            case 31, size if 3 <= size <= 22 and data[1] < 4 and data[0] + size - 2 <= 20:
                self.glass.put(data[1], data[0], data[2:].decode("ascii"))
            case 34, 2 if 5 <= data[0] <= 12 and data[1] <= 100:
                self.outputs[data[0]] = data[1]
            case 23, 2:
                self.reported = data[0]
            case (12, 1) | (14, 1):
                pass
            case _:
                self.faults.append(f"command {command} {data.hex()}")

    def send(self, kind: int, data: bytes = b"") -> None:
        body = bytes([kind, len(data)]) + data
        self.wire.write(body + v42_crc(body).to_bytes(2, "little"))

    def key(self, code: int) -> None:
        """A press and its release (codes 1 to 6, and 7 to 12), where they are reported."""
        if self.reported >> (code - 1) & 1:
            self.send(0x80, bytes([code]))

    def reset(self) -> None:
        self.glass.rows, self.outputs, self.reported = ["?" * 20] * 4, {}, 0

    def lamp(self, number: int) -> tuple[int, int]:
        """Green and red of a lamp, from the top, in percent."""
        return self.outputs.get(11 - 2 * number, -1), self.outputs.get(12 - 2 * number, -1)


class Lk204(Display):
    """Text is shown where the cursor is; 0xFE begins a command."""

    ARGUMENTS = {0x58: 0, 0x47: 2, 0x44: 0, 0x52: 0, 0x4B: 0, 0x54: 0, 0x42: 1, 0x41: 0}

    def __init__(self, wire: Wire) -> None:
        super().__init__(wire)
        self.column, self.row = 0, 0

    def take(self) -> None:
        while self._came:
            if self._came[0] != 0xFE:
                self.glass.put(self.row, self.column, chr(self._came[0]))
                self.column += 1
                self._came = self._came[1:]
                continue
            if len(self._came) < 2:
                return
            count = self.ARGUMENTS.get(self._came[1])
            if count is None:
                self.faults.append(f"command {self._came[1]:#x}")
                count = 0
            if len(self._came) < 2 + count:
                return
            if self._came[1] == 0x58:
                self.glass.clear()
            elif self._came[1] == 0x47:
                self.column, self.row = self._came[2] - 1, self._came[3] - 1
            self._came = self._came[2 + count :]


class Hd44780(Display):
    """The controller's memory: 80 characters in two runs of 40, of which the rows are windows."""

    def __init__(self, wire: Wire) -> None:
        super().__init__(wire)
        self.memory = ["?"] * 0x80
        self.address = 0

    def take(self) -> None:
        while self._came:
            if self._came[0] != 0xFE:
                self.memory[self.address] = chr(self._came[0])
                self.address = {0x27: 0x40, 0x67: 0x00}.get(self.address, self.address + 1)
                self._came = self._came[1:]
            elif len(self._came) < 2:
                break
            else:
                value, self._came = self._came[1], self._came[2:]
                if value & 0x80:
                    self.address = value & 0x7F
                elif value == 0x01:
                    self.memory, self.address = [" "] * 0x80, 0
                elif value not in (0x38, 0x0C, 0x06):
                    self.faults.append(f"instruction {value:#x}")
        for row, start in enumerate((0x00, 0x40, 0x14, 0x54)):
            self.glass.rows[row] = "".join(self.memory[start : start + 20])
