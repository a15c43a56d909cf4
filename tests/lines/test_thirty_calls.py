"""Every channel of a primary rate line at once: thirty callers leave messages, and each is heard and hears.

Thirty calls are about what the emulator can do, so it is asked for nothing else: no page, no command again and again,
and only those who have something to say for the test are recorded.
"""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from tests.audio import Sound, loud_share, pcm, tone_share
from tests.calls import product
from tests.lines.company import CALLER_TONE
from tests.lines.conftest import Wires
from tests.lines.exchange import clean_pieces
from tests.lines.loopback import wait_until
from tests.lines.office import MAILBOX_NUMBERS, SIP_PHONE
from tests.lines.test_pri import the_d_channel_is_up

pytestmark = [pytest.mark.image, pytest.mark.timeout(1800)]

MESSAGES = f"/data/voicemail/default/{SIP_PHONE}/INBOX"
CALLS = len(MAILBOX_NUMBERS)
AT_A_TIME = 3
LAST_BYTES = 64000
"""Of a message: four seconds at 8 kHz with 16 bits."""
PIECE_MS = 10
"""With thirty calls the emulator is late so often that a message holds the tone in shorter pieces than that of one."""
TONE_PIECES = 100
"""A second of the last four."""
SPOKEN = 0.2
"""The share of a recording in which somebody speaks, at least."""


def is_speech(sound: Sound) -> bool:
    """Loud often enough, and not the caller's own tone coming back."""
    return loud_share(sound) > SPOKEN and tone_share(sound, CALLER_TONE) < SPOKEN


def test_thirty_callers_at_once_are_heard_and_hear(wires: Wires, tmp_path: Path) -> None:
    company, office = wires.company, wires.office
    near = wires.near("pri")
    lines = range(near.base, near.last + 1)

    def busy() -> int:
        return sum(channel.call is not None for channel in office.span("pri").channels if channel.number in lines)

    def all_hear(what: str) -> list[str]:
        """The channels of those who noted a recording by this name, in all of which somebody speaks."""
        notes = company.notes(what)
        silent = [
            note["who"] for note in notes if not is_speech(company.sound(note["file"], tmp_path) or pcm(b"", 8000))
        ]
        assert silent == []
        return [note["who"] for note in notes]

    the_d_channel_is_up(wires)
    since = wires.begin()
    office.machine.sh(f"rm -rf {MESSAGES}")
    for first in range(0, CALLS, AT_A_TIME):
        numbers = MAILBOX_NUMBERS[first : first + AT_A_TIME]
        company.calls_plainly(*(number.removeprefix("+33") for number in numbers), does="leaves-message")
        company.noted("greeted", 120, many=first + len(numbers))
    callers = all_hear("greeted")
    assert len(set(callers)) == busy() == CALLS == 30
    for first in range(0, CALLS, AT_A_TIME):
        some = callers[first : first + AT_A_TIME]
        company.turns_to("leaves-another", *some)
        company.noted("offered", 120, many=first + len(some))
    assert sorted(all_hear("offered")) == sorted(callers)
    assert busy() == CALLS
    company.noted("said", 120, many=CALLS)
    company.hang_up()
    wait_until(lambda: len(product.history(office, since)) == CALLS and not office.live().calls, "thirty rows", 90)
    found = product.history(office, since)
    assert sorted(contact.called for contact in found) == sorted(MAILBOX_NUMBERS)
    assert {(contact.outcome, contact.trunk, contact.cause) for contact in found} == {("voicemail", "pstn", 16)}
    messages = office.machine.sh(f"cd {MESSAGES} && ls *.wav").split()
    assert len(messages) == CALLS
    said = {}
    for name in messages:
        coded = office.machine.sh(f"tail -c {LAST_BYTES} {MESSAGES}/{name} | base64")
        said[name] = clean_pieces(pcm(base64.b64decode(coded), 8000), CALLER_TONE, piece_ms=PIECE_MS)
    assert {name: pieces for name, pieces in said.items() if pieces < TONE_PIECES} == {}, said
