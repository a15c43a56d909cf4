"""Tests of ports on the box: it has no card, so what is seen is what is refused, and what Asterisk has for them."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
import yaml

from tests.boxes import Box, wait_until
from tests.calls.product import apply_site
from tests.originate import originate

pytestmark = pytest.mark.box

SITE = {
    "box": {"name": "ports", "country": "SA", "time_zone": "Asia/Riyadh", "language": "en"},
    "hardware": {"spans": [
        {"name": "pri", "kind": "e1", "signalling": "pri_cpe", "port": 1},
        {"name": "fxo", "kind": "analog", "signalling": "fxs_ks", "ports": [1, 2]},
    ]},
    "trunks": [{"name": "pstn", "kind": "dahdi", "spans": ["pri", "fxo"], "numbers": ["+966112345600"]}],
    "inbound_routes": [{"to": {"hang_up": "busy"}}],
}  # fmt: skip


RECORDED = originate("Channel: Local/*43@feature-codes/n", "Context: port-tests", "Exten: listen", "Priority: 1")


@pytest.fixture(scope="module")
def lines(box: Box) -> Iterator[Box]:
    """The box with lines whose cards are not there; afterwards as it was."""
    before = box.exec(["loopstart", "site", "export", "--with-secrets"]).stdout
    apply_site(box, yaml.safe_dump(SITE))
    wait_until(lambda: "app_record.so" in asterisk(box, "module show like app_record"), "Asterisk is back", 60)
    yield box
    apply_site(box, before)


def asterisk(box: Box, command: str) -> str:
    return box.exec(["asterisk", "-rx", command], check=False).stdout


def refused(box: Box, *words: str) -> str:
    done = box.exec(["loopstart", "hardware", "test", *words, "--json"], check=False)
    assert done.returncode != 0
    return str(json.loads(done.stdout)["error"]["code"])


def test_what_cannot_be_tested_is_refused_with_why(lines: Box) -> None:
    assert refused(lines, "none") == "not_found"
    assert refused(lines, "fxo/3", "--kind", "dial_tone") == "test_no_port"
    assert refused(lines, "fxo/1", "--kind", "dial_tone") == "test_card_away"
    listed = lines.exec(["loopstart", "hardware", "tests"]).stdout
    assert "pri/1" in listed and "pri/2" not in listed and "fxo/2" in listed


def test_asterisk_has_what_the_tests_need_and_the_daemon_can_read_what_it_records(lines: Box) -> None:
    """A call that plays a prompt to the recorder: what a line would bring."""
    assert "6 extensions" in asterisk(lines, "dialplan show port-tests")
    lines.exec(["/usr/bin/python3", "-c", RECORDED])
    heard = ["setpriv", "--reuid=loopstart", "--regid=loopstart", "--init-groups", "stat", "-c", "%s"]

    def recorded() -> bool:
        size = lines.exec([*heard, "/run/asterisk/port-test.wav"], check=False).stdout.strip()
        return size.isdecimal() and int(size) > 40_000

    wait_until(recorded, "three seconds are recorded", 30)


def test_only_the_daemon_asks_for_what_needs_devices(lines: Box) -> None:
    socket = "/run/loopstart-machine/line.sock"
    assert lines.exec(["stat", "-c", "%U %a", socket]).stdout.split() == ["loopstart", "600"]
    ask = (
        "import socket,sys; line=socket.socket(socket.AF_UNIX); line.connect(sys.argv[1]);"
        'line.sendall(b\'{"do":"voltage","channel":1}\\n\'); print(line.makefile().readline())'
    )
    told = lines.exec(["/usr/bin/python3", "-c", ask, socket]).stdout
    assert json.loads(told) == {"millivolts": None}
