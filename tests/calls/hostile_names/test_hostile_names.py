"""Hostile text where a caller's name or a number belongs: taken as text, everywhere, and the box goes on.

What the web shows of it is proven by the browser tests.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from tests.boxes import Box
from tests.calls import product
from tests.phones import sipp
from tests.phones.account import Account
from tests.phones.baresip import Baresip
from tests.phones.namespace import Namespace
from tests.phones.sipp import Row

pytestmark = pytest.mark.box
SITE = (Path(__file__).parent / "site.yaml").read_text()
ALICE, BOB = yaml.safe_load(SITE)["extensions"]

DISPLAY_NAMES = {
    "script": r'"\"><script>alert(1)</script>" ',
    "sql": r""""'; DROP TABLE contacts; --" """,
    "format": r'"%n%s%x$' + '{SHELL(id)}" ',
    "line breaks": r'"Reception\r\nAction: Originate%0d%0aX: y" ',
    "direction": '"\u202e101 tsiruT\u202c\u2066" ',
    "nul and controls": '"a\x01\x08\x7f\x1b[31mred" ',
    "long": '"' + "A" * 900 + '" ',
    "broken utf-8 as latin": '"Am\u00e9lie \ufffd" ',
}
NUMBERS = {
    "dialplan": "102,1)System(id",
    "variable": "%24%7BSHELL(id)%7D",
    "markup": "%3Cscript%3E",
    "line break": "102%0d%0aAction%3a%20Logoff",
    "long": "1" * 300,
}


@pytest.fixture
def caller(box: Box) -> Namespace:
    box.unplug("stranger")
    product.apply_site(box, SITE)
    return Namespace(*box.phone("stranger"))


def call(box: Box, caller: Namespace, folder: Path, number: str, display: str) -> int | None:
    """Call and hang up after a second; the exit code of SIPp: 0 when the call was answered and ended well."""
    row = Row("101", number, "101", ALICE["secret"])
    process = sipp.start("caller", caller, box.address, folder, rows=[row], talk_ms=700, keys={"display": display})
    try:
        process.wait(timeout=25)
    finally:
        sipp.stop(process)
    return process.returncode


def test_a_hostile_display_name_changes_nothing_but_a_name(box: Box, caller: Namespace, tmp_path: Path) -> None:
    began = datetime.now(UTC)
    phone = Namespace(*box.phone("p2"))
    account = Account("102", BOB["secret"], box.address)
    with Baresip("bob", phone, account, 740.0, tmp_path / "bob") as bob:
        assert bob.registered(), bob.story()
        for kind, display in DISPLAY_NAMES.items():
            seen = len(bob.events)
            row = Row("101", "102", "101", ALICE["secret"])
            folder = tmp_path / kind.replace(" ", "_")
            process = sipp.start(
                "caller", caller, box.address, folder, rows=[row], talk_ms=500, keys={"display": display}
            )
            try:
                assert bob.wait_for(lambda event: event.kind == "CALL_INCOMING", seen), f"{kind}\n{bob.story()}"
                live = product.live(box)
                assert any(party.extension == "101" for each in live.calls for party in each.parties), (
                    kind,
                    live,
                )
                bob.answer()
                sipp.finish(process, folder, "caller")
                assert bob.wait_for(lambda event: event.kind == "CALL_CLOSED", seen), f"{kind}\n{bob.story()}"
            finally:
                sipp.stop(process)
        invites = [message for message in bob.wire.sip if message.first_line.startswith("INVITE")]
    shown = {product.screen_text(message.header("From")) for message in invites}
    assert shown == {f"{ALICE['name']} <101>"}, "the phone's own word for its name was believed"
    found = product.wait_for(
        lambda: product.history(box, began),
        lambda rows: len(rows) == len(DISPLAY_NAMES) and all(row.ended for row in rows),
        "the history does not hold every call",
    )
    assert {(row.caller, row.caller_name, row.called, row.outcome) for row in found} == {
        ("101", ALICE["name"], "102", "answered")
    }


def test_a_hostile_number_reaches_nobody_and_is_kept_as_text(box: Box, caller: Namespace, tmp_path: Path) -> None:
    began = datetime.now(UTC)
    before = box.exec(["systemctl", "show", "-p", "MainPID", "asterisk", "loopstartd"]).stdout
    for kind, number in NUMBERS.items():
        assert call(box, caller, tmp_path / kind.replace(" ", "_"), number, "") != 0, f"{kind} was answered"
    assert product.live(box).calls == ()
    assert box.exec(["systemctl", "show", "-p", "MainPID", "asterisk", "loopstartd"]).stdout == before
    for row in product.history(box, began):
        assert row.outcome in ("rejected", "failed"), row
        assert not any(character in row.called for character in "\r\n\0"), row
