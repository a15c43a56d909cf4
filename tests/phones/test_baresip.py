"""The phone driver, proven without a box: two phones in two namespaces on one cable call each other
directly.
"""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import audio
from tests.phones.account import Account
from tests.phones.baresip import Baresip
from tests.phones.namespace import Namespace

pytestmark = pytest.mark.box
LEFT, RIGHT = "10.254.253.1", "10.254.253.2"


def ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True, timeout=10)


@pytest.fixture
def cable() -> Iterator[tuple[Namespace, Namespace]]:
    ends = [Namespace(f"lsphone{os.getpid()}{side}", address) for side, address in (("l", LEFT), ("r", RIGHT))]
    for end in ends:
        ip("netns", "add", end.name)
    try:
        ip(
            "-n",
            ends[0].name,
            "link",
            "add",
            "eth0",
            "type",
            "veth",
            "peer",
            "name",
            "eth0",
            "netns",
            ends[1].name,
        )
        for end in ends:
            ip("-n", end.name, "addr", "add", f"{end.address}/24", "dev", "eth0")
            ip("-n", end.name, "link", "set", "lo", "up")
            ip("-n", end.name, "link", "set", "eth0", "up")
        yield ends[0], ends[1]
    finally:
        for end in ends:
            ip("netns", "delete", end.name)


def direct(extension: str, peer: str, **options: object) -> Account:
    """An account that dials its peer without a registrar."""
    return Account(extension, "none", peer, **options)  # type: ignore[arg-type]  # options are the account's own


def hears(phone: Baresip, tone: float, since: int, timeout: float = 4.0) -> bool:
    deadline = time.monotonic() + timeout
    while time.monotonic() < deadline:
        if any(audio.longest_tone_ms(sound, tone) >= 500 for sound in phone.heard(since)):
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize(
    "options",
    [{"codecs": (codec,)} for codec in ("alaw", "ulaw", "g722")] + [{"srtp": mode} for mode in ("offered", "required")],
    ids=str,
)
def test_two_phones_hear_each_others_tone_and_not_their_own(
    cable: tuple[Namespace, Namespace], tmp_path: Path, options: dict[str, object]
) -> None:
    left, right = cable
    with (
        Baresip("left", left, direct("101", RIGHT, **options), 440, tmp_path / "left") as one,
        Baresip("right", right, direct("102", LEFT, **options), 620, tmp_path / "right") as other,
    ):
        one.dial("102")
        assert other.wait_for(lambda event: event.kind == "CALL_INCOMING"), other.story()
        other.answer()
        assert one.wait_for(lambda event: event.kind == "CALL_ESTABLISHED"), one.story()
        assert hears(one, 620, 0), one.story()
        assert hears(other, 440, 0), other.story()
        assert not any(audio.longest_tone_ms(sound, 440) for sound in one.heard())
        one.press("12#")
        one.hang_up()
        assert other.wait_for(lambda event: event.kind == "CALL_CLOSED"), other.story()


def test_hold_stops_the_sound_and_resume_brings_it_back(cable: tuple[Namespace, Namespace], tmp_path: Path) -> None:
    left, right = cable
    with (
        Baresip("left", left, direct("101", RIGHT), 440, tmp_path / "left") as one,
        Baresip("right", right, direct("102", LEFT), 620, tmp_path / "right") as other,
    ):
        one.dial("102")
        assert other.wait_for(lambda event: event.kind == "CALL_INCOMING"), other.story()
        other.answer()
        assert hears(other, 440, 0), other.story()
        one.hold()
        time.sleep(0.5)
        held = other.mark()
        assert not hears(other, 440, held, timeout=1.0), other.story()
        one.resume()
        assert hears(other, 440, other.mark()), other.story()
        assert hears(one, 620, one.mark()), one.story()


def test_a_refused_call_says_so(cable: tuple[Namespace, Namespace], tmp_path: Path) -> None:
    left, right = cable
    with (
        Baresip("left", left, direct("101", RIGHT), 440, tmp_path / "left") as one,
        Baresip("right", right, direct("102", LEFT), 620, tmp_path / "right") as other,
    ):
        one.dial("102")
        assert other.wait_for(lambda event: event.kind == "CALL_INCOMING"), other.story()
        other.hang_up()
        closed = one.wait_for(lambda event: event.kind == "CALL_CLOSED")
        assert closed is not None and closed.param.startswith("486"), one.story()
