"""ISDN over two E1 spans: the box as the user of the telephone company, and then as the network of another exchange."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.calls import product
from tests.lines import loopback
from tests.lines.company import CALLED_TONE, CALLER_TONE, KEYS, KEYS_BACK, Company
from tests.lines.conftest import Wires
from tests.lines.loopback import FAR, wait_until
from tests.lines.office import CAUSE_NUMBERS, CAUSES, HEAD, site

pytestmark = [pytest.mark.image, pytest.mark.timeout(1800)]


def hear_each_other(wires: Wires, folder: Path, many: int = 1) -> None:
    """Both ends of each call that stands hear the other's tone."""
    seconds = 90 + 6 * many
    wires.company.hears("called_heard", CALLER_TONE, folder, many=many, seconds=seconds)
    wires.company.hears("caller_heard", CALLED_TONE, folder, many=many, seconds=seconds)


def the_d_channel_is_up(wires: Wires) -> None:
    wait_until(lambda: wires.office.span("pri").d_channel, "the box's D-channel is up", 180)
    ask = f"pri show span {wires.company.pri.span}"
    wires.company.wait(lambda: "Up, Active" in wires.company.ask(ask), f"{ask}: up", 180)


def test_the_d_channel_comes_up_at_both_ends(wires: Wires) -> None:
    wires.begin()
    the_d_channel_is_up(wires)


def test_a_call_from_outside_carries_numbers_name_and_sound(wires: Wires, tmp_path: Path) -> None:
    since = wires.begin()
    wires.company.calls("112345610")
    arrived = wires.company.noted("arrived")
    assert (arrived["context"], arrived["number"], arrived["name"]) == ("telephone", "0551234567", "Layla Haddad")
    hear_each_other(wires, tmp_path)
    [call] = wires.office.live().calls
    assert [(party.number, party.extension, party.trunk, party.state) for party in call.parties] == [
        ("+33551234567", None, "pstn", "up"), ("110", "110", None, "up"),
    ]  # fmt: skip
    wires.company.hang_up()
    wires.office.history(since, {
        "direction": "inbound", "trunk": "pstn", "caller": "+33551234567", "caller_name": "Layla Haddad",
        "called": f"{HEAD}10", "outcome": "answered", "ended_by": "caller", "cause": 16,
        "segments": [{"target": "110", "outcome": "answered"}],
    })  # fmt: skip


def test_a_call_to_outside_carries_numbers_and_sound(wires: Wires, tmp_path: Path) -> None:
    since = wires.begin()
    wires.company.telephone_dials("0551212345")
    arrived = wires.company.noted("arrived")
    assert (arrived["context"], arrived["called"], arrived["number"]) == ("from-customer", "0551212345", "0112345600")
    hear_each_other(wires, tmp_path)
    wires.company.hang_up()
    wires.office.history(since, {
        "direction": "outbound", "trunk": "pstn", "caller": "110", "called": "+33551212345", "outcome": "answered",
        "segments": [{"target": "+33551212345", "outcome": "answered"}],
    })  # fmt: skip


@pytest.mark.parametrize("way", ["in", "out"])
def test_keys_pressed_at_each_end_arrive_at_the_other(wires: Wires, way: str) -> None:
    wires.begin()
    wires.company.sets(do="keys")
    if way == "in":
        wires.company.calls("112345610", does="caller-keys")
    else:
        wires.company.telephone_dials("0551212345", does="dials-keys")
    assert wires.company.noted("keys", 120)["keys"] == KEYS
    assert wires.company.noted("back", 120)["keys"] == KEYS_BACK


def test_the_telephone_company_is_told_why_the_box_does_not_take_a_call(wires: Wires) -> None:
    since = wires.begin()
    for cause, number in CAUSE_NUMBERS.items():
        wires.company.calls(number.removeprefix("+33"))
        wires.company.wait(
            lambda cause=cause: str(CAUSES[cause]) in {note["cause"] for note in wires.company.notes("ended")},
            f"a call ends with cause {CAUSES[cause]} ({cause})", 60,
        )  # fmt: skip
    wires.company.calls("112349876")
    wires.company.wait(
        lambda: "1" in {note["cause"] for note in wires.company.notes("ended")},
        "a number that is not ours has ended",
        60,
    )
    assert len(product.history(wires.office, since)) == len(CAUSE_NUMBERS) + 1


@pytest.mark.parametrize(("cause", "outcome"), [(1, "failed"), (17, "busy"), (21, "rejected"), (27, "failed")])
def test_the_history_has_the_cause_with_which_the_telephone_company_ends_a_call(
    wires: Wires, cause: int, outcome: str
) -> None:
    since = wires.begin()
    wires.company.telephone_dials(f"05500000{cause:02}")
    wires.company.noted("arrived")
    loopback.wait_until(lambda: any(c.cause for c in product.history(wires.office, since)), "a cause is told", 60)
    wires.company.hang_up()
    wires.office.history(since, {
        "direction": "outbound", "trunk": "pstn", "called": f"+335500000{cause:02}", "cause": cause,
        "outcome": outcome,
    })  # fmt: skip


def test_an_alarm_of_the_span_is_seen_ends_and_stands_in_the_history(wires: Wires, tmp_path: Path) -> None:
    since, office = wires.begin(), wires.office
    span = wires.near("pri").span
    loopback.unplug(office.machine, "pri", FAR)
    wait_until(lambda: not office.span("pri").up, "the span has an alarm", 60)
    wait_until(lambda: {"d_channel"} < {alarm.kind for alarm in office.alarms(since)}, "it and the D-channel", 60)
    shown = office.span("pri")
    assert shown.alarms and shown.d_channel is False
    assert {(alarm.span, alarm.name, alarm.ended) for alarm in office.alarms(since)} == {(span, "pri", None)}
    loopback.plug_in(office.machine)
    loopback.configure_far_ends(office.machine, "pri")
    wires.company.restart()
    the_d_channel_is_up(wires)
    wait_until(lambda: all(alarm.ended for alarm in office.alarms(since)), "the alarms have ended", 60)
    assert office.span("pri").up
    wires.begin()
    wires.company.calls("112345610")
    hear_each_other(wires, tmp_path)
    wires.company.hang_up()


def test_a_change_of_side_makes_the_box_the_network_of_another_exchange(wires: Wires, tmp_path: Path) -> None:
    """And back again: what cannot change while Asterisk runs takes effect by itself when nobody talks."""
    for box, exchange in (("pri_net", "pri_cpe"), ("pri_cpe", "pri_net")):
        wires.begin()
        wires.company.stop()
        wires.office.becomes(site(box))
        Company(wires.office.machine, loopback.places(wires.office.machine), exchange).start()
        the_d_channel_is_up(wires)
        wires.begin()
        wires.company.calls("112345610")
        assert wires.company.noted("arrived")["number"] == "0551234567"
        hear_each_other(wires, tmp_path)
        wires.begin()
        wires.company.telephone_dials("0551212345")
        assert wires.company.noted("arrived", 120)["called"] == "0551212345"
        hear_each_other(wires, tmp_path)
