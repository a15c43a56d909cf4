"""Call records for call-accounting systems (station message detail recording): what one says, in which layouts.

One record tells of one call that has ended. The layouts themselves are in :mod:`appliance.render.smdr`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal

SMDR_PORTS = range(2300, 2310)
"""TCP ports on which call records can be offered: those the firewall keeps open for the site's own networks."""


class SmdrFormat(StrEnum):
    """How a record is written; each is one line of text."""

    CSV = "csv"
    """Our own: thirteen named columns."""
    FIXED_80 = "fixed-80"
    """Eighty columns, as key systems have printed them for decades (Panasonic KX-TD and KX-TDA, pattern A)."""
    IP_OFFICE = "ip-office"
    """Thirty fields with commas, as Avaya IP Office sends them."""


@dataclass(frozen=True, slots=True)
class CallRecord:
    """A call that has ended, as accounting sees it.

    number: of the record in the buffer, from 1; 0 before it has one.
    call_id, sequence: of the contact in the call history.
    caller, called: numbers as they were shown and dialled. party: who answered, else the last one rung, else
    ``""``; an extension, or outside the number. mailbox: the caller ended in its mailbox.
    ring_s: seconds until the first answer, or until the end. talk_s: seconds connected, holds not counted.
    outcome: of :class:`appliance.live.facts.Outcome`, as text. whole: nothing of the call was missed.
    transferred: it was handed on, or became part of another call. forwarded: it was sent on before anybody answered.
    """

    call_id: str
    sequence: int
    started: datetime
    ended: datetime
    direction: Literal["internal", "inbound", "outbound"]
    caller: str
    called: str
    caller_name: str = ""
    party: str = ""
    mailbox: bool = False
    answered: bool = False
    outcome: str = ""
    ring_s: float = 0.0
    talk_s: float = 0.0
    hold_s: float = 0.0
    transferred: bool = False
    forwarded: bool = False
    whole: bool = True
    number: int = 0
