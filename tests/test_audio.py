"""The measures of audio, proven on signals made to measure."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests import audio
from tests.audio import Sound


def joined(*parts: Sound) -> Sound:
    return Sound(np.concatenate([part.samples for part in parts]), parts[0].rate)


def silence(seconds: float, rate: int = 8000) -> Sound:
    return Sound(np.zeros(round(seconds * rate)), rate)


def noise(seconds: float, level: float, rate: int = 8000) -> Sound:
    return Sound(np.random.default_rng(7).normal(0, level, round(seconds * rate)), rate)


@pytest.mark.parametrize("rate", [8000, 16000, 48000])
@pytest.mark.parametrize("frequency", [440, 550, 740, 1030, 1130])
def test_a_tone_is_found_at_its_frequency_and_not_beside_it(rate: int, frequency: int) -> None:
    sound = audio.tone(frequency, 1.0, rate)
    assert audio.tone_share(sound, frequency) > 0.99
    assert audio.longest_tone_ms(sound, frequency) == 1000
    for other in (frequency - 90, frequency + 90):
        assert audio.tone_share(sound, other) < 0.01
        assert audio.longest_tone_ms(sound, other) == 0


def test_a_tone_is_found_under_noise_and_noise_is_no_tone() -> None:
    mixed = Sound(audio.tone(740, 2.0).samples + noise(2.0, 0.05).samples, 8000)
    assert audio.longest_tone_ms(mixed, 740) == 2000
    assert audio.longest_tone_ms(noise(2.0, 0.3), 740) == 0


def test_a_tone_drowned_by_another_is_not_heard() -> None:
    mixed = Sound(audio.tone(740, 1.0, level=0.1).samples + audio.tone(550, 1.0, level=0.3).samples, 8000)
    assert audio.longest_tone_ms(mixed, 740) == 0
    assert audio.longest_tone_ms(mixed, 550) == 1000


def test_silence_carries_no_tone() -> None:
    whisper = audio.tone(440, 1.0, level=0.0005)
    assert audio.tone_share(silence(1.0), 440) == 0
    assert audio.tone_share(whisper, 440) == 0
    assert audio.tone_share(Sound(np.zeros(0), 8000), 440) == 0


def test_an_interrupted_tone_counts_its_longest_stretch() -> None:
    sound = joined(audio.tone(550, 0.6), silence(0.3), audio.tone(550, 1.1))
    assert audio.longest_tone_ms(sound, 550) == pytest.approx(1100, abs=audio.WINDOW_MS)


@pytest.mark.parametrize("gap_ms", [21, 25, 40, 60, 200, 1000])
def test_a_planted_gap_is_found_where_it_is_and_as_long_as_it_is(gap_ms: int) -> None:
    sound = joined(audio.tone(440, 1.0), silence(gap_ms / 1000), audio.tone(440, 0.5))
    [gap] = audio.gaps(sound, longer_than_ms=20)
    assert gap.at_ms == pytest.approx(1000, abs=1.5)
    assert gap.length_ms == pytest.approx(gap_ms, abs=1.5)


@pytest.mark.parametrize("gap_ms", [1, 5, 10, 18])
def test_a_gap_under_the_limit_is_none(gap_ms: int) -> None:
    sound = joined(audio.tone(440, 1.0), silence(gap_ms / 1000), audio.tone(440, 0.5))
    assert audio.gaps(sound, longer_than_ms=20) == []


@pytest.mark.parametrize("rate", [8000, 16000])
def test_every_one_of_many_gaps_is_found(rate: int) -> None:
    parts = []
    for _ in range(12):
        parts += [audio.tone(550, 0.2, rate), silence(0.03, rate)]
    sound = joined(*parts, audio.tone(550, 0.2, rate))
    assert len(audio.gaps(sound, longer_than_ms=20)) == 12


def test_silence_before_and_after_is_no_gap_and_neither_is_a_steady_tone() -> None:
    assert audio.gaps(joined(silence(0.5), audio.tone(440, 2.0), silence(0.5))) == []
    assert audio.gaps(silence(1.0)) == []


def test_the_level_is_that_of_the_sine_and_of_nothing() -> None:
    assert audio.level_dbfs(audio.tone(1000, 1.0, level=1.0)) == pytest.approx(-3.01, abs=0.05)
    assert audio.level_dbfs(silence(0.1)) == -120
    assert audio.is_silent(silence(1.0))
    assert not audio.is_silent(joined(silence(1.0), audio.tone(440, 0.1)))


def test_the_loud_share_tells_music_from_pauses() -> None:
    assert audio.loud_share(noise(1.0, 0.1)) == 1.0
    assert audio.loud_share(joined(noise(1.0, 0.1), silence(1.0))) == pytest.approx(0.5, abs=0.06)


def test_a_wav_written_reads_back(tmp_path: Path) -> None:
    sound = audio.tone(620, 0.5)
    audio.write_wav(tmp_path / "tone.wav", sound)
    again = audio.read_wav(tmp_path / "tone.wav")
    assert again.rate == 8000
    assert np.allclose(again.samples, sound.samples, atol=1e-3)


def test_raw_samples_cut_in_the_middle_of_one_are_taken_up_to_it() -> None:
    assert len(audio.pcm(b"\x00\x40\x00\xc0\x01", 8000).samples) == 2
