"""Calls that were recorded from a real Asterisk, as their call records reach a reader over TCP."""

from __future__ import annotations

import pytest

from appliance.control.smdr import TCP, Smdr, SmdrSettings
from appliance.live.facts import ContactUpdate
from appliance.model.smdr import SmdrFormat
from appliance.store.smdr import SmdrBuffer
from tests.hardware.conftest import History
from tests.hardware.far_ends.accounting import TcpAccounting, csv_call, fixed_call, office_call
from tests.live.replay import CAPTURES, replay_file


def lines_of(buffer: SmdrBuffer, capture: str, layout: SmdrFormat = SmdrFormat.CSV) -> list[str]:
    """What a reader gets when the facts of a capture come one by one, and all of them once more at the end."""
    facts = replay_file(capture).facts
    smdr = Smdr(buffer, History())
    smdr.set(SmdrSettings(tcp_port=0, layout=layout))
    try:
        tcp = smdr._readers[TCP]
        assert tcp.wait_until_listening(10)
        reader = TcpAccounting(tcp.port)
        reader.connect()
        for fact in facts:
            smdr.write([fact])
        smdr.write(facts)
        wanted = len(smdr.tail(1000))
        reader.read_until(lambda lines: len(lines) >= wanted)
        reader.leave()
        return reader.lines.lines
    finally:
        smdr.stop()


@pytest.mark.parametrize("capture", sorted(path.stem for path in CAPTURES.glob("*.ami")))
def test_every_contact_that_ended_is_one_record(buffer: SmdrBuffer, capture: str) -> None:
    ended = {
        fact.record.call_id: None
        for fact in replay_file(capture).facts
        if isinstance(fact, ContactUpdate) and fact.record.ended is not None
    }
    assert sorted(csv_call(line) for line in lines_of(buffer, capture)) == sorted(ended)


def test_an_answered_call_says_who_talked_and_how_long(buffer: SmdrBuffer) -> None:
    [line] = lines_of(buffer, "call", SmdrFormat.FIXED_80)
    extension, number, lasted = fixed_call(line)
    assert (extension, number) == ("101", "EXT102")
    assert "00:00'00" < lasted < "00:01'00"
    assert line.endswith("   ")


def test_an_answered_call_reads_as_one_of_ip_office(buffer: SmdrBuffer) -> None:
    [line] = lines_of(buffer, "call", SmdrFormat.IP_OFFICE)
    assert office_call(line) == ("101", "102", 1_000_001)
    fields = line.split(",")
    assert (fields[4], fields[8], fields[11], fields[13]) == ("O", "1", "E101", "E102")


@pytest.mark.parametrize(
    ("capture", "condition"),
    [("busy", "NA "), ("cancelled", "NA "), ("blind_transfer", "TR "), ("busy_forwarded", "FW ")],
)
def test_the_condition_tells_what_became_of_the_call(buffer: SmdrBuffer, capture: str, condition: str) -> None:
    assert lines_of(buffer, capture, SmdrFormat.FIXED_80)[0].endswith(condition)
