"""Extensions: people and places that can be rung."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from appliance.model.destinations import Destination
from appliance.model.fields import (
    Dialable,
    Email,
    GroupName,
    Language,
    MayCall,
    Name,
    Noun,
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


class Extension(Noun):
    """A number that rings one or more SIP phones.

    secret: SIP password; ``None`` until the box has made one.
    language: of prompts heard by this extension; ``None`` means the box's.
    may_call: held for outside calls; without trunks every call is internal.
    call_limit: simultaneous calls, both ways; further callers get busy.
    registrations: how many phones may be registered at once; all of them ring.
    """

    PLANNED: ClassVar[frozenset[str]] = frozenset({"line", "follow_me", "caller_id"})

    number: Dialable
    name: Name
    email: Email | None = None
    secret: Secret | None = None
    language: Language | None = None
    may_call: MayCall = MayCall.NATIONAL
    call_limit: Whole = Field(default=4, ge=1, le=50)
    registrations: Whole = Field(default=3, ge=1, le=10)
    voicemail: Voicemail = Voicemail()
    pickup_group: GroupName | None = None
    may_pick_up: tuple[GroupName, ...] = ()
    forward: Forward = Forward()
