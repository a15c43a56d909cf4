"""Calls to the outside from a box whose card is away: each ends with its reason, and calls inside go on.

Not one of the folders that `test_scenarios.py` plays: a box that gets its first lines restarts Asterisk once it is
idle, which this waits for before and after.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.boxes import Box, wait_until
from tests.calls import runner
from tests.calls.product import apply_site
from tests.calls.scenario import PhoneSpec, Scenario

LOG = "/var/log/asterisk/messages"
BOX = "box: {name: calls, country: GB, time_zone: Europe/London}\n"
SITE = """
box:
  name: calls
  country: GB
  time_zone: Europe/London
  emergency: {numbers: ["999"], trunks: [pstn]}
extensions:
  - {number: "101", name: Alice, secret: Vexl9-quiet-Harbour, may_call: international}
  - {number: "102", name: Bob, secret: Rows-mint-88-Lantern, may_call: local}
trunks:
  - {name: pstn, kind: dahdi, spans: [pri], numbers: ["+442071234567"]}
outbound_routes:
  - {name: national, match: ["0[1-9]."], class: national, trunks: [pstn]}
  - {name: abroad, match: ["00."], class: international, trunks: [pstn]}
hardware:
  spans: [{name: pri, port: 1, kind: e1, signalling: pri_cpe}]
"""
SECRETS = {"101": "Vexl9-quiet-Harbour", "102": "Rows-mint-88-Lantern"}


@pytest.fixture
def wired(box: Box) -> Iterator[Box]:
    """The box with the line in its site, wholly effective; afterwards without it."""
    _settle(box, SITE)
    yield box
    _settle(box, BOX)


def _settle(box: Box, site: str) -> None:
    apply_site(box, site)

    def settled() -> bool:
        status = json.loads(box.exec(["loopstart", "status", "--json"]).stdout)
        return bool(status["asterisk_connected"]) and status["pending"] is None

    wait_until(settled, "the site is wholly effective", 60.0)


def _failed(caller: str, called: str, outcome: str, **fields: str) -> dict[str, object]:
    segments = [{"target": fields.pop("target", called), "outcome": outcome}]
    return {"caller": caller, "called": called, "outcome": "failed", "segments": segments, **fields}


@pytest.mark.box
def test_a_call_out_without_a_line_ends_with_its_reason(wired: Box, tmp_path: Path) -> None:
    before = int(wired.exec(["stat", "-c", "%s", LOG]).stdout)
    runner.play(
        Scenario(
            name="no_line",
            title="No line to the outside",
            site=SITE,
            phones=(PhoneSpec("alice", "101"), PhoneSpec("bob", "102")),
            steps=(
                "alice dials 02079460000",
                "alice's call ends within 12 s",
                "bob dials 02079460000",
                "bob's call ends within 12 s",
                "bob dials 999",
                "bob's call ends within 12 s",
                "alice dials 5555",
                "alice's call ends within 12 s",
                "the box shows 0 calls",
            ),
            history=(
                _failed("101", "+442079460000", "no_line", target="02079460000", direction="outbound"),
                _failed("102", "02079460000", "not_allowed"),
                _failed("102", "999", "no_line", direction="outbound"),
                _failed("101", "5555", "invalid"),
            ),
            secrets=SECRETS,
        ),
        wired,
        tmp_path,
    )
    said = wired.exec(["tail", "-c", f"+{before + 1}", LOG]).stdout
    assert [line for line in said.splitlines() if "WARNING" in line or "ERROR" in line] == []
