"""Tests of ports: which there are for a port, what they found, and what a person is told."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from appliance.model.changes import Shown
from appliance.model.spans import Span


class PortTestKind(StrEnum):
    """What is tested. Of a telephone's port: ``ring``. Of a line's: ``dial_tone``, ``echo``. Of every analog one:
    ``voltage``. Of whatever leads to the telephone company: ``call_back`` (out, and in again) and ``level``. Of a
    digital one: ``loop``. Of all: ``state``.
    """

    STATE = "state"
    VOLTAGE = "voltage"
    RING = "ring"
    DIAL_TONE = "dial_tone"
    ECHO = "echo"
    CALL_BACK = "call_back"
    LEVEL = "level"
    LOOP = "loop"


class PortTestOutcome(StrEnum):
    """How a test ended. ``open``: it was done, and a person has to judge, or nobody can tell."""

    RUNNING = "running"
    PASSED = "passed"
    FAILED = "failed"
    OPEN = "open"


class LoopMode(StrEnum):
    """Where a pattern turns round: at a ``plug`` in the socket (or at the far end), or inside the card (``card``)."""

    PLUG = "plug"
    CARD = "card"


_CALLS = frozenset({PortTestKind.RING, PortTestKind.DIAL_TONE, PortTestKind.ECHO, PortTestKind.CALL_BACK,
                    PortTestKind.LEVEL})  # fmt: skip
NEED_NUMBER = frozenset({PortTestKind.CALL_BACK, PortTestKind.LEVEL})
"""Tests that call somebody."""
TestNumber = Annotated[str, StringConstraints(pattern=r"^\+?[0-9]{2,20}$")]


def kinds_for(span: Span) -> tuple[PortTestKind, ...]:
    """The tests that a port of a span can have, in the order in which one would make them."""
    kind = PortTestKind
    if span.for_telephones:
        return kind.STATE, kind.VOLTAGE, kind.RING
    if span.signalling.value.startswith("fxs_"):
        return kind.STATE, kind.VOLTAGE, kind.DIAL_TONE, kind.ECHO, kind.CALL_BACK, kind.LEVEL
    return kind.STATE, kind.CALL_BACK, kind.LEVEL, kind.LOOP


def usual_for(span: Span) -> tuple[PortTestKind, ...]:
    """Those that ask nothing of anybody and disturb nobody but whom the port belongs to."""
    return tuple(kind for kind in kinds_for(span) if kind not in NEED_NUMBER and kind is not PortTestKind.LOOP)


def is_call(kind: PortTestKind) -> bool:
    """Whether the test takes the port as a call does."""
    return kind in _CALLS


class Verdict(Shown):
    """What a test found. code: of the texts; params: for its sentence."""

    outcome: PortTestOutcome
    code: str
    params: dict[str, str | int] = Field(default_factory=dict)


class PortTestShown(Shown):
    """A test that runs or has ended. span: as the site names it; port: its place in the span, from 1.

    channel: DAHDI's number. text: what was found, a sentence in every language. by: who asked for it.
    """

    id: int
    span: str
    port: int
    channel: int
    kind: PortTestKind
    outcome: PortTestOutcome
    code: str
    params: dict[str, str | int] = Field(default_factory=dict)
    text: dict[str, str] = Field(default_factory=dict)
    began: datetime
    ended: datetime | None = None
    by: str = ""


class PortShownForTest(Shown):
    """A port that can be tested. channel: DAHDI's number, None while no card has it. kinds: in the order in which one
    would make them; usual: those that need no number and no plug. numbers: of the box, that can be called back.
    last: the newest test of each kind.
    """

    span: str
    port: int
    channel: int | None
    telephone: bool
    kinds: tuple[PortTestKind, ...]
    usual: tuple[PortTestKind, ...]
    numbers: tuple[str, ...] = ()
    last: tuple[PortTestShown, ...] = ()


class PortTestsShown(Shown):
    """Every port of the running site, and the test that runs now."""

    at: datetime
    ports: tuple[PortShownForTest, ...] = ()
    running: PortTestShown | None = None
