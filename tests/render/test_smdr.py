"""The three layouts of call records: whole lines as a reader gets them, and what must hold for any call."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from appliance.model.smdr import SMDR_PORTS, CallRecord, SmdrFormat
from appliance.render.smdr import CSV_COLUMNS, line, seven_bit

RIYADH = ZoneInfo("Asia/Riyadh")
INBOUND = CallRecord(
    call_id="1780000000.7", sequence=0, number=42,
    started=datetime(2026, 11, 22, 20, 59, 50, tzinfo=UTC), ended=datetime(2026, 11, 22, 21, 2, 3, tzinfo=UTC),
    direction="inbound", caller="+966551234567", caller_name='Nora "Q", Ltd', called="+966112345600", party="101",
    answered=True, outcome="answered", ring_s=7.0, talk_s=65.2, hold_s=60.0,
)  # fmt: skip
INTERNAL = replace(
    INBOUND, direction="internal", caller="102", caller_name="Layla", called="101", ring_s=4.0, talk_s=44.0, hold_s=0.0
)
OUTBOUND = replace(INTERNAL, direction="outbound", called="0112345678", party="")
MISSED = replace(INBOUND, answered=False, talk_s=0.0, hold_s=0.0, ring_s=315.0, outcome="no_answer")

LINES = {
    (SmdrFormat.CSV, "inbound"): (
        INBOUND,
        '42,2026-11-22T23:59:50+03:00,2026-11-23T00:02:03+03:00,inbound,+966551234567,"Nora ""Q"", Ltd",'
        "+966112345600,101,answered,7,66,60,1780000000.7",
    ),
    (SmdrFormat.FIXED_80, "inbound"): (
        INBOUND,
        "11/23/26 12:02AM 101      <I>+966551234567          0'07 00:02'06               ",
    ),
    (SmdrFormat.FIXED_80, "missed"): (
        MISSED,
        "11/23/26 12:02AM 101      <I>+966551234567          5'15 00:00'00            NA ",
    ),
    (SmdrFormat.FIXED_80, "internal"): (
        INTERNAL,
        "11/23/26 12:02AM 102      EXT101                         00:00'44               ",
    ),
    (SmdrFormat.FIXED_80, "outbound"): (
        OUTBOUND,
        "11/23/26 12:02AM 102      0112345678                     00:00'44               ",
    ),
    (SmdrFormat.IP_OFFICE, "inbound"): (
        INBOUND,
        "2026/11/22 23:59:50,00:01:06,7,+966551234567,I,+966112345600,+966112345600,,0,1000042,0,E101,101,T9001,"
        "+966551234567,60,0,,,,,,,,,,,,,",
    ),
    (SmdrFormat.IP_OFFICE, "internal"): (
        INTERNAL,
        "2026/11/22 23:59:50,00:00:44,4,102,O,101,101,,1,1000042,0,E102,Layla,E101,101,0,0,,,,,,,,,,,,,",
    ),
    (SmdrFormat.IP_OFFICE, "voicemail"): (
        replace(INTERNAL, mailbox=True),
        "2026/11/22 23:59:50,00:00:44,4,102,O,101,101,,1,1000042,0,E102,Layla,V9501,101,0,0,,,,,,,,,,,,,",
    ),
}


@pytest.mark.parametrize(("layout", "case"), LINES)
def test_a_line_is_as_its_layout_says(layout: SmdrFormat, case: str) -> None:
    record, text = LINES[layout, case]
    assert line(record, layout, RIYADH) == text


def test_a_call_handed_on_and_one_sent_on_are_marked() -> None:
    assert line(replace(INBOUND, transferred=True), SmdrFormat.FIXED_80, UTC).endswith(" TR ")
    assert line(replace(INBOUND, forwarded=True), SmdrFormat.FIXED_80, UTC).endswith(" FW ")


def test_a_formula_in_a_name_is_text_to_a_spreadsheet() -> None:
    [fields] = csv.reader([line(replace(INBOUND, caller_name="=HYPERLINK(1)"), SmdrFormat.CSV, UTC)])
    assert fields[5] == "'=HYPERLINK(1)"


def test_a_serial_line_gets_letters_it_can_carry() -> None:
    assert seven_bit("Zoë Müller 纳吉") == "Zoe Muller ??"


moments = st.datetimes(datetime(2020, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
seconds = st.floats(0, 400_000)


@st.composite
def records(draw: st.DrawFn) -> CallRecord:
    """Any call, with whatever bytes a caller may send as a name."""
    started = draw(moments)
    return CallRecord(
        call_id=draw(st.text(max_size=30)), sequence=0, number=draw(st.integers(0, 10**9)), started=started,
        ended=started + timedelta(seconds=draw(seconds)),
        direction=draw(st.sampled_from(["internal", "inbound", "outbound"])),
        caller=draw(st.text(max_size=40)), called=draw(st.text(max_size=40)), caller_name=draw(st.text(max_size=90)),
        party=draw(st.text(max_size=12)), mailbox=draw(st.booleans()), answered=draw(st.booleans()),
        outcome=draw(st.sampled_from(["answered", "failed", ""])), ring_s=draw(seconds), talk_s=draw(seconds),
        hold_s=draw(seconds), transferred=draw(st.booleans()), forwarded=draw(st.booleans()),
    )  # fmt: skip


@given(records(), st.sampled_from(SmdrFormat))
def test_any_call_is_one_line(record: CallRecord, layout: SmdrFormat) -> None:
    text = line(record, layout, RIYADH)
    assert len(text.splitlines()) == 1
    assert not any(ord(c) < 32 or ord(c) == 127 for c in text)
    text.encode()


@given(records())
def test_any_call_fills_eighty_columns(record: CallRecord) -> None:
    text = line(record, SmdrFormat.FIXED_80, RIYADH)
    assert len(text) == 80
    assert text.isascii()
    assert [text[place] for place in (8, 16, 22, 25, 51, 56, 65, 76)] == [" "] * 8


@given(records())
def test_any_call_has_thirty_fields_and_thirteen_columns(record: CallRecord) -> None:
    assert line(record, SmdrFormat.IP_OFFICE, RIYADH).count(",") == 29
    [fields] = csv.reader([line(record, SmdrFormat.CSV, RIYADH)])
    assert len(fields) == len(CSV_COLUMNS)


def test_the_firewall_opens_the_ports_that_a_site_may_choose_and_no_others() -> None:
    defaults = Path(__file__).parents[2] / "ansible/roles/hardening/defaults/main.yml"
    opened = yaml.safe_load(defaults.read_text("utf-8"))["hardening__smdr_ports"]
    assert opened == f"{SMDR_PORTS[0]}-{SMDR_PORTS[-1]}"
