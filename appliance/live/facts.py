"""What the event path hands on to the history: whole contact records to be upserted, and gaps.

All times are UTC. A contact's key is ``(call_id, sequence)``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal, TypeAlias

EndedBy: TypeAlias = Literal["caller", "target", "system"]


class Outcome(StrEnum):
    """How a contact ended, as its caller saw it."""

    ANSWERED = "answered"
    BUSY = "busy"
    """Busy, do-not-disturb or over its limit of simultaneous calls: the caller heard busy."""
    NO_ANSWER = "no_answer"
    CANCELLED = "cancelled"
    """The caller hung up before anybody answered."""
    VOICEMAIL = "voicemail"
    SERVICE = "service"
    """Answered by a service of the box: echo test, own mailbox, a feature code."""
    REJECTED = "rejected"
    """A person declined it."""
    FAILED = "failed"
    """Nobody could be rung: no phone registered, no such number, an error on the way."""
    UNKNOWN = "unknown"
    """A gap hid its end."""


@dataclass(frozen=True, slots=True)
class SegmentRecord:
    """One stretch of a contact with one party that was rung or talked to.

    target: extension number, outside number, or the service's name.
    kind: ``extension`` (a person, also one outside), ``voicemail`` or ``service``.
    hold_s: seconds on hold, by either side; while a hold lasts it is not yet in.
    outcome: ``""`` while open, then ``answered``, ``busy``, ``dnd``, ``limit``, ``no_answer``, ``cancelled``,
        ``elsewhere`` (another phone took it), ``rejected``, ``unreachable``, ``invalid``, ``failed``,
        ``no_line`` (no trunk had one free), ``not_allowed``, ``unrouted`` (no inbound route fits),
        ``forwarded``, ``message_left``, ``transferred`` or ``unknown``.
    ended_by: who ended this stretch, None while unknown.
    transferred_to: where the rest of the talk went; that time is in the segment of that target.
    """

    target: str
    kind: str
    ring_at: datetime
    answer_at: datetime | None = None
    end_at: datetime | None = None
    hold_s: float = 0.0
    outcome: str = ""
    ended_by: EndedBy | None = None
    transferred_to: str | None = None

    @property
    def talk_s(self) -> float:
        """Seconds talked, holds not counted; 0 while the segment is open or was not answered."""
        if self.answer_at is None or self.end_at is None:
            return 0.0
        return max(0.0, (self.end_at - self.answer_at).total_seconds() - self.hold_s)


@dataclass(frozen=True, slots=True)
class ContactRecord:
    """A call as the history keeps it.

    call_id: Asterisk's linkedid. sequence: 0 for a contact seen from its beginning; where a gap hid the
    beginning,
        the second (Unix time) in which it was first seen, so that it cannot fall on an earlier row.
    outcome: None while the contact is open.
    talk_s: seconds talked with people over all segments, holds not counted.
    gap: the view of it was interrupted, so that times and segments may be missing.
    joined: the call id of the contact it became part of (attended transfer, call pick-up); what is talked
    afterwards
        is counted there.
    trunk: by which it came in; else by which it went out, the last one tried.
    cause: ITU-T Q.850, with which that trunk's line was given up; 0 while it is not, and without one.
    """

    call_id: str
    started: datetime
    caller: str
    called: str
    sequence: int = 0
    caller_name: str = ""
    direction: Literal["internal", "inbound", "outbound"] = "internal"
    answered: datetime | None = None
    ended: datetime | None = None
    outcome: Outcome | None = None
    ended_by: EndedBy | None = None
    gap: bool = False
    joined: str | None = None
    trunk: str = ""
    cause: int = 0
    segments: tuple[SegmentRecord, ...] = ()

    @property
    def talk_s(self) -> float:
        """See the class."""
        return sum(segment.talk_s for segment in self.segments if segment.kind == "extension")

    @property
    def counts(self) -> bool:
        """Whether it is a contact at all: a receiver that is lifted and put back without a number is none."""
        return bool(self.called or self.segments or self.gap or self.direction != "internal")

    @property
    def key(self) -> tuple[str, int]:
        """What a row of the history is found by."""
        return (self.call_id, self.sequence)


@dataclass(frozen=True, slots=True)
class ContactUpdate:
    """The whole record as it now is: replace what is stored under its key."""

    record: ContactRecord


@dataclass(frozen=True, slots=True)
class Gap:
    """From when until when nothing was heard of Asterisk, and why."""

    since: datetime
    until: datetime
    reason: str


Fact: TypeAlias = ContactUpdate | Gap
