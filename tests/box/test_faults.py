"""When a part of the box dies under running calls: calls go on where they can, the history stays honest."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.boxes import Box, wait_until
from tests.calls import product
from tests.phones.account import Account
from tests.phones.baresip import Baresip
from tests.phones.namespace import Namespace

pytestmark = pytest.mark.box

SITE = """
extensions:
  - {number: "101", name: Alice, secret: Vexl9-quiet-Harbour}
  - {number: "102", name: Bob, secret: Rows-mint-88-Lantern}
"""


@pytest.fixture
def phones(box: Box, tmp_path: Path) -> Iterator[tuple[Baresip, Baresip]]:
    """Alice and Bob, registered."""
    product.apply_site(box, SITE)
    people = [("p1", "101", "Vexl9-quiet-Harbour", 550.0), ("p2", "102", "Rows-mint-88-Lantern", 740.0)]
    with ExitStack() as stack:
        made = [
            stack.enter_context(
                Baresip(name, Namespace(*box.phone(name)), Account(number, secret, box.address), tone, tmp_path / name)
            )
            for name, number, secret, tone in people
        ]
        assert all(phone.registered(15) for phone in made)
        alice, bob = made
        yield alice, bob


def talk(box: Box, alice: Baresip, bob: Baresip) -> None:
    """Have them talk, and see it live."""
    alice.dial("102")
    assert bob.wait_for(lambda event: event.kind == "CALL_INCOMING", timeout=10), bob.story()
    bob.answer()
    assert alice.wait_for(lambda event: event.kind == "CALL_ESTABLISHED", timeout=10), alice.story()
    wait_until(lambda: bob.mark() > 50, "Bob hears her", 20)
    wait_until(lambda: [call.state for call in product.live(box).calls] == ["talking"], "the call is seen live", 20)


def kill(box: Box, unit: str) -> None:
    """`kill -9` a unit, and wait until systemd has another process of it."""
    main = ["systemctl", "show", unit, "-p", "MainPID", "--value"]
    before = box.exec(main).stdout.strip()
    box.exec(["systemctl", "kill", "--signal=KILL", "--kill-whom=main", unit])
    wait_until(lambda: box.exec(main).stdout.strip() not in (before, "0", ""), f"{unit} is started again", 60)


def answered(box: Box) -> bool:
    """Whether the daemon answers and has Asterisk."""
    asked = box.exec(["loopstart", "status", "--json"], check=False)
    return asked.returncode == 0 and '"asterisk_connected": true' in asked.stdout


def test_asterisk_killed_under_a_call_comes_back_and_the_history_marks_the_gap(
    box: Box, phones: tuple[Baresip, Baresip]
) -> None:
    alice, bob = phones
    began = datetime.now(UTC)
    talk(box, alice, bob)
    kill(box, "asterisk.service")
    wait_until(lambda: answered(box) and product.live(box).connected, "the daemon has Asterisk again", 60)
    assert product.live(box).calls == ()
    wait_until(lambda: len(product.history(box, began)) == 1, "the call is in the history", 30)
    [cut] = product.history(box, began)
    assert cut.gap
    assert cut.ended is not None
    assert 0 <= cut.talk_s <= (datetime.now(UTC) - began).total_seconds()
    alice.hang_up()
    bob.hang_up()
    assert alice.registered(60), alice.story()
    assert bob.registered(60), bob.story()
    again = datetime.now(UTC)
    talk(box, alice, bob)
    alice.hang_up()
    wait_until(lambda: len(product.history(box, again)) == 1, "the next call is in the history", 30)
    [whole] = product.history(box, again)
    assert (whole.outcome, whole.gap) == ("answered", False)


def test_the_daemon_killed_under_a_call_drops_nobody_and_finds_the_call_again(
    box: Box, phones: tuple[Baresip, Baresip]
) -> None:
    alice, bob = phones
    began = datetime.now(UTC)
    talk(box, alice, bob)
    heard = bob.mark()
    kill(box, "loopstartd.service")
    wait_until(lambda: answered(box), "the daemon answers again", 60)
    wait_until(lambda: [call.state for call in product.live(box).calls] == ["talking"], "the call is seen again", 30)
    wait_until(lambda: bob.mark() > heard + 50, "Bob still hears her", 20)
    alice.hang_up()
    wait_until(lambda: len(product.history(box, began)) == 1, "the call is in the history, once", 30)
    [row] = product.history(box, began)
    assert (row.caller, row.called, row.outcome, row.gap) == ("101", "102", "answered", True)
