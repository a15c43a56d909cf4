"""Bytes of terminals, and of noise."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.cli.console.keys import NAMES, Keys, letter


@pytest.mark.parametrize(
    ("data", "keys"),
    [
        (b"\x1b[A\x1bOB\x1b[5~\x1b[6;2~", ["up", "down", "pageup", "pagedown"]),
        (b"1\r\n\x7f\b", ["1", "enter", "enter", "backspace", "backspace"]),
        ("۳ب".encode(), ["۳", "ب"]),
        (b"\x1b[200~x\x1b[?1;2c", ["x"]),
        (b"\x03\x00\x1a\x04\x0c", ["quit", "redraw"]),
        (b"\xff\x9bA", ["A"]),
        (b"\x1b\x1b[A", ["escape", "up"]),
    ],
)
def test_keys_of_terminals(data: bytes, keys: list[str]) -> None:
    assert Keys().feed(data) == keys
    one_by_one = Keys()
    assert [key for byte in data for key in one_by_one.feed(bytes([byte]))] == keys


def test_escape_alone_is_a_key_when_nothing_follows() -> None:
    keys = Keys()
    assert keys.feed(b"\x1b") == [] and keys.waits
    assert keys.pause() == ["escape"] and not keys.waits
    assert keys.feed(b"[A") == ["[", "A"]


@given(st.binary(max_size=200))
def test_noise_gives_characters_or_names_and_never_sticks(data: bytes) -> None:
    keys = Keys()
    for key in [*keys.feed(data), *keys.pause()]:
        assert key in NAMES or (len(key) == 1 and key.isprintable())
    keys.pause()
    assert keys.feed(b" 1")[-1] == "1"


def test_digits_of_every_script_are_digits() -> None:
    assert [letter(one) for one in "5٥۵R"] == ["5", "5", "5", "r"]
