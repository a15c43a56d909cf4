"""The words of the menu are there in four languages and fit."""

from __future__ import annotations

import re
from pathlib import Path

from appliance.cli.console.words import WORDS
from appliance.cli.table import cells
from appliance.model.fields import Language

HERE = Path(__file__).resolve().parents[3] / "appliance/cli/console"


def test_every_word_is_there_in_every_language_with_the_same_parameters() -> None:
    for key, texts in WORDS.items():
        assert set(texts) == set(Language), key
        assert all(texts.values()), key
        assert len({frozenset(re.findall(r"\{(\w+)\}", text)) for text in texts.values()}) == 1, key


def test_key_hints_are_not_cut() -> None:
    for key, texts in WORDS.items():
        if key.startswith("keys_"):
            assert all(cells(text) <= 60 for text in texts.values()), key


def test_every_word_is_used_and_every_word_used_is_there() -> None:
    source = "".join(
        file.read_text(encoding="utf-8") for file in HERE.glob("*.py") if not file.name.endswith("words.py")
    )
    said = set(re.findall(r'say\(\s*"([a-z_0-9]+)"', source))
    assert said <= WORDS.keys()
    quoted = set(re.findall(r'["\']([a-z_0-9]+)["\']', source))
    states = {"staged", "awaiting", "confirmed", "rejected", "undone",
              "dialling", "ringing", "talking", "held", "service"}  # fmt: skip
    made = {word for word in WORDS if re.match(r"(method|last|install|power_waits|power_restart|power_off)_", word)}
    assert WORDS.keys() - quoted - states - made == set()
