"""From a contact of the history to the call record that accounting gets."""

from __future__ import annotations

from appliance.live.facts import ContactRecord
from appliance.model.smdr import CallRecord

_PEOPLE = ("extension", "voicemail")


def call_record(contact: ContactRecord) -> CallRecord | None:
    """The record of a contact that has ended; None while it is open.

    Every connected stretch counts, also with a mailbox or a service: the line was in use.
    """
    if contact.ended is None:
        return None
    connected = [part for part in contact.segments if part.answer_at is not None]
    first = min((part.answer_at for part in connected if part.answer_at is not None), default=None)
    hold_s = sum(part.hold_s for part in connected)
    on_line_s = sum(((part.end_at or contact.ended) - part.answer_at).total_seconds()
                    for part in connected if part.answer_at is not None)  # fmt: skip
    parties = [part for part in contact.segments if part.kind in _PEOPLE]
    party = next((part for part in parties if part.answer_at is not None), parties[-1] if parties else None)
    return CallRecord(
        call_id=contact.call_id,
        sequence=contact.sequence,
        started=contact.started,
        ended=contact.ended,
        direction=contact.direction,
        caller=contact.caller,
        called=contact.called,
        caller_name=contact.caller_name,
        party=party.target if party is not None else "",
        mailbox=party is not None and party.kind == "voicemail" and party.answer_at is not None,
        answered=first is not None,
        outcome=str(contact.outcome or ""),
        ring_s=max(0.0, ((first or contact.ended) - contact.started).total_seconds()),
        talk_s=max(0.0, on_line_s - hold_s),
        hold_s=hold_s,
        transferred=contact.joined is not None or any(part.transferred_to is not None for part in connected),
        forwarded=any(part.transferred_to is not None and part.answer_at is None for part in contact.segments),
        whole=not contact.gap,
    )
