"""What can be heard on a line: tones, their levels, and what comes back of a tone that was sent. Pure.

Levels are in dBm0. A sine of full scale (16 bits) is +3.14 dBm0 (ITU-T G.711, 4: where A-law overloads; mu-law 3.17).
A tone is measured by Goertzel's algorithm under a Hann window, which keeps a dial tone out of the measure of a test
tone.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

RATE = 8000
SILENCE_DBM0 = -90.0
"""What stands for no signal at all."""
FULL_SCALE = 32768.0
FULL_SCALE_DBM0 = 3.14
WINDOW = 800
"""A tenth of a second: short enough for cadences, long enough to part 350 Hz from 440."""
_OFF_HZ = (-15.0, -7.5, 0.0, 7.5, 15.0)
"""Networks keep their tones within 15 Hz or so (ITU-T E.180, 4.2)."""
_HEARD_DBM0 = -45.0
_SHARE = 0.6
"""Of the power in a window that is a tone's."""
_TOGETHER_DB = 12.0
"""Two frequencies that sound at once differ by less."""
_SEARCH_HZ = range(300, 1_800, 10)

Samples = Sequence[int]


class Tone(NamedTuple):
    """Frequencies of a tone in Hz. together: all must sound; sides: side bands of a modulated one, which may."""

    together: tuple[float, ...]
    sides: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Heard:
    """What a recording holds. seconds: its length. level: of all of it. share: of the windows with the tone that was
    looked for. tone_level: of that tone where it sounds. strongest: frequencies that stand out else, in Hz.
    """

    seconds: float
    level: float
    share: float = 0.0
    tone_level: float = SILENCE_DBM0
    strongest: tuple[int, ...] = ()


def tones_of(notation: str) -> tuple[Tone, ...]:
    """The tones of a part of ``indications.conf``: ``350+440``, ``400*33``, ``!425/200,0/300``. Silence is none."""
    found: dict[Tone, None] = {}
    for part in notation.split(","):
        frequencies = part.strip().lstrip("!").partition("/")[0]
        if "*" in frequencies:
            carrier, _, by = frequencies.partition("*")
            tone = Tone((float(carrier),), (float(carrier) - float(by), float(carrier) + float(by)))
        else:
            tone = Tone(tuple(value for each in frequencies.split("+") if (value := float(each)) > 0))
        if tone.together:
            found[tone] = None
    return tuple(found)


def level(samples: Samples) -> float:
    """Of everything, in dBm0."""
    if not samples:
        return SILENCE_DBM0
    return _dbm0(sum(sample * sample for sample in samples) / len(samples))


def tone_level(samples: Samples, frequency: float) -> float:
    """Of one frequency alone, in dBm0."""
    return _dbm0(_power(_windowed(samples), frequency))


def heard(samples: Samples, tones: Iterable[Tone]) -> Heard:
    """Look for one of these tones in windows of :data:`WINDOW`."""
    wanted = tuple(tones)
    windows = [samples[at : at + WINDOW] for at in range(0, len(samples) - WINDOW + 1, WINDOW)]
    powers = [found for window in windows if (found := _sounding(window, wanted)) is not None]
    whole = level(samples)
    strongest: tuple[int, ...] = ()
    if len(powers) * 2 < len(windows) and whole > _HEARD_DBM0:
        strongest = _strongest(max(windows, key=level))
    return Heard(
        seconds=len(samples) / RATE,
        level=whole,
        share=len(powers) / len(windows) if windows else 0.0,
        tone_level=_dbm0(sum(powers) / len(powers)) if powers else SILENCE_DBM0,
        strongest=strongest,
    )


def steady_level(samples: Samples, frequency: float) -> float:
    """Of one frequency where it sounds: the middle one of the windows, so that beginning and end do not count."""
    levels = sorted(
        tone_level(samples[at : at + WINDOW], frequency) for at in range(0, len(samples) - WINDOW + 1, WINDOW)
    )
    return levels[len(levels) // 2] if levels else SILENCE_DBM0


def _sounding(window: Samples, tones: tuple[Tone, ...]) -> float | None:
    """The power of the first tone that a window is full of."""
    total = sum(sample * sample for sample in window) / len(window)
    if _dbm0(total) < _HEARD_DBM0:
        return None
    shaped = _windowed(window)
    for tone in tones:
        parts = [max(_power(shaped, one + off) for off in _OFF_HZ) for one in tone.together]
        sides = [_power(shaped, one) for one in tone.sides]
        faintest = _dbm0(max(parts)) - _TOGETHER_DB
        if all(_dbm0(part) >= faintest for part in parts) and sum(parts) + sum(sides) >= _SHARE * total:
            return sum(parts) + sum(sides)
    return None


def _strongest(window: Samples) -> tuple[int, ...]:
    """At most two frequencies that stand out, in Hz; none in noise or speech."""
    shaped = _windowed(window)
    total = sum(sample * sample for sample in window) / len(window)
    powers = {frequency: _power(shaped, float(frequency)) for frequency in _SEARCH_HZ}
    found: list[int] = []
    for frequency in sorted(powers, key=powers.__getitem__, reverse=True):
        if all(abs(frequency - other) > 40 for other in found):
            found.append(frequency)
        if len(found) == 2:
            break
    first, second = found
    if powers[first] >= _SHARE * total and _dbm0(powers[second]) < _dbm0(powers[first]) - _TOGETHER_DB:
        return (first,)
    if powers[first] + powers[second] >= _SHARE * total:
        return tuple(sorted(found))
    return ()


def _windowed(samples: Samples) -> list[float]:
    """Under a Hann window, scaled so that a sine keeps its amplitude."""
    size = len(samples)
    step = 2 * math.pi / size if size else 0.0
    return [sample * (1.0 - math.cos(step * at)) for at, sample in enumerate(samples)]


def _power(shaped: Sequence[float], frequency: float) -> float:
    """Mean square of a sine of this frequency (Goertzel)."""
    size = len(shaped)
    if not size:
        return 0.0
    turn = 2 * math.cos(2 * math.pi * frequency / RATE)
    one = two = 0.0
    for sample in shaped:
        one, two = sample + turn * one - two, one
    power = one * one + two * two - turn * one * two
    return max(2 * power / (size * size), 0.0)


def _dbm0(mean_square: float) -> float:
    """A sine of full scale has half the square of it."""
    if mean_square <= 0:
        return SILENCE_DBM0
    relative = 10 * math.log10(mean_square / (FULL_SCALE * FULL_SCALE / 2))
    return max(FULL_SCALE_DBM0 + relative, SILENCE_DBM0)
