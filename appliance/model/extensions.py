"""Extensions: people and places that can be rung."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from appliance.model.destinations import Destination
from appliance.model.fields import (
    Dialable,
    Email,
    GroupName,
    Label,
    Language,
    MayCall,
    Name,
    Noun,
    OutsideNumber,
    Pin,
    Secret,
    Whole,
    YesNo,
)


class Voicemail(Noun):
    """The mailbox of an extension, of the same number."""

    PLANNED: ClassVar[frozenset[str]] = frozenset({"email_audio"})

    enabled: YesNo = False
    pin: Pin | None = None


class NoAnswer(Noun):
    """Where a call goes that nobody took.

    after: seconds of ringing.
    """

    after: Whole = Field(default=25, ge=5, le=300)
    to: Destination


class Forward(Noun):
    """Where calls to an extension go instead, as the admin set it.

    What a person sets at the phone with a feature code goes before it. Without ``busy`` or ``no_answer`` the
    call goes to the extension's voicemail if that is enabled, else the caller hears why.
    """

    always: Destination | None = None
    busy: Destination | None = None
    no_answer: NoAnswer | None = None


class Line(Noun):
    """The port of a card that an analog telephone is plugged into.

    span: name of a span for telephones. channel: which of its ports, counted from 1 in the span's order.
    """

    span: Label
    channel: Whole = Field(ge=1, le=48)


class CallerId(Noun):
    """Who those outside see calling. Left out: the trunk's number, the extension's name."""

    number: OutsideNumber | None = None
    name: Name | None = None


class Extension(Noun):
    """A number that rings one or more SIP phones, or an analog telephone.

    secret: SIP password; ``None`` until the box has made one.
    line: an analog telephone instead of SIP phones; it has no SIP password.
    language: of prompts heard by this extension; ``None`` means the box's.
    may_call: how far it may call outside.
    caller_id: shown to those outside whom it calls.
    call_limit: simultaneous calls, both ways; further callers get busy.
    registrations: how many phones may be registered at once; all of them ring.
    """

    PLANNED: ClassVar[frozenset[str]] = frozenset({"follow_me"})

    number: Dialable
    name: Name
    email: Email | None = None
    secret: Secret | None = None
    line: Line | None = None
    language: Language | None = None
    caller_id: CallerId | None = None
    may_call: MayCall = MayCall.NATIONAL
    call_limit: Whole = Field(default=4, ge=1, le=50)
    registrations: Whole = Field(default=3, ge=1, le=10)
    voicemail: Voicemail = Voicemail()
    pickup_group: GroupName | None = None
    may_pick_up: tuple[GroupName, ...] = ()
    forward: Forward = Forward()
