"""Drivers of displays over pseudo-terminals, against displays written from their data sheets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.hardware.display.crystalfontz import Crystalfontz635, crc, packet
from appliance.hardware.display.driver import Driver
from appliance.hardware.display.hd44780 import Hd44780Serial
from appliance.hardware.display.matrix_orbital import MatrixOrbital
from appliance.hardware.display.screen import Screen
from appliance.render.display.picture import Key, Lamp, Picture, picture
from tests.boxes import wait_until
from tests.hardware.far_ends.displays import Cfa635, Display, Hd44780, Lk204, v42_crc
from tests.hardware.far_ends.wire import Wire

FIRST = picture(("najd-clinic", "192.168.1.20", "3 calls", "09:05"), (Lamp.GREEN, Lamp.RED, Lamp.OFF, Lamp.AMBER))
SECOND = picture(("najd-clinic", "192.168.1.20", "4 calls", "09:06"), (Lamp.GREEN, Lamp.OFF, Lamp.OFF, Lamp.AMBER))
KINDS: dict[str, tuple[type[Driver], type[Display]]] = {
    "crystalfontz-635": (Crystalfontz635, Cfa635),
    "matrix-orbital": (MatrixOrbital, Lk204),
    "hd44780-serial": (Hd44780Serial, Hd44780),
}


class Box:
    """The side behind the driver: what shall be shown, and which keys came."""

    def __init__(self) -> None:
        self.picture = FIRST
        self.keys: list[Key] = []


@contextmanager
def showing(wire: Wire, driver: Driver) -> Iterator[tuple[Box, Screen]]:
    box = Box()
    screen = Screen(str(wire.port), driver, lambda: box.picture, box.keys.append, first_pause_s=0.02)
    screen.start()
    try:
        yield box, screen
    finally:
        screen.stop()


@contextmanager
def display(kind: Callable[[Wire], Any], wire: Wire) -> Iterator[Any]:
    made = kind(wire)
    made.start()
    try:
        yield made
    finally:
        made.stop()


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_and_its_changes_stand_on_the_glass(wire: Wire, kind: str) -> None:
    driver, far_end = KINDS[kind]
    wire.plug()
    with display(far_end, wire) as shown, showing(wire, driver()) as (box, screen):
        wait_until(lambda: shown.glass.rows == list(FIRST.rows), "the first picture")
        box.picture = SECOND
        wait_until(lambda: shown.glass.rows == list(SECOND.rows), "the second picture")
        assert shown.faults == []
        assert screen.connected


@pytest.mark.parametrize("kind", KINDS)
def test_a_display_that_was_unplugged_shows_everything_again(wire: Wire, kind: str) -> None:
    driver, far_end = KINDS[kind]
    wire.plug()
    with showing(wire, driver()) as (_, screen):
        with display(far_end, wire) as shown:
            wait_until(lambda: shown.glass.rows == list(FIRST.rows), "the picture")
        wire.unplug()
        wait_until(lambda: not screen.connected, "it is missed")
        wire.plug()
        with display(far_end, wire) as shown:
            wait_until(lambda: shown.glass.rows == list(FIRST.rows), "the picture again")
            assert shown.faults == []


def test_the_lamps_of_a_crystalfontz_are_lit(wire: Wire) -> None:
    wire.plug()
    with display(Cfa635, wire) as shown, showing(wire, Crystalfontz635()):
        wait_until(lambda: len(shown.outputs) == 8, "eight halves of lamps")
        assert [shown.lamp(number) for number in range(4)] == [(100, 0), (0, 100), (0, 0), (50, 100)]


def test_the_keys_of_a_crystalfontz_arrive_once_each_and_releases_do_not(wire: Wire) -> None:
    wire.plug()
    with display(Cfa635, wire) as shown, showing(wire, Crystalfontz635()) as (box, _):
        wait_until(lambda: shown.reported == 0x3F, "all keys are asked for")
        for code in range(1, 7):
            shown.key(code)
            shown.send(0x80, bytes([code + 6]))
        wait_until(lambda: len(box.keys) == 6, "six keys")
        assert box.keys == [Key.UP, Key.DOWN, Key.LEFT, Key.RIGHT, Key.ENTER, Key.EXIT]


def test_the_keys_of_a_matrix_orbital_arrive_and_noise_does_not(wire: Wire) -> None:
    wire.plug()
    with display(Lk204, wire) as shown, showing(wire, MatrixOrbital()) as (box, _):
        wait_until(lambda: shown.glass.rows == list(FIRST.rows), "the picture")
        wire.write(b"\x00\xffBH\x80DCE\xfeG")
        wait_until(lambda: len(box.keys) == 6, "six keys")
        assert box.keys == [Key.UP, Key.DOWN, Key.LEFT, Key.RIGHT, Key.ENTER, Key.EXIT]


def test_a_display_that_was_reset_is_readied_and_drawn_again(wire: Wire) -> None:
    wire.plug()
    with display(Cfa635, wire) as shown, showing(wire, Crystalfontz635()) as (box, _):
        wait_until(lambda: shown.glass.rows == list(FIRST.rows), "the picture")
        shown.reset()
        shown.deaf = 3  # while it starts
        box.picture = SECOND
        wait_until(lambda: shown.glass.rows == list(SECOND.rows), "the picture again", 20)
        assert shown.reported == 0x3F


def test_a_packet_that_is_not_acknowledged_is_sent_again(wire: Wire) -> None:
    wire.plug()
    with display(Cfa635, wire) as shown, showing(wire, Crystalfontz635()) as (box, _):
        wait_until(lambda: len(shown.outputs) == 8, "the picture")
        shown.deaf = 1
        box.picture = SECOND
        wait_until(lambda: shown.glass.rows == list(SECOND.rows), "the second picture")


def test_a_wire_without_a_display_is_told(wire: Wire) -> None:
    wire.plug()
    with showing(wire, Crystalfontz635()) as (_, screen):
        wait_until(lambda: screen.fault == "no answer", "it is told", 20)
        assert not screen.connected


def test_hostile_bytes_between_packets_cost_no_key(wire: Wire) -> None:
    wire.plug()
    with display(Cfa635, wire) as shown, showing(wire, Crystalfontz635()) as (box, _):
        wait_until(lambda: len(shown.outputs) == 8, "the picture")
        for code in range(1, 7):
            wire.write(bytes(range(256)) * 4 + b"\xff" * 40)
            shown.key(code)
        wait_until(lambda: len(box.keys) == 6, "six keys")
        box.picture = SECOND
        wait_until(lambda: shown.glass.rows == list(SECOND.rows), "the second picture")


def test_the_crc_is_that_of_the_data_sheet() -> None:
    # ITU-T V.42's check value (CRC-16/IBM-SDLC of "123456789"), and the ping of the data sheet.
    assert crc(b"123456789") == v42_crc(b"123456789") == 0x906E


@given(st.binary(max_size=24))
def test_the_crc_is_the_remainder_it_is_defined_as(data: bytes) -> None:
    assert crc(data) == v42_crc(data)


@given(
    st.lists(st.sampled_from([*range(1, 7)]), max_size=8),
    st.binary(max_size=60),
    st.lists(st.integers(1, 7), min_size=1, max_size=30),
)
def test_keys_come_through_noise_before_them_and_cuts_anywhere(codes: list[int], noise: bytes, cuts: list[int]) -> None:
    """But for noise that is itself a packet, or the beginning of one that the display could have sent."""
    driver = Crystalfontz635()
    stream = noise + b"\xff" * 26 + b"".join(packet(0x80, bytes([code])) for code in codes)
    keys: list[Key] = []
    place = 0
    while stream:
        size = cuts[place % len(cuts)]
        keys += driver.take(stream[:size])
        stream, place = stream[size:], place + 1
    assert keys[len(keys) - len(codes) :] == [list(Key)[code - 1] for code in codes]


@given(st.binary(max_size=400))
def test_no_bytes_are_too_much_for_a_driver(data: bytes) -> None:
    for driver in (Crystalfontz635(), MatrixOrbital(), Hd44780Serial()):
        driver.take(data)
        assert driver.draw(Picture())
