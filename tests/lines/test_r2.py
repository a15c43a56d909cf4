"""MFC/R2 over two E1 spans: registers tell each other the numbers in tones before anybody speaks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.calls import product
from tests.lines import loopback
from tests.lines.company import R2, Company
from tests.lines.conftest import Wires
from tests.lines.loopback import wait_until
from tests.lines.office import HEAD, site
from tests.lines.test_pri import hear_each_other, the_d_channel_is_up

pytestmark = [pytest.mark.image, pytest.mark.timeout(1800)]


@pytest.fixture(scope="module")
def r2(wires: Wires) -> Iterator[Wires]:
    """The E1 has MFC/R2 at both ends; afterwards ISDN as before."""
    machine = wires.office.machine
    wires.begin()
    wires.company.stop()
    wires.office.becomes(site("mfcr2"))
    loopback.configure_far_ends(machine, "pri", r2=True)
    company = Company(machine, loopback.places(machine), R2)
    company.start()
    wait_until(lambda: "IDLE" in company.ask("mfcr2 show channels"), "the lines are idle", 120)
    yield Wires(wires.office, company)
    company.stop()
    wires.office.becomes(site())
    loopback.configure_far_ends(machine, "pri")
    again = Company(machine, loopback.places(machine))
    again.start()
    the_d_channel_is_up(Wires(wires.office, again))


def test_a_call_from_outside_carries_numbers_and_sound(r2: Wires, tmp_path: Path) -> None:
    """Registers carry the caller's national number, without what is dialled before it, and no name."""
    since = r2.begin()
    r2.company.sets(caller="551234567")
    r2.company.calls("112345610")
    arrived = r2.company.noted("arrived", 120)
    assert (arrived["context"], arrived["number"]) == ("telephone", "0551234567")
    hear_each_other(r2, tmp_path)
    r2.company.hang_up()
    r2.office.history(since, {
        "direction": "inbound", "trunk": "pstn", "caller": "+33551234567", "called": f"{HEAD}10",
        "outcome": "answered", "ended_by": "caller", "segments": [{"target": "110", "outcome": "answered"}],
    })  # fmt: skip


def test_a_call_to_outside_carries_numbers_and_sound(r2: Wires, tmp_path: Path) -> None:
    since = r2.begin()
    r2.company.telephone_dials("0551212345")
    arrived = r2.company.noted("arrived", 120)
    assert (arrived["context"], arrived["called"], arrived["number"]) == ("from-customer", "0551212345", "112345600")
    hear_each_other(r2, tmp_path)
    r2.company.hang_up()
    r2.office.history(since, {
        "direction": "outbound", "trunk": "pstn", "caller": "110", "called": "+33551212345", "outcome": "answered",
    })  # fmt: skip


def test_a_subscriber_who_is_busy_is_told_before_any_answer(r2: Wires) -> None:
    since = r2.begin()
    r2.company.telephone_dials("0550000017")
    r2.company.noted("arrived", 120)
    wait_until(lambda: any(c.cause for c in product.history(r2.office, since)), "a cause is told", 60)
    r2.company.hang_up()
    r2.office.history(since, {
        "direction": "outbound", "trunk": "pstn", "called": "+33550000017", "outcome": "busy", "cause": 17,
    })  # fmt: skip
