"""Analog lines and telephones: ringing, callers' numbers, answer, hang-up seen, hook flash; over all kinds of line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.calls import product
from tests.lines.company import CALLED_TONE, CALLER_TONE, KEYS, KEYS_BACK, NEXT_TONE
from tests.lines.conftest import Wires
from tests.lines.exchange import ENOUGH, clean_pieces
from tests.lines.loopback import wait_until
from tests.lines.office import HEAD, LINE_NUMBER, SECRET, SIP_PHONE
from tests.lines.test_pri import hear_each_other
from tests.phones.account import Account
from tests.phones.baresip import Baresip

pytestmark = [pytest.mark.image, pytest.mark.timeout(1800)]

PHONE_TONE = 740.0


@pytest.fixture
def phone(wires: Wires, tmp_path: Path) -> Iterator[Baresip]:
    """The SIP phone of reception."""
    account = Account(SIP_PHONE, SECRET, wires.office.address)
    with Baresip("reception", wires.office.lan.phone, account, PHONE_TONE, tmp_path / "phone") as phone:
        assert phone.registered(60), phone.story()
        yield phone


def test_a_line_rings_a_telephone_with_its_callers_number_is_answered_and_hung_up_by_the_caller(
    wires: Wires, tmp_path: Path
) -> None:
    """FXO and FXS in one call: what the exchange sends in FSK is read by the box and sent on in FSK."""
    since = wires.begin()
    wires.company.rings(1)
    arrived = wires.company.noted("arrived", 120)
    assert (arrived["context"], arrived["number"], arrived["name"]) == ("telephone", "0551234567", "Layla Haddad")
    hear_each_other(wires, tmp_path)
    wires.company.ask(f"channel request hangup {_channel(wires, 'Local/')}")
    assert wires.company.noted("hung_up", 60)  # the telephone hears that the line is dead
    wires.office.history(since, {
        "direction": "inbound", "trunk": "analog", "caller": "+33551234567", "caller_name": "Layla Haddad",
        "called": LINE_NUMBER, "outcome": "answered", "ended_by": "caller",
        "segments": [{"target": "110", "outcome": "answered"}],
    })  # fmt: skip


def _channel(wires: Wires, kind: str) -> str:
    listed = wires.company.ask("core show channels concise").splitlines()
    return next(line.partition("!")[0] for line in listed if line.startswith(kind))


def test_a_caller_who_gives_up_while_it_rings_is_gone_at_both_ends(wires: Wires) -> None:
    since = wires.begin()
    wires.company.sets(do="rings")
    wires.company.rings(1)
    wait_until(lambda: any(name for name in wires.office.channels()), "it rings", 60)
    wait_until(
        lambda: {party.state for call in wires.office.live().calls for party in call.parties} >= {"ringing"},
        "the telephone rings", 60,
    )  # fmt: skip
    wires.company.hang_up()
    wait_until(lambda: not wires.office.channels(), "nothing rings", 60)
    wires.office.history(since, {"direction": "inbound", "trunk": "analog", "outcome": "cancelled"})


def test_a_telephone_calls_out_by_a_line_and_the_exchange_hangs_up(wires: Wires, tmp_path: Path) -> None:
    since = wires.begin()
    wires.company.telephone_dials("85151717", telephone=2)
    arrived = wires.company.noted("arrived", 120)
    assert (arrived["context"], arrived["called"]) == ("from-line", "5151717")
    hear_each_other(wires, tmp_path)
    wires.company.hang_up()
    wires.office.history(since, {
        "direction": "outbound", "trunk": "analog", "caller": "111", "called": "5151717", "outcome": "answered",
    })  # fmt: skip


def test_a_receiver_that_is_lifted_and_put_back_is_seen_and_is_no_call(wires: Wires) -> None:
    since = wires.begin()
    wires.company.telephone_is_lifted()
    wait_until(
        lambda: "110" in {party.extension for call in wires.office.live().calls for party in call.parties},
        "the telephone is seen", 60,
    )  # fmt: skip
    wires.company.hang_up()
    wait_until(lambda: not wires.office.channels() and not wires.office.live().calls, "it is put back", 60)
    assert product.history(wires.office, since) == []


def test_keys_pressed_at_a_telephone_arrive_at_another(wires: Wires) -> None:
    wires.begin()
    wires.company.sets(do="keys")
    wires.company.telephone_dials("112", does="dials-keys")
    assert wires.company.noted("keys", 120)["keys"] == KEYS
    assert wires.company.noted("back", 120)["keys"] == KEYS_BACK


def test_a_telephone_and_a_sip_phone_call_each_other(wires: Wires, phone: Baresip, tmp_path: Path) -> None:
    since = wires.begin()
    wires.company.telephone_dials(SIP_PHONE)
    ringing = phone.wait_for(lambda event: event.kind == "CALL_INCOMING", 0, 120)
    assert ringing is not None and ringing.peer.startswith("sip:110@"), phone.story()
    phone.answer()
    phone_hears(phone, CALLER_TONE)
    wires.company.hears("caller_heard", PHONE_TONE, tmp_path)
    phone.hang_up()
    wires.company.noted("hung_up", 60)
    wires.office.history(since, {"caller": "110", "called": SIP_PHONE, "outcome": "answered", "ended_by": "target"})

    since = wires.begin()
    phone.dial("111")
    arrived = wires.company.noted("arrived", 120)
    assert (arrived["context"], arrived["number"], arrived["name"]) == ("telephone", SIP_PHONE, "Reception")
    phone_hears(phone, CALLED_TONE)
    wires.company.hears("called_heard", PHONE_TONE, tmp_path)
    wires.company.hang_up()
    assert phone.wait_for(lambda event: event.kind == "CALL_CLOSED", len(phone.events) - 1, 60), phone.story()
    wires.office.history(since, {"caller": SIP_PHONE, "called": "111", "outcome": "answered", "ended_by": "target"})


def phone_hears(phone: Baresip, tone: float) -> None:
    """A second of a tone in all reaches the ear."""
    since = phone.mark()
    wait_until(
        lambda: sum(clean_pieces(sound, tone) for sound in phone.heard(since)) >= ENOUGH,
        f"the phone hears {tone:g} Hz", 60,
    )  # fmt: skip


def test_a_telephone_puts_its_caller_on_hold_asks_somebody_and_hands_the_call_over(
    wires: Wires, tmp_path: Path
) -> None:
    """Flash, dial tone, a number, a talk; whoever hangs up then leaves the two others together."""
    since = wires.begin()
    wires.company.sets(do="consults")
    wires.company.calls("112345610")
    wires.company.noted("next_answered", 120)
    wires.company.hears("asker_heard", NEXT_TONE, tmp_path)
    states = sorted(call.state for call in wires.office.live().calls)
    assert states == ["held", "talking"]
    wires.company.ask(f"channel request hangup {_channel(wires, f'DAHDI/{wires.company.telephone(1)}-')}")
    wires.company.hears("caller_heard", NEXT_TONE, tmp_path)
    wires.company.hears("next_heard", CALLER_TONE, tmp_path)
    [call] = wires.office.live().calls
    assert [(party.number, party.extension, party.state) for party in call.parties] == [
        ("+33551234567", None, "up"), ("112", "112", "up"),
    ]  # fmt: skip
    wires.company.hang_up()
    wires.office.history(
        since,
        {
            "direction": "inbound", "caller": "+33551234567", "called": f"{HEAD}10", "outcome": "answered",
            "segments": [
                {"target": "110", "outcome": "transferred", "transferred_to": "112"},
                {"target": "112", "outcome": "answered"},
            ],
        },
        {"caller": "110", "called": "112", "outcome": "answered", "joined": "*"},
    )  # fmt: skip


def test_a_telephone_that_flashes_again_has_all_three_talk_together(wires: Wires, tmp_path: Path) -> None:
    wires.begin()
    wires.company.sets(do="consults")
    wires.company.calls("112345610")
    wires.company.noted("next_answered", 120)
    telephone = _channel(wires, f"DAHDI/{wires.company.telephone(1)}-")
    wires.company.ask(f"channel redirect {telephone} person,joins,1")
    wires.company.noted("joined")
    wires.company.forget()
    for who, tones in (
        ("caller_heard", (CALLED_TONE, NEXT_TONE)),
        ("next_heard", (CALLER_TONE, CALLED_TONE)),
        ("joined_heard", (CALLER_TONE, NEXT_TONE)),
    ):
        for tone in tones:
            wires.company.hears(who, tone, tmp_path, among=True)


def test_a_telephone_that_flashes_twice_is_back_with_its_caller(wires: Wires, tmp_path: Path) -> None:
    since = wires.begin()
    wires.company.sets(do="returns")
    wires.company.calls("112345610")
    wires.company.noted("returned", 120)
    wires.company.hears("caller_heard", CALLED_TONE, tmp_path)
    wires.company.hang_up()
    [contact] = [one for one in product.history(wires.office, since) if one.direction == "inbound"]
    assert [segment.target for segment in contact.segments] == ["110"]
    assert contact.segments[0].hold_s > 0
