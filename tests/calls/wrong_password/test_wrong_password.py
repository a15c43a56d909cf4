"""A wrong password is refused, and whoever asks cannot learn from the answer which accounts exist."""

from __future__ import annotations

import re
import statistics
import time
from pathlib import Path

import pytest

from tests.boxes import Box
from tests.calls import product
from tests.phones import sipp
from tests.phones.namespace import Namespace
from tests.phones.sipp import Row
from tests.phones.wire import SipMessage, Wire

pytestmark = pytest.mark.box
KNOWN, UNKNOWN = "101", "177"
SECRET = "Vexl9-quiet-Harbour"
ROUNDS = 25
GENEROUS = 1.6
"""The medians of the two delays may differ by this factor: a database or hash round more would show as 2
and up.
"""


@pytest.fixture
def stranger(box: Box) -> Namespace:
    """A cable of its own for each run, so that no ban of an earlier one is in the way."""
    box.unplug("stranger")
    product.apply_site(box, (Path(__file__).parent / "site.yaml").read_text())
    return Namespace(*box.phone("stranger"))


def register(box: Box, where: Namespace, rows: list[Row], folder: Path) -> list[list[SipMessage]]:
    """Register each row, one after another; the messages of each, in order."""
    with Wire(where) as wire:
        process = sipp.start("register", where, box.address, folder, rows=rows, rate=20, at_once=1)
        sipp.finish(process, folder, "register")
        messages = list(wire.sip)
    dialogs: dict[str, list[SipMessage]] = {}
    for message in messages:
        if "REGISTER" in message.header("CSeq"):
            dialogs.setdefault(message.header("Call-ID"), []).append(message)
    return list(dialogs.values())


def status(message: SipMessage) -> str:
    return message.first_line.split(" ")[1]


def without_the_changing(message: SipMessage, number: str) -> str:
    """The bytes of an answer less what differs in every answer: branch, tags, Call-ID, nonce, opaque, date.

    The number asked for is written as N: it is the asker's own word.
    """
    text = message.text.replace(f"sip:{number}@", "sip:N@")
    return re.sub(r"(branch=|tag=|Call-ID: |nonce=|opaque=|Date: |rport=)[^\s;,]+(?:[^\r\n;,]*GMT)?", r"\1X", text)


def test_the_right_password_registers_and_a_wrong_one_does_not(box: Box, stranger: Namespace, tmp_path: Path) -> None:
    right, wrong = register(
        box,
        stranger,
        [Row(KNOWN, "60", KNOWN, SECRET), Row(KNOWN, "60", KNOWN, "Harbour-of-nobody")],
        tmp_path,
    )
    assert status(right[-1]) == "200"
    assert status(wrong[-1]) in ("401", "403")
    assert "Contact" not in wrong[-1].text


def test_an_unknown_account_is_refused_with_the_same_answer_and_delay_as_a_wrong_password(
    box: Box, stranger: Namespace, tmp_path: Path
) -> None:
    rows = [Row(number, "60", number, "Harbour-of-nobody") for number in (KNOWN, UNKNOWN)] * ROUNDS
    dialogs = register(box, stranger, rows, tmp_path)
    assert len(dialogs) == 2 * ROUNDS
    known, unknown = dialogs[0::2], dialogs[1::2]
    said = {
        number: {
            tuple(without_the_changing(message, number) for message in dialog if not message.outgoing)
            for dialog in asked
        }
        for number, asked in ((KNOWN, known), (UNKNOWN, unknown))
    }
    assert said[KNOWN] == said[UNKNOWN], f"the box tells accounts apart:\n{said}"
    for step in ("challenge", "refusal"):
        median_of = [statistics.median(delays(asked, step)) for asked in (known, unknown)]
        assert max(median_of) <= GENEROUS * min(median_of), f"the {step} comes after {median_of} seconds"


def delays(dialogs: list[list[SipMessage]], step: str) -> list[float]:
    """Seconds from each request to its answer, of the first pair (the challenge) or the last (the
    refusal).
    """
    pairs = [(dialog[0], dialog[1]) if step == "challenge" else (dialog[-2], dialog[-1]) for dialog in dialogs]
    return [answer.at - request.at for request, answer in pairs]


def test_the_box_says_nothing_about_itself_before_a_password(box: Box, stranger: Namespace, tmp_path: Path) -> None:
    """No version in what strangers are answered: it names the holes to try."""
    [dialog] = register(box, stranger, [Row(UNKNOWN, "60", UNKNOWN)], tmp_path)
    for message in dialog:
        if not message.outgoing:
            assert not re.search(r"asterisk|pbx|22\.\d", message.text, re.IGNORECASE), message.text


def test_a_call_without_an_account_is_refused_like_one_with_a_wrong_password(
    box: Box, stranger: Namespace, tmp_path: Path
) -> None:
    answers = {number: refusals(box, stranger, number, tmp_path / number) for number in (KNOWN, UNKNOWN)}
    assert [answer.split(" ")[1] for answer in answers[KNOWN]] == ["401", "401"]
    assert answers[KNOWN] == answers[UNKNOWN]


def refusals(box: Box, where: Namespace, number: str, folder: Path) -> list[str]:
    """What the box answers to an INVITE of a number's, first without and then with wrong credentials."""
    rows = [Row(number, "188", number, "Harbour-of-nobody")]
    with Wire(where) as wire:
        process = sipp.start("caller", where, box.address, folder, rows=rows, keys={"display": ""})
        try:
            deadline = time.monotonic() + 10
            answers: list[SipMessage] = []
            while len(answers) < 2 and time.monotonic() < deadline:
                time.sleep(0.1)
                answers = [
                    message
                    for message in wire.sip
                    if not message.outgoing and message.header("CSeq").endswith("INVITE")
                    if not message.first_line.startswith("SIP/2.0 1")
                ]
        finally:
            sipp.stop(process)
    return [without_the_changing(message, number) for message in answers]
