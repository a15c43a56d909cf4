"""What the page of benchmarks says of a figure."""

from __future__ import annotations

from tests.bench.load import silenced
from tests.bench.memory import by_unit
from tests.bench.report import number, row
from tests.bench.result import Aim, Result, at_most, by, spread
from tests.bench.setup_time import since_invite
from tests.phones import sipp
from tests.phones.wire import SipMessage


def test_a_missed_aim_is_said_plainly() -> None:
    result = Result("set-up", 6.0, "ms", 4.0, "a bare Dial()", by(6.0, 4.0), (at_most(1.5, 1.2, "within 1.2x"),))
    assert row(result) == "| set-up | 6 ms | 4 ms: a bare Dial() | 1.5x | within 1.2x | **not met** |"


def test_each_aim_has_its_own_answer() -> None:
    assert row(Result("n", 1, "s", aims=(Aim("a", True), Aim("b", False)))).endswith("| a<br>b | met<br>**not met** |")


def test_nothing_is_divided_by_nothing() -> None:
    assert by(5, 0) is None
    assert "x" not in row(Result("gaps", 5, "gaps", 0, "calm", by(5, 0))).replace("gaps", "")


def test_numbers_show_no_digits_that_mean_nothing() -> None:
    assert [number(value) for value in (3809.4, 0.5, 12, 12.345, None)] == ["3,809", "0.5", "12", "12.35", "—"]


def test_spread_is_of_the_values() -> None:
    assert spread([3.0, 1.0, 2.0]) == {"min": 1.0, "p50": 2.0, "p95": 3.0, "max": 3.0}


def test_processes_of_one_unit_are_summed() -> None:
    rows = [{"unit": "nginx.service", "command": "nginx", "pss": 1_000_000, "rss": 2_000_000}] * 2
    assert by_unit(rows) == {"nginx.service": {"processes": 2, "pss_mb": 2.0, "rss_mb": 4.0}}


def test_set_up_counts_from_the_invite_with_credentials() -> None:
    def said(at: float, outgoing: bool, first: str, *headers: str) -> SipMessage:
        return SipMessage(at, outgoing, "\r\n".join((first, "Call-ID: a", "CSeq: 2 INVITE", *headers)) + "\r\n\r\n")

    messages = [
        said(1.0, True, "INVITE sip:2 SIP/2.0"),
        said(1.1, False, "SIP/2.0 401 Unauthorized"),
        said(2.0, True, "INVITE sip:2 SIP/2.0", "Authorization: Digest"),
        said(2.25, False, "SIP/2.0 180 Ringing"),
        said(2.5, False, "SIP/2.0 180 Ringing"),
    ]
    assert since_invite(messages, "180") == [250.0]


def test_a_silenced_scenario_keeps_its_messages() -> None:
    text = (sipp.SCENARIOS / "caller.xml").read_text()
    quiet = silenced(text)
    assert "rtp_stream" in text and 'exec rtp_stream="tone' not in quiet
    assert quiet.count("<send") == text.count("<send")
