"""Call records on a serial line, over pseudo-terminals: flow control, unplugging, hostile bytes, many records."""

from __future__ import annotations

import logging
import termios
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from appliance.control.smdr import SERIAL, Smdr, SmdrSettings
from appliance.hardware.serial.line import SerialLine
from appliance.hardware.serial.settings import SerialSettings
from appliance.hardware.smdr import to_serial
from appliance.model.serial_line import CharacterFrame, FlowControl, Speed
from appliance.model.smdr import SmdrFormat
from appliance.store.smdr import SmdrBuffer
from tests.boxes import wait_until
from tests.hardware.conftest import History, ended_call
from tests.hardware.far_ends.accounting import Lines, csv_call, fixed_call
from tests.hardware.far_ends.wire import XOFF, XON, Wire


@pytest.fixture(autouse=True)
def _by_link(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pauses between tries are short; a name is the path of the cable's plug."""
    made = to_serial.SerialReader.__init__
    monkeypatch.setattr(
        to_serial.SerialReader,
        "__init__",
        lambda self, settings, queue: made(self, settings, queue, first_pause_s=0.02),
    )


@contextmanager
def sending(
    buffer: SmdrBuffer, port: Path, layout: SmdrFormat = SmdrFormat.CSV, line: str = "9600 8N1 none"
) -> Iterator[Smdr]:
    speed, framing, flow = line.split()
    smdr = Smdr(buffer, History())
    settings = SerialSettings(str(port), Speed(int(speed)), CharacterFrame(framing), FlowControl(flow))
    smdr.set(SmdrSettings(settings, layout=layout))
    try:
        yield smdr
    finally:
        smdr.stop()


def is_open(smdr: Smdr) -> bool:
    return smdr.status()[0].state.connected


def read_until(wire: Wire, lines: Lines, enough: Callable[[list[str]], bool], wait_s: float = 60.0) -> None:
    deadline = time.monotonic() + wait_s
    while not enough(lines.lines):
        assert time.monotonic() < deadline, f"{len(lines.lines)} lines, the last {lines.lines[-1:]}"
        lines.take(wire.read())


def names(first: int, last: int) -> list[str]:
    return [f"call-{number}" for number in range(first, last)]


@pytest.mark.parametrize(
    ("line", "speed", "two_stop_bits"),
    [
        ("1200 8N2 none", termios.B1200, True),
        ("1200 7E1 none", termios.B1200, False),
        ("9600 8N1 rtscts", termios.B9600, False),
        ("9600 7O1 xonxoff", termios.B9600, False),
    ],
)
def test_the_line_is_set_as_asked(buffer: SmdrBuffer, wire: Wire, line: str, speed: int, two_stop_bits: bool) -> None:
    """But for data bits and parity: a pseudo-terminal says 8N whatever is asked (drivers/tty/pty.c)."""
    wire.plug()
    with sending(buffer, wire.port, line=line) as smdr:
        smdr.write([ended_call(1)])
        wire.read_until(b"call-1\r\n")
        set_speed, control, incoming = wire.settings()
        assert set_speed == speed
        assert bool(control & termios.CSTOPB) == two_stop_bits
        assert bool(control & termios.CRTSCTS) == line.endswith("rtscts")
        assert bool(incoming & termios.IXON) == line.endswith("xonxoff")


@pytest.mark.parametrize(("framing", "asked"), [("8N2", (8, "N", 2)), ("7E1", (7, "E", 1)), ("7O1", (7, "O", 1))])
def test_data_bits_and_parity_are_asked_of_the_port(
    monkeypatch: pytest.MonkeyPatch, framing: str, asked: tuple[int, str, int]
) -> None:
    seen: list[tuple[int, str, int]] = []

    def opened(path: str, **more: object) -> None:
        seen.append((more["bytesize"], more["parity"], more["stopbits"]))  # type: ignore[arg-type]
        raise OSError(5, "only asking")

    monkeypatch.setattr("serial.Serial", opened)
    stopping = threading.Event()
    line = SerialLine(SerialSettings("/dev/null", Speed.B1200, CharacterFrame(framing)), stopping, first_pause_s=0.01)
    threading.Timer(0.1, stopping.set).start()
    assert not line.connect()
    assert seen[0] == asked


def test_a_call_is_a_line_of_eighty_columns(buffer: SmdrBuffer, wire: Wire) -> None:
    wire.plug()
    with sending(buffer, wire.port, SmdrFormat.FIXED_80, "1200 7E1 none") as smdr:
        smdr.write([ended_call(1)])
        lines = Lines()
        read_until(wire, lines, lambda all: len(all) == 1)
        assert fixed_call(lines.lines[0]) == ("102", "EXT101", "00:00'17")


def test_xoff_holds_records_back_until_xon(buffer: SmdrBuffer, wire: Wire) -> None:
    wire.plug()
    with sending(buffer, wire.port, line="9600 8N1 xonxoff") as smdr:
        lines = Lines()
        smdr.write([ended_call(1)])
        read_until(wire, lines, lambda all: len(all) == 1)
        wire.write(XOFF)
        smdr.write([ended_call(2)])
        assert wire.read(0.5) == b""
        assert smdr.status()[0].place.waiting == 1
        wire.write(XON)
        read_until(wire, lines, lambda all: len(all) == 2)
        wait_until(lambda: smdr.status()[0].place.waiting == 0, "it is delivered")
        assert [csv_call(line) for line in lines.lines] == ["call-1", "call-2"]


def test_a_reader_that_lowers_cts_holds_records_back(
    buffer: SmdrBuffer, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A pseudo-terminal has no CTS: what its driver would hold in the port (TIOCOUTQ) is told here."""
    held = [50]
    monkeypatch.setattr(SerialLine, "_queued", staticmethod(lambda port: held[0]))
    wire.plug()
    with sending(buffer, wire.port, line="9600 8N1 rtscts") as smdr:
        wait_until(lambda: is_open(smdr), "the port is open")
        smdr.write([ended_call(1)])
        time.sleep(0.3)
        assert smdr.status()[0].place.waiting == 1, "not delivered while it is in the port"
        held[0] = 0
        wait_until(lambda: smdr.status()[0].place.waiting == 0, "delivered once it has left")


@pytest.mark.slow
def test_ten_thousand_records_with_the_reader_gone_for_half_of_them(buffer: SmdrBuffer, wire: Wire) -> None:
    """It says XOFF, takes what is under way, and pulls the plug; later it comes back as another device."""
    wire.plug()
    lines = Lines()
    with sending(buffer, wire.port, line="115200 8N1 xonxoff") as smdr:
        wait_until(lambda: is_open(smdr), "the port is open")

        def end_calls() -> None:
            for first in range(0, 10_000, 50):
                smdr.write([ended_call(number) for number in range(first, first + 50)])

        ending = threading.Thread(target=end_calls)
        ending.start()
        read_until(wire, lines, lambda all: len(all) >= 2_500)
        wire.write(XOFF)
        while data := wire.read(0.5):
            lines.take(data)
        wire.unplug()
        lines.broken()
        ending.join()
        wait_until(lambda: not is_open(smdr), "the plug is missed")
        assert smdr.status()[0].place.waiting >= 5_000, "the reader is gone for half of them"
        wire.plug()
        read_until(wire, lines, lambda all: len(all) >= 10_000)
        lines.take(wire.read(0.5))
        assert [csv_call(line) for line in lines.lines] == names(0, 10_000)
        assert (smdr.status()[0].place.waiting, smdr.status()[0].place.dropped) == (0, 0)


def test_a_record_cut_off_by_the_plug_comes_again_whole(buffer: SmdrBuffer, wire: Wire) -> None:
    """The reader keeps its half line, as a printer does: an empty line ends it, and the whole record follows."""
    wire.plug()
    with sending(buffer, wire.port, line="9600 8N1 xonxoff") as smdr:
        wait_until(lambda: is_open(smdr), "the port is open")
        wire.write(XOFF)
        time.sleep(0.2)
        smdr.write([ended_call(1)])
        assert wire.read(0.3) == b""
        wire.unplug()
        wait_until(lambda: not is_open(smdr), "the plug is missed")
        wire.plug()
        lines = Lines()
        lines.take(b"1,2026-11-22T09:00")
        read_until(wire, lines, lambda all: len(all) == 2)
        assert lines.lines[0] == "1,2026-11-22T09:00"
        assert csv_call(lines.lines[1]) == "call-1"


def test_the_log_tells_the_unplugging_and_the_return_once(
    buffer: SmdrBuffer, wire: Wire, caplog: pytest.LogCaptureFixture
) -> None:
    with sending(buffer, wire.port) as smdr, caplog.at_level(logging.INFO, "appliance.hardware.serial.line"):
        time.sleep(0.3)  # many tries in vain
        assert smdr.status()[0].state.fault == "not there"
        for _ in range(2):
            wire.plug()
            wait_until(lambda: is_open(smdr), "the port is open")
            wire.unplug()
            wait_until(lambda: not is_open(smdr), "the plug is missed")
            time.sleep(0.2)
    told = [record.message.split(f"{wire.port} 9600 8N1 ")[1].split(":")[0] for record in caplog.records]
    assert told == ["is away", "is open", "is away", "is open", "is away"]


def test_hostile_bytes_on_the_line_are_thrown_away(buffer: SmdrBuffer, wire: Wire) -> None:
    wire.plug()
    with sending(buffer, wire.port) as smdr:
        wait_until(lambda: is_open(smdr), "the port is open")
        for _ in range(100):
            wire.write(bytes(range(256)))
        smdr.write([ended_call(1)])
        lines = Lines()
        read_until(wire, lines, lambda all: len(all) == 1)
        assert csv_call(lines.lines[0]) == "call-1"


def test_a_port_that_somebody_else_uses_is_left_alone(buffer: SmdrBuffer, wire: Wire) -> None:
    import fcntl
    import os

    wire.plug()
    other = os.open(wire.port, os.O_RDWR | os.O_NOCTTY)
    fcntl.flock(other, fcntl.LOCK_EX)
    with sending(buffer, wire.port) as smdr:
        wait_until(lambda: smdr.status()[0].state.fault, "it is told")
        assert not is_open(smdr)
        os.close(other)
        wait_until(lambda: is_open(smdr), "the port is open once it is free")


def test_what_waits_at_the_end_goes_out_after_a_new_start(buffer: SmdrBuffer, wire: Wire) -> None:
    with sending(buffer, wire.port) as smdr:
        smdr.write([ended_call(1), ended_call(2)])
    wire.plug()
    with sending(buffer, wire.port) as smdr:
        lines = Lines()
        read_until(wire, lines, lambda all: len(all) == 2)
        assert [csv_call(line) for line in lines.lines] == names(1, 3)
        assert SERIAL in smdr._readers
