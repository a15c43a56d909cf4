"""Call records over TCP, read by an accounting system of its own: each once, in order, whoever comes and goes."""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from appliance.control.smdr import TCP, Smdr, SmdrSettings
from appliance.model.smdr import SmdrFormat
from appliance.store.smdr import SmdrBuffer
from tests.boxes import wait_until
from tests.hardware.conftest import History, ended_call
from tests.hardware.far_ends.accounting import Lines, TcpAccounting, csv_call, fixed_call, office_call


@contextmanager
def offered(buffer: SmdrBuffer, layout: SmdrFormat = SmdrFormat.CSV, port: int = 0) -> Iterator[tuple[Smdr, int]]:
    smdr = Smdr(buffer, History())
    smdr.set(SmdrSettings(tcp_port=port, layout=layout))
    try:
        reader = smdr._readers[TCP]
        assert reader.wait_until_listening(10)
        yield smdr, reader.port
    finally:
        smdr.stop()


def calls(accounting: TcpAccounting) -> list[str]:
    return [csv_call(line) for line in accounting.lines.lines]


def names(first: int, last: int) -> list[str]:
    return [f"call-{number}" for number in range(first, last)]


@pytest.mark.parametrize(
    ("layout", "parse", "meant"),
    [
        (SmdrFormat.CSV, csv_call, "call-7"),
        (SmdrFormat.FIXED_80, fixed_call, ("102", "EXT101", "00:00'17")),
        (SmdrFormat.IP_OFFICE, office_call, ("102", "101", 1_000_001)),
    ],
)
def test_a_call_is_one_line_of_its_layout(buffer: SmdrBuffer, layout: SmdrFormat, parse, meant) -> None:  # type: ignore[no-untyped-def]
    with offered(buffer, layout) as (smdr, port):
        reader = TcpAccounting(port)
        reader.connect()
        smdr.write([ended_call(7)])
        smdr.write([ended_call(7)])  # told again
        reader.read_until(lambda lines: len(lines) == 1)
        reader.leave()
        assert [parse(line) for line in reader.lines.lines] == [meant]


@pytest.mark.slow
def test_ten_thousand_records_with_the_reader_gone_for_half_of_them(buffer: SmdrBuffer) -> None:
    with offered(buffer) as (smdr, port):
        reader = TcpAccounting(port)
        reader.connect()

        def end_calls() -> None:
            for first in range(0, 10_000, 50):
                smdr.write([ended_call(number) for number in range(first, first + 50)])

        ending = threading.Thread(target=end_calls)
        ending.start()
        reader.read_until(lambda lines: len(lines) >= 2_500)
        reader.leave()
        ending.join()
        [status] = smdr.status()
        assert status.place.waiting >= 5_000, "the reader is gone for half of them"
        assert status.place.waiting + len(reader.lines.lines) == 10_000
        reader.connect()
        reader.read_until(lambda lines: len(lines) >= 10_000)
        reader.leave()
        assert calls(reader) == names(0, 10_000)
        [status] = smdr.status()
        assert (status.place.waiting, status.place.dropped) == (0, 0)


def test_what_a_lost_reader_did_not_acknowledge_is_sent_to_the_next(buffer: SmdrBuffer) -> None:
    """Its end is closed while records are on their way: they come again, and none twice to the one who stays."""
    with offered(buffer) as (smdr, port):
        got: list[str] = []
        for turn in range(20):
            reader = TcpAccounting(port)
            wait_until(lambda: not smdr.status()[0].state.connected, "the last one is gone")
            reader.connect()
            smdr.write([ended_call(number) for number in range(turn * 20, turn * 20 + 20)])
            reader.read_until(lambda lines: len(lines) >= 10)
            reader.leave()
            got += calls(reader)
        last = TcpAccounting(port)
        wait_until(lambda: not smdr.status()[0].state.connected, "the last one is gone")
        last.connect()
        last.read_until(lambda lines: len(got) + len(lines) >= 400)
        last.leave()
        assert got + calls(last) == names(0, 400)


