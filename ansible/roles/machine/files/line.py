#!/usr/bin/python3
"""What a test of a port needs of DAHDI's devices. One request of the daemon on standard input, one answer.

usage: line

{"do": "voltage", "channel": N}
    {"millivolts": M}, what the driver measures between the wires, or null where it does not tell.
{"do": "loop", "span": S, "channel": N, "seconds": T, "loop": "plug" or "card"}
    {"octets": O, "errors": E, "found": true or false}: sends the pattern of ITU-T O.151, 2.1 (2^15-1 bits) on a channel
    that nobody holds, and compares what comes back. With "card", the card turns the whole span round meanwhile.
{"error": what}, with "params" where there is a sentence for it.

Device, structures and numbers: dahdi-linux, include/dahdi/user.h and include/dahdi/wctdm_user.h.
"""

import ctypes
import fcntl
import json
import os
import select
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(os.environ.get("LOOPSTART_ROOT", "/"))  # of tests; no unit of the box sets it
CONTROL = ROOT / "dev/dahdi/ctl"
CHANNEL = ROOT / "dev/dahdi/channel"
CODE = 0xDA
LONGEST_S = 30
BLOCK = 1024
SETTLE_S = 0.5
"""What was in the buffers, and the card's loop, need a moment."""
PERIOD = 32767
"""Octets until the pattern repeats: 2^15-1 bits have no divisor in common with 8."""
ANCHOR = 8
"""Octets that are looked for; 64 bits stand in one place only."""
MAINT_NONE, MAINT_LOCALLOOP = 0, 1


class Stats(ctypes.Structure):
    """struct wctdm_stats: millivolts."""

    _fields_ = (("tip", ctypes.c_int), ("ring", ctypes.c_int), ("battery", ctypes.c_int))


class Indirect(ctypes.Structure):
    """struct dahdi_indirect_data."""

    _fields_ = (("channel", ctypes.c_int), ("operation", ctypes.c_int), ("data", ctypes.c_void_p))


class Maintenance(ctypes.Structure):
    """struct dahdi_maintinfo."""

    _fields_ = (("span", ctypes.c_int), ("command", ctypes.c_int))


class RefusedError(Exception):
    """code: of the box's sentences."""


def number(direction: int, code: int, size: int) -> int:
    """An ioctl's number (asm-generic/ioctl.h). direction: 1 write, 2 read."""
    return direction << 30 | size << 16 | CODE << 8 | code


GET_STATS = number(2, 60, ctypes.sizeof(Stats))
INDIRECT = number(3, 56, ctypes.sizeof(Indirect))
MAINT = number(1, 11, ctypes.sizeof(Maintenance))
SPECIFY = number(1, 38, 4)


def main() -> int:
    try:
        request = json.loads(sys.stdin.readline(4096))
        channel = whole(request["channel"], 1, 4096)
        if request["do"] == "voltage":
            answer({"millivolts": millivolts(channel)})
        elif request["do"] == "loop":
            span, seconds = whole(request["span"], 1, 512), whole(request["seconds"], 1, LONGEST_S)
            if request["loop"] not in ("plug", "card"):
                raise ValueError("loop")
            answer(loop(span, channel, seconds, in_card=request["loop"] == "card"))
        else:
            raise ValueError("do")
    except RefusedError as error:
        answer({"error": str(error), "params": {}})
        return 1
    except (ValueError, TypeError, KeyError) as error:
        answer({"error": f"no request of ours: {error!r}"})
        return 1
    except OSError as error:
        answer({"error": str(error)})
        return 1
    return 0


