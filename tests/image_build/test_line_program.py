"""Root's program for tests of ports: the pattern, what is made of it when it comes back, and what is refused."""

from __future__ import annotations

import importlib.util
import json
import os
import random
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

PROGRAM = Path(__file__).parents[2] / "ansible/roles/machine/files/line.py"
_SPEC = importlib.util.spec_from_file_location("line_program", PROGRAM)
assert _SPEC is not None and _SPEC.loader is not None
line = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(line)
ROUND: bytes = line.pattern()


def test_the_pattern_is_that_of_the_recommendation() -> None:
    """ITU-T O.151, 2.1: 32767 bits, 14 zeros and 15 ones in a row at most; each the sum of two before."""
    bits = "".join(f"{octet:08b}" for octet in ROUND[:8192])
    assert bits[:32767].count("1") == 16384
    assert "1" * 15 in bits and "1" * 16 not in bits and "0" * 14 in bits and "0" * 15 not in bits
    assert all(int(bits[at]) == int(bits[at - 14]) ^ int(bits[at - 15]) for at in range(15, 32767))
    assert len(ROUND) == 32767


@given(start=st.integers(0, 32766), length=st.integers(100, 20_000), before=st.binary(max_size=50))
def test_what_comes_back_whole_has_no_error(start: int, length: int, before: bytes) -> None:
    came = before + (ROUND * 2)[start : start + length]
    found = line.compared(came)
    assert found["found"] and found["errors"] <= 8 and found["octets"] >= length - 16
    if not before:
        assert found == {"octets": length, "errors": 0, "found": True}


@given(bits=st.sets(st.integers(0, 8 * 5000 - 1), min_size=1, max_size=40), start=st.integers(0, 32766))
def test_each_wrong_bit_is_counted_once_the_pattern_was_found(bits: set[int], start: int) -> None:
    came = bytearray((ROUND * 2)[start : start + 6000])
    for bit in bits:
        came[1000 + bit // 8] ^= 1 << bit % 8
    assert line.compared(bytes(came)) == {"octets": 6000, "errors": len(bits), "found": True}


def test_octets_that_were_lost_are_errors_and_the_rest_is_compared() -> None:
    came = ROUND[:5000] + ROUND[5003:12000]
    found = line.compared(came)
    assert found["errors"] > 0 and found["octets"] > 10_000


@given(st.binary(max_size=4000))
def test_noise_is_no_pattern(came: bytes) -> None:
    assert line.compared(came)["found"] is False


@pytest.mark.parametrize("idle", [b"\xd5", b"\xff", b"\x00", b"\x7e"])
def test_an_idle_line_is_no_pattern(idle: bytes) -> None:
    assert line.compared(idle * 8000)["found"] is False


def far_end(answer: Callable[[bytes], bytes], seconds: float) -> bytes:
    """What is received over a wire at whose other end every block is answered."""
    ours, theirs = socket.socketpair()

    def turn() -> None:
        with suppress(OSError):  # the other end stops in the middle
            while block := theirs.recv(4096):
                theirs.sendall(answer(block))

    thread = threading.Thread(target=turn)
    thread.start()
    try:
        ours.setblocking(False)
        return bytes(line.exchange(ours.fileno(), seconds))
    finally:
        ours.shutdown(socket.SHUT_RDWR)
        thread.join()
        ours.close()
        theirs.close()


def test_a_plug_gives_back_what_was_sent() -> None:
    found = line.compared(far_end(bytes, 0.3))
    assert found["found"] and found["errors"] == 0 and found["octets"] > 1000


def test_a_bad_line_is_told_from_a_good_one() -> None:
    noise = random.Random(7)

    def worn(block: bytes) -> bytes:
        return bytes(octet ^ (1 if noise.random() < 0.001 else 0) for octet in block)

    found = line.compared(far_end(worn, 0.3))
    assert found["found"] and 0 < found["errors"] < found["octets"] * 0.05


def asked(tmp_path: Path, request: Any) -> tuple[int, Any]:
    done = subprocess.run(
        [sys.executable, PROGRAM], input=request if isinstance(request, str) else json.dumps(request),
        capture_output=True, text=True, check=False, env={**os.environ, "LOOPSTART_ROOT": str(tmp_path)},
    )  # fmt: skip
    return done.returncode, json.loads(done.stdout)


LOOP = {"do": "loop", "span": 1, "channel": 1, "seconds": 1, "loop": "plug"}


@pytest.mark.parametrize(
    "request_",
    ["", "{}", "[]", "no", {"do": "voltage"}, {"do": "other", "channel": 1}, {"do": "voltage", "channel": "1"},
     {"do": "voltage", "channel": 0}, {"do": "voltage", "channel": True}, LOOP | {"seconds": 31},
     LOOP | {"span": -1}, LOOP | {"loop": "far"}],
)  # fmt: skip
def test_what_is_no_request_is_refused(request_: Any, tmp_path: Path) -> None:
    code, answer = asked(tmp_path, request_)
    assert code == 1 and answer["error"].startswith("no request of ours")


def test_a_box_without_cards_tells_no_voltage_and_sends_no_pattern(tmp_path: Path) -> None:
    assert asked(tmp_path, {"do": "voltage", "channel": 1}) == (0, {"millivolts": None})
    code, answer = asked(tmp_path, LOOP)
    assert code == 1 and "No such file" in answer["error"]


def test_the_numbers_of_the_requests_are_those_of_the_kernel() -> None:
    """As gcc makes them of include/dahdi/user.h and include/dahdi/wctdm_user.h on x86_64."""
    assert (line.GET_STATS, line.INDIRECT, line.MAINT, line.SPECIFY) == (
        0x800CDA3C, 0xC010DA38, 0x4008DA0B, 0x4004DA26
    )  # fmt: skip
