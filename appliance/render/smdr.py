"""Call records as lines of text, in the layouts that call-accounting systems read.

A line holds no control character and no line end; the sender ends it with CR LF, as every one of these systems
expects. Times are those of the box's clock on the wall.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable
from datetime import datetime, tzinfo

from appliance.model.smdr import CallRecord, SmdrFormat
from appliance.render.escape import csv_field, one_line

CSV_COLUMNS = (
    "number", "started", "ended", "direction", "caller", "caller_name", "called", "party", "outcome",
    "ring_s", "talk_s", "hold_s", "call_id",
)  # fmt: skip
_FIRST_CALL_ID = 1_000_000
"""IP Office counts its calls from here after a restart."""


def line(record: CallRecord, layout: SmdrFormat, zone: tzinfo) -> str:
    """The record in a layout, without its line end. zone: of the box."""
    return _LAYOUTS[layout](record, zone)


def seven_bit(text: str) -> str:
    """A line in ASCII, for serial lines: accents go, and what has no ASCII at all becomes ``?``."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(c for c in plain if not unicodedata.combining(c)).encode("ascii", "replace").decode("ascii")


def _csv(record: CallRecord, zone: tzinfo) -> str:
    """The columns of :data:`CSV_COLUMNS`, by RFC 4180. Times are ISO 8601 with their offset; seconds are whole."""
    values = (
        str(record.number), _iso(record.started, zone), _iso(record.ended, zone), record.direction,
        record.caller, record.caller_name, record.called, record.party, record.outcome,
        str(_up(record.ring_s)), str(_up(record.talk_s)), str(_up(record.hold_s)), record.call_id,
    )  # fmt: skip
    return ",".join(csv_field(value) for value in values)


def _fixed_80(record: CallRecord, zone: tzinfo) -> str:
    """Date, end time, extension, trunk, dialled number, ringing, duration, account code, condition.

    Widths 8 7 5 2 25 4 8 10 3 with one space between: eighty columns. Panasonic, "KX-NS1000 Feature Guide",
    2.22.1 (SMDR, pattern A) and "KX-TDA100/KX-TDA200 Feature Guide", 1.24.1. The trunk's number is blank, as is the
    account code: Loopstart has neither. A time is the end of the call, a duration holds the holds.
    """
    end = record.ended.astimezone(zone)
    match record.direction:
        case "inbound":
            number, extension = f"<I>{record.caller}", record.party
        case "outbound":
            number, extension = record.called, record.caller
        case _:
            number, extension = f"EXT{record.called}", record.caller
    condition = "TR" if record.transferred else "FW" if record.forwarded else "" if record.answered else "NA"
    ring = min(_up(record.ring_s), 599) if record.direction == "inbound" else None
    lasted = min(_up(record.talk_s) + _up(record.hold_s), 359_999) if record.answered else 0
    fields = (
        (f"{end:%m/%d/%y}", 8),
        (f"{end:%I:%M%p}", 7),
        (extension, 5),
        ("", 2),
        (number, 25),
        ("" if ring is None else f"{ring // 60}'{ring % 60:02}", 4),
        (f"{lasted // 3600:02}:{lasted // 60 % 60:02}'{lasted % 60:02}", 8),
        ("", 10),
        (condition, 3),
    )
    return " ".join(seven_bit(one_line(text))[:width].ljust(width) for text, width in fields)


def _ip_office(record: CallRecord, zone: tzinfo) -> str:
    """The thirty fields of "IP Office SMDR Fields" (ipofficekb.avaya.com, smdr_fields.htm), in their order.

    Seconds are rounded up, as there. One record a call, so the continuation is always 0. What Loopstart does not have
    (account codes, charges) is empty. Commas cannot be quoted in this format: in a name they become spaces.
    """
    internal = record.direction == "internal"
    outside = record.caller if record.direction == "inbound" else record.called
    trunk = ("T9001", outside)
    caller = (f"E{record.caller}", record.caller_name or record.caller)
    party = ("V9501" if record.mailbox else f"E{record.party}", record.party) if record.party else ("", "")
    first, second = {"internal": (caller, party), "outbound": (caller, trunk), "inbound": (party, trunk)}[
        record.direction
    ]
    start = record.started.astimezone(zone)
    talk = _up(record.talk_s) if record.answered else 0
    values = [
        f"{start:%Y/%m/%d %H:%M:%S}",
        f"{talk // 3600:02}:{talk // 60 % 60:02}:{talk % 60:02}",
        str(_up(record.ring_s)),
        record.caller,
        "I" if record.direction == "inbound" else "O",
        record.called,
        record.called,
        "",
        "1" if internal else "0",
        str(_FIRST_CALL_ID + record.number),
        "0",
        *first,
        *second,
        str(_up(record.hold_s)),
        "0",
    ]
    fields = [*values, *[""] * (30 - len(values))]
    return ",".join(one_line(value).replace(",", " ") for value in fields)


_LAYOUTS: dict[SmdrFormat, Callable[[CallRecord, tzinfo], str]] = {
    SmdrFormat.CSV: _csv,
    SmdrFormat.FIXED_80: _fixed_80,
    SmdrFormat.IP_OFFICE: _ip_office,
}


def _up(seconds: float) -> int:
    """Whole seconds, begun ones counted; a hair above a whole second is the clock's, not the call's."""
    return math.ceil(round(seconds, 3))


def _iso(moment: datetime, zone: tzinfo) -> str:
    return moment.astimezone(zone).isoformat(timespec="seconds")
