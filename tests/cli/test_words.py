"""The command's own words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from appliance.cli.options import LANGUAGES
from appliance.cli.terminal import language_of
from appliance.cli.words import WORDS, word
from appliance.model.fields import Language

HERE = Path(__file__).resolve().parents[2] / "appliance/cli"


def test_every_word_is_there_in_every_language() -> None:
    for key, texts in WORDS.items():
        assert set(texts) == set(Language), key
        assert all(texts.values()), key


def test_every_language_says_the_same_parameters() -> None:
    for key, texts in WORDS.items():
        assert len({frozenset(re.findall(r"\{(\w+)\}", text)) for text in texts.values()}) == 1, key


def test_every_word_that_is_said_exists() -> None:
    said = set()
    for file in HERE.glob("*.py"):
        said |= set(re.findall(r"\bword\(\s*\"([a-z_]+)\"", file.read_text(encoding="utf-8")))
    assert said <= WORDS.keys()


def test_the_languages_are_the_boxs() -> None:
    assert set(LANGUAGES) == set(Language)


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "ar_SA.UTF-8"}, "ar"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LC_ALL": "fa_IR", "LANG": "ar_SA"}, "fa"),
        ({"LC_ALL": "C", "LANG": "ar_SA"}, "en"),
        ({"LANGUAGE": "de:zh", "LANG": "en_GB"}, "zh"),
    ],
)
def test_the_language_is_that_of_the_environment(environment: dict[str, str], language: str) -> None:
    assert language_of(environment) == language


def test_a_sentence_is_said_in_the_language() -> None:
    assert word("removed", "ar", name="101") == "أُزيل 101."