def whole(value: object, least: int, most: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise ValueError(f"{value!r} is not between {least} and {most}")
    return value


def millivolts(channel: int) -> int | None:
    """Between the wires; None where the driver has no such question, or is not there."""
    stats = Stats()
    asked = Indirect(channel, ctypes.c_int(GET_STATS).value, ctypes.addressof(stats))
    try:
        with control() as device:
            fcntl.ioctl(device, INDIRECT, asked)
    except OSError:
        return None
    # An FXO port says one voltage three times, a telephone's port says each wire's own (wctdm.c, wctdm_ioctl).
    return stats.tip if stats.tip == stats.ring else stats.tip - stats.ring


def loop(span: int, channel: int, seconds: int, *, in_card: bool) -> dict:
    """Send and compare."""
    with looped(span) if in_card else nothing(), opened(channel) as device:
        octets = exchange(device, seconds)
    return compared(octets)


@contextmanager
def control():
    device = os.open(CONTROL, os.O_RDWR | os.O_CLOEXEC)
    try:
        yield device
    finally:
        os.close(device)


@contextmanager
def nothing():
    yield


@contextmanager
def looped(span: int):
    """The card sends what it transmits back to itself; whatever happens, it stops to."""
    with control() as device:
        try:
            fcntl.ioctl(device, MAINT, Maintenance(span, MAINT_LOCALLOOP))
        except OSError as error:
            raise RefusedError("test_loop_not_in_card") from error
        try:
            time.sleep(SETTLE_S)
            yield
        finally:
            fcntl.ioctl(device, MAINT, Maintenance(span, MAINT_NONE))


@contextmanager
def opened(channel: int):
    device = os.open(CHANNEL, os.O_RDWR | os.O_CLOEXEC | os.O_NONBLOCK)
    try:
        try:
            fcntl.ioctl(device, SPECIFY, ctypes.c_int(channel))
        except OSError as error:
            raise RefusedError("test_channel_held") from error
        yield device
    finally:
        os.close(device)


def pattern() -> bytes:
    """One period: x^15 + x^14 + 1 (ITU-T O.151, 2.1), the first bit in each octet's highest."""
    register, bits = 0x7FFF, bytearray()
    for _ in range(PERIOD):
        octet = 0
        for _ in range(8):
            bit = (register >> 14 ^ register >> 13) & 1
            register = (register << 1 | bit) & 0x7FFF
            octet = octet << 1 | bit
        bits.append(octet)
    return bytes(bits)


def exchange(device: int, seconds: float) -> bytes:
    """Keep sending; what was received after it had settled."""
    sent, at, received = pattern() * 2, 0, bytearray()
    begins, ends = time.monotonic() + SETTLE_S, time.monotonic() + SETTLE_S + seconds
    while (now := time.monotonic()) < ends:
        readable, writable, _ = select.select([device], [device], [], 0.2)
        if writable:
            with suppress(BlockingIOError):
                at = (at + os.write(device, sent[at : at + BLOCK])) % PERIOD
        if readable:
            try:
                block = os.read(device, BLOCK)
            except BlockingIOError:
                continue
            received += block if now >= begins else b""
    return bytes(received)


def compared(received: bytes) -> dict:
    """How many bits of what came back are wrong. Where octets were lost or doubled it is found again behind."""
    expected = pattern() * 2
    octets = errors = at = 0
    while (begins := synchronised(received, at, expected)) is not None:
        start, place = begins
        at = start
        while at < len(received):
            piece = received[at : at + BLOCK]
            wrong = difference(piece, expected[place : place + len(piece)])
            if wrong > len(piece):  # one bit in eight: it is not that the line is bad, the place is lost
                break
            octets, errors = octets + len(piece), errors + wrong
            at, place = at + len(piece), (place + len(piece)) % PERIOD
        else:
            break
        errors += 1
        at += ANCHOR
    return {"octets": octets, "errors": errors, "found": octets > 0}


def synchronised(received: bytes, begin: int, expected: bytes) -> tuple[int, int] | None:
    """Where the pattern begins to be seen: the place in what came back, and in the pattern."""
    for at in range(begin, len(received) - ANCHOR + 1):
        place = expected.find(received[at : at + ANCHOR])
        if place >= 0:
            return at, place % PERIOD
    return None


def difference(one: bytes, other: bytes) -> int:
    return (int.from_bytes(one) ^ int.from_bytes(other)).bit_count()


def answer(value: dict) -> None:
    print(json.dumps(value), flush=True)


if __name__ == "__main__":
    sys.exit(main())