def test_what_never_arrived_at_a_reader_that_is_cut_off_goes_to_the_next(buffer: SmdrBuffer) -> None:
    """It reads nothing until its system takes no more, and is cut off: what its system never had is not lost."""
    with offered(buffer) as (smdr, port):
        full = socket.socket()
        full.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        full.connect(("127.0.0.1", port))
        smdr.write([ended_call(number) for number in range(400)])
        seen = [-1, -2]
        while seen[-1] != seen[-2]:  # until nothing moves any more
            time.sleep(0.3)
            seen.append(smdr.status()[0].place.waiting)
        arrived = Lines()
        arrived.take(full.recv(65536, socket.MSG_PEEK))
        assert 0 < len(arrived.lines) < 400
        full.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        full.close()
        wait_until(lambda: not smdr.status()[0].state.connected, "its end was seen", 20)
        reader = TcpAccounting(port)
        reader.connect()
        reader.read_until(lambda lines: lines[-1:] != [] and csv_call(lines[-1]) == "call-399")
        reader.leave()
        first = 400 - len(reader.lines.lines)
        assert calls(reader) == names(first, 400)
        assert first <= len(arrived.lines)


def test_a_reader_that_closes_at_once_leaves_the_rest_in_the_buffer(buffer: SmdrBuffer) -> None:
    with offered(buffer) as (smdr, port):
        reader = TcpAccounting(port)
        reader.connect()
        wait_until(lambda: smdr.status()[0].state.connected, "it is connected")
        reader.vanish()
        wait_until(lambda: not smdr.status()[0].state.connected, "its end was seen")
        smdr.write([ended_call(1)])
        reader.connect()
        reader.read_until(lambda lines: len(lines) == 1)
        assert calls(reader) == ["call-1"]


def test_hostile_bytes_from_a_reader_are_thrown_away(buffer: SmdrBuffer) -> None:
    with offered(buffer) as (smdr, port):
        reader = TcpAccounting(port)
        reader.connect()
        reader.say(bytes(range(256)) * 500)
        smdr.write([ended_call(1)])
        reader.read_until(lambda lines: len(lines) == 1)
        reader.say(b"\xff\xf4\xff\xfd\x06")  # telnet's interrupt, as a curious technician sends it
        smdr.write([ended_call(2)])
        reader.read_until(lambda lines: len(lines) == 2)
        assert calls(reader) == names(1, 3)


def test_a_second_reader_is_turned_away_and_counted(buffer: SmdrBuffer) -> None:
    with offered(buffer) as (smdr, port):
        reader, second = TcpAccounting(port), TcpAccounting(port)
        reader.connect()
        wait_until(lambda: smdr.status()[0].state.connected, "it is connected")
        second.connect()
        wait_until(lambda: not second.read(), "the second is turned away")
        smdr.write([ended_call(1)])
        reader.read_until(lambda lines: len(lines) == 1)
        assert second.lines.lines == []
        assert smdr.status()[0].state.refused == 1


def test_a_reader_that_reads_nothing_holds_nothing_up_but_itself(buffer: SmdrBuffer) -> None:
    with offered(buffer) as (smdr, port):
        with socket.create_connection(("127.0.0.1", port)) as asleep:
            asleep.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
            for number in range(300):
                smdr.write([ended_call(number)])
            time.sleep(0.1)
            assert smdr.alive
        assert [record.number for record, _ in smdr.tail(1)] == [300]


def test_a_port_in_use_is_told_and_taken_once_it_is_free(buffer: SmdrBuffer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("appliance.hardware.smdr.to_tcp._TRY_AGAIN_S", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        smdr = Smdr(buffer, History())
        smdr.set(SmdrSettings(tcp_port=port))
        wait_until(lambda: smdr.status()[0].state.fault, "the fault is told")
    try:
        wait_until(lambda: not smdr.status()[0].state.fault, "the port is taken")
        TcpAccounting(port).connect()
    finally:
        smdr.stop()


def test_new_settings_of_the_layout_do_not_interrupt_a_reader(buffer: SmdrBuffer) -> None:
    with offered(buffer) as (smdr, port):
        reader = TcpAccounting(port)
        reader.connect()
        smdr.write([ended_call(1)])
        reader.read_until(lambda lines: len(lines) == 1)
        smdr.set(SmdrSettings(tcp_port=0, layout=SmdrFormat.FIXED_80))
        smdr.write([ended_call(2)])
        reader.read_until(lambda lines: len(lines) == 2)
        assert fixed_call(reader.lines.lines[1])[0] == "102"


def test_nothing_is_kept_while_nobody_reads(buffer: SmdrBuffer) -> None:
    history = History()
    smdr = Smdr(buffer, history)
    smdr.set(SmdrSettings())
    smdr.write([ended_call(1)])
    assert smdr.tail(10) == ()
    assert len(history.facts) == 1
