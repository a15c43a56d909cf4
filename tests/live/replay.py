"""Plays a capture through the event path as the daemon does, and tells the outcome as rows of text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from appliance.ami.captures import Replayed, read_capture
from appliance.ami.connection import Arrived, Connected, Lost
from appliance.ami.framing import Answer
from appliance.live.events import Event
from appliance.live.facts import ContactRecord, ContactUpdate, Fact, Gap
from appliance.live.parse import parse
from appliance.live.rebuild import Census, census, lost, rebuild
from appliance.live.reduce import reduce
from appliance.live.state import State

CAPTURES = Path(__file__).parent.parent / "captures"
CENSUS_ANSWERS = 2
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass
class Story:
    """The state as it grew, the facts in order, and the contacts and gaps they come to."""

    state: State = field(default_factory=State)
    facts: list[Fact] = field(default_factory=list)
    contacts: dict[tuple[str, int], ContactRecord] = field(default_factory=dict)
    gaps: list[Gap] = field(default_factory=list)

    def event(self, event: Event | None) -> None:
        """Reduce one event."""
        if event is not None:
            self.state, facts = reduce(self.state, event)
            self._keep(facts)

    def rebuilt(self, answers: Census, at: datetime) -> None:
        """A new connection's census."""
        self.state, facts = rebuild(self.state, answers, at)
        self._keep(facts)

    def _keep(self, facts: Iterable[Fact]) -> None:
        for fact in facts:
            self.facts.append(fact)
            if isinstance(fact, ContactUpdate):
                self.contacts[fact.record.key] = fact.record
            else:
                self.gaps.append(fact)

    def rows(self) -> list[str]:
        """Contacts and their segments in the order they began, as the tables of the tests write them."""
        told: list[str] = []
        for record in sorted(self.contacts.values(), key=lambda record: (record.started, record.key)):
            told.append(_contact_row(record))
            told.extend(f"  {_segment_rows(record, index)}" for index in range(len(record.segments)))
        return told


def _contact_row(record: ContactRecord) -> str:
    words = [f"{record.caller} -> {record.called}", str(record.outcome or "open")]
    if record.ended_by is not None:
        words.append(f"by {record.ended_by}")
    if record.joined is not None:
        words.append("joined")
    if record.gap:
        words.append("gap")
    return " ".join(words)


def _segment_rows(record: ContactRecord, index: int) -> str:
    part = record.segments[index]
    words = [
        part.target if part.kind == "extension" else f"{part.kind} {part.target}",
        part.outcome or "open",
    ]
    if part.kind == "extension" and part.answer_at is not None:
        words.append("talked")
    if part.hold_s > 0:
        words.append("held")
    if part.ended_by is not None:
        words.append(f"by {part.ended_by}")
    if part.transferred_to is not None:
        words.append(f"to {part.transferred_to}")
    return " ".join(words)


def replay(capture: Iterable[Replayed]) -> Story:
    """Everything in a capture, in the daemon's order: events wait while the census is taken."""
    story = Story()
    answers: list[Answer] | None = None
    waiting: list[Arrived] = []
    connected = NEVER
    for taken in capture:
        if isinstance(taken, Connected):
            answers, waiting, connected = [], [], taken.at
        elif isinstance(taken, Lost):
            story.state = lost(story.state, taken.last_heard)
            answers = None
        elif isinstance(taken, Arrived):
            if answers is None:
                story.event(parse(taken.headers, taken.at))
            else:
                waiting.append(taken)
        elif answers is not None:
            answers.append(taken)
            if len(answers) == CENSUS_ANSWERS:
                listed = [headers for answer in answers for headers in answer.response.events]
                story.rebuilt(census(listed, connected), connected)
                for late in waiting:
                    story.event(parse(late.headers, late.at))
                answers, waiting = None, []
    return story


def replay_file(name: str) -> Story:
    """A capture of ``tests/captures``, by its name without ``.ami``."""
    with (CAPTURES / f"{name}.ami").open("rb") as file:
        return replay(read_capture(file))
