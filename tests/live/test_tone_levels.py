"""Tones made by arithmetic are heard for what they are, and nothing else is."""

from __future__ import annotations

import math
import random
from array import array

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from appliance.live.tone_levels import FULL_SCALE_DBM0, RATE, heard, level, steady_level, tone_level, tones_of
from appliance.render.asterisk.indications import ZONES


def sine(dbm0: float, *frequencies: float, seconds: float = 1.0, phase: float = 0.0) -> array[int]:
    """Frequencies of this level each."""
    size = 32767 * 10 ** ((dbm0 - FULL_SCALE_DBM0) / 20)
    return array("h", (
        round(sum(size * math.sin(2 * math.pi * one * at / RATE + phase) for one in frequencies))
        for at in range(int(RATE * seconds))
    ))  # fmt: skip


def modulated(dbm0: float, carrier: float, by: float) -> array[int]:
    size = 32767 * 10 ** ((dbm0 - FULL_SCALE_DBM0) / 20) / 2
    return array("h", (
        round(size * (1 + 0.9 * math.sin(2 * math.pi * by * at / RATE)) * math.sin(2 * math.pi * carrier * at / RATE))
        for at in range(RATE)
    ))  # fmt: skip


def cadence(tone: array[int], on: float, off: float, times: int) -> array[int]:
    return (tone[: int(on * RATE)] + array("h", [0] * int(off * RATE))) * times


@given(
    dbm0=st.floats(-40, 3), frequency=st.floats(320, 3300), phase=st.floats(0, 6.28),
)  # fmt: skip
@settings(max_examples=50)
def test_the_level_of_a_tone_is_its_level(dbm0: float, frequency: float, phase: float) -> None:
    tone = sine(dbm0, frequency, seconds=0.2, phase=phase)
    assert tone_level(tone, frequency) == pytest.approx(dbm0, abs=0.4)
    assert level(tone) == pytest.approx(dbm0, abs=0.4)


@settings(max_examples=15)
@given(sent=st.floats(-45, -10))
def test_a_test_tone_is_measured_under_a_dial_tone(sent: float) -> None:
    both = array("h", (one + other for one, other in zip(sine(-12, 350, 440), sine(sent, 1004), strict=True)))
    assert steady_level(both, 1004) == pytest.approx(sent, abs=0.5)


def notations(zone: str) -> str:
    return dict(ZONES[zone].tones)["dial"]


@pytest.mark.parametrize("zone", sorted(ZONES))
def test_the_dial_tone_of_every_zone_is_heard_where_it_sounds(zone: str) -> None:
    for tone in tones_of(notations(zone)):
        made = modulated(-6, tone.together[0], tone.sides[1] - tone.together[0]) if tone.sides else sine(
            -13, *tone.together
        )  # fmt: skip
        found = heard(made, (tone,))
        assert found.share > 0.9, (zone, found)
        assert -18 < found.tone_level < -8


@settings(max_examples=15)
@given(off=st.floats(-14, 14))
def test_networks_may_be_off_a_little(off: float) -> None:
    assert heard(sine(-12, 425 + off, seconds=0.5), tones_of("425")).share == 1.0


@pytest.mark.parametrize(
    ("played", "named"), [((480, 620), (480, 620)), ((440,), (440,)), ((1400,), (1400,)), ((350,), (350,))]
)
def test_another_tone_is_none_and_is_named(played: tuple[int, ...], named: tuple[int, ...]) -> None:
    found = heard(sine(-12, *played), tones_of("350+440"))
    assert found.share == 0.0
    assert [abs(one - other) <= 10 for one, other in zip(found.strongest, named, strict=True)] == [True] * len(named)


def test_a_busy_tone_of_the_same_frequency_is_told_by_its_breaks() -> None:
    assert 0.3 < heard(cadence(sine(-12, 425), 0.5, 0.5, 3), tones_of("425")).share < 0.7


@settings(max_examples=8)
@given(seed=st.integers(0, 2**32), size=st.integers(50, 8000))
def test_noise_is_no_tone(seed: int, size: int) -> None:
    noise = random.Random(seed)
    made = array("h", (noise.randint(-size, size) for _ in range(RATE)))
    found = heard(made, tones_of("350+440") + tones_of("425"))
    assert found.share < 0.2 and found.strongest == ()


@pytest.mark.parametrize("samples", [array("h"), array("h", [0] * 8000), array("h", [1] * 100)])
def test_silence_and_nothing_are_no_tone(samples: array[int]) -> None:
    found = heard(samples, tones_of("425"))
    assert (found.share, found.strongest) == (0.0, ()) and found.level < -60
    assert steady_level(samples, 1004) < -60


@settings(max_examples=30)
@given(st.lists(st.integers(-32768, 32767), max_size=3000))
def test_whatever_comes_is_measured(samples: list[int]) -> None:
    found = heard(array("h", samples), tones_of("350+440,425/200,0/300,400*33"))
    assert 0.0 <= found.share <= 1.0 and -90 <= found.level <= 7
