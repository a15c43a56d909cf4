"""Measuring what a phone heard: tones, silence and gaps in 16-bit mono audio.

Samples are one-dimensional ``numpy`` arrays of float64 in -1.0 to 1.0; frequencies are hertz, levels dBFS,
times milliseconds. Tones are measured with a Goertzel sum over windows, so one that comes and goes is seen
so.
"""

from __future__ import annotations

import wave
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float64]

SILENCE_DBFS = -50.0
"""Quieter is silence: the idle pattern of G.711 is below -66 dBFS, the quietest prompt well above -40."""
TONE_SHARE = 0.6
"""A window carries a tone when this share of its energy is at its frequency. G.711 noise takes 0.001."""
WINDOW_MS = 100
"""Window of every measurement: long enough to tell tones 20 Hz apart, short enough to see one come and go."""


@dataclass(frozen=True)
class Sound:
    """Samples and their rate in hertz."""

    samples: Samples
    rate: int

    @property
    def duration_ms(self) -> float:
        """How long it plays."""
        return 1000.0 * len(self.samples) / self.rate

    def part(self, from_ms: float, to_ms: float) -> Sound:
        """A stretch of it."""
        first, last = (round(at * self.rate / 1000) for at in (from_ms, to_ms))
        return Sound(self.samples[first:last], self.rate)


@dataclass(frozen=True)
class Gap:
    """A stretch of silence inside sound, in milliseconds from the start."""

    at_ms: float
    length_ms: float


def pcm(data: bytes, rate: int) -> Sound:
    """Raw signed 16-bit little-endian mono samples as sound; an odd last byte is left out."""
    whole = data[: len(data) // 2 * 2]
    return Sound(np.frombuffer(whole, dtype="<i2").astype(np.float64) / 32768.0, rate)


def read_wav(path: Path) -> Sound:
    """Read a finished 16-bit WAV; of several channels the first. Raises ``wave.Error`` for other formats."""
    with wave.open(str(path), "rb") as file:
        if file.getsampwidth() != 2:
            raise wave.Error(f"{path}: not 16-bit")
        channels = file.getnchannels()
        sound = pcm(file.readframes(file.getnframes()), file.getframerate())
    return Sound(sound.samples[::channels], sound.rate)


def write_wav(path: Path, sound: Sound) -> None:
    """Write 16-bit mono WAV."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(sound.rate)
        file.writeframes((np.clip(sound.samples, -1.0, 1.0) * 32767).astype("<i2").tobytes())


def tone(frequency: float, seconds: float, rate: int = 8000, level: float = 0.3) -> Sound:
    """A sine."""
    at = np.arange(round(seconds * rate)) / rate
    return Sound(level * np.sin(2 * np.pi * frequency * at), rate)


def level_dbfs(sound: Sound) -> float:
    """RMS level; -120 for digital silence or nothing at all."""
    if len(sound.samples) == 0:
        return -120.0
    rms = float(np.sqrt(np.mean(np.square(sound.samples))))
    return max(-120.0, 20 * float(np.log10(rms))) if rms > 0 else -120.0


def is_silent(sound: Sound) -> bool:
    """Whether no window of it is louder than silence."""
    return all(level_dbfs(window) < SILENCE_DBFS for window in _windows(sound))


def tone_share(sound: Sound, frequency: float) -> float:
    """The share of the sound's energy at one frequency: about 1 for a clean tone, 0 for anything else.

    A Goertzel sum at the exact frequency (not at the nearest FFT bin), so windows of any length work.
    """
    count = len(sound.samples)
    energy = float(np.sum(np.square(sound.samples)))
    if count == 0 or level_dbfs(sound) < SILENCE_DBFS:
        return 0.0
    turn = np.exp(-2j * np.pi * frequency / sound.rate * np.arange(count))
    return float(2 * np.abs(np.dot(sound.samples, turn)) ** 2 / (count * energy))


def longest_tone_ms(sound: Sound, frequency: float) -> float:
    """The longest unbroken stretch in which every window carries the tone."""
    longest = run = 0
    for window in _windows(sound):
        run = run + 1 if tone_share(window, frequency) >= TONE_SHARE else 0
        longest = max(longest, run)
    return float(longest * WINDOW_MS)


def loud_share(sound: Sound) -> float:
    """The share of windows that are not silent: near 1 for music, about 0.7 for speech, 0 for silence."""
    windows = _windows(sound)
    return sum(level_dbfs(window) >= SILENCE_DBFS for window in windows) / len(windows) if windows else 0.0


def gaps(sound: Sound, longer_than_ms: float = 20.0) -> list[Gap]:
    """Stretches of silence longer than a limit between the first and the last sound.

    A sample is silent when nothing within the 1 ms around it reaches the silence level, so the zero crossings
    of a tone are no gaps. Good to about 1 ms.
    """
    reach = max(1, sound.rate // 1000)
    loud = np.abs(sound.samples) >= 10 ** (SILENCE_DBFS / 20)
    near = np.convolve(loud, np.ones(2 * reach + 1), mode="same") > 0
    where = np.flatnonzero(near)
    if len(where) == 0:
        return []
    # One step between loud neighbours, more where silence lies between; the reach is given back.
    steps = np.diff(where) - 1 + 2 * reach
    found = np.flatnonzero((np.diff(where) > 1) & (steps * 1000.0 / sound.rate > longer_than_ms))
    return [
        Gap(
            at_ms=(int(where[at]) + 1 - reach) * 1000.0 / sound.rate,
            length_ms=float(steps[at]) * 1000.0 / sound.rate,
        )
        for at in found
    ]


def _windows(sound: Sound) -> list[Sound]:
    size = sound.rate * WINDOW_MS // 1000
    return [Sound(sound.samples[at : at + size], sound.rate) for at in range(0, len(sound.samples) - size + 1, size)]
