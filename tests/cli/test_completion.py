"""The completion script, run by a real bash."""

from __future__ import annotations

import subprocess
import sys

import pytest

from appliance.cli.completion import script
from appliance.cli.parser import make_parser


def completed(*words: str) -> list[str]:
    """What bash offers after these words; the last one is being typed."""
    line = " ".join(words)
    program = (
        f"{script('bash', make_parser())}\n"
        f"COMP_WORDS=({' '.join(repr(word) for word in words)}); COMP_CWORD={len(words) - 1}; COMP_LINE='{line}'\n"
        "_loopstart; printf '%s\\n' \"${COMPREPLY[@]}\""
    )
    done = subprocess.run(["bash", "-c", program], capture_output=True, text=True, check=True)
    return done.stdout.split()


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["loopstart", "ext"], ["extension"]),
        (["loopstart", "extension", "re"], ["remove"]),
        (["loopstart", "extension", "remove", "101", "--c"], ["--cascade"]),
        (["loopstart", "apply", "--conf"], ["--confirm-within"]),
        (["loopstart", "completion", "z"], ["zsh"]),
    ],
)
def test_it_offers_what_may_follow(words: list[str], offered: list[str]) -> None:
    assert completed(*words) == offered


def test_help_and_completion_import_nothing_heavy() -> None:
    program = (
        "import sys; from appliance.cli.parser import make_parser; make_parser().format_help();"
        "print([name for name in ('pydantic', 'yaml', 'sqlite3', 'socket') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
