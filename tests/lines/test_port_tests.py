"""`loopstart hardware test` on the product's own lines: what passes, and what fails when the far end is not well.

The far end is a telephone company in Asterisk; what it sends comes in here (tests/lines/loopback.py).
The box has a primary rate line, 24 analog lines and 24 telephone ports, each pair of spans made for this module.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import yaml

from tests.lines import loopback
from tests.lines.exchange import Exchange
from tests.lines.machine import LinesMachine

pytestmark = [pytest.mark.image, pytest.mark.timeout(3600)]

OURS = "+12125550100"
MORE_SPANS = "dynamic=loc,3:0,24,0\ndynamic=loc,3:1,24,0\ndynamic=loc,4:0,24,0\ndynamic=loc,4:1,24,0\n"
PRI, LINES, TELEPHONES = "DYN/loc/1:{}", "DYN/loc/3:{}", "DYN/loc/4:{}"
SITE = {
    "box": {"name": "lines", "country": "US", "time_zone": "America/New_York", "language": "en"},
    "extensions": [{"number": "110", "name": "Lobby", "line": {"span": "telephones", "channel": 1}}],
    "hardware": {
        "spans": [
            {"name": "pri", "card": PRI.format(1), "port": 1, "kind": "e1", "signalling": "pri_cpe"},
            {"name": "lines", "card": LINES.format(1), "port": 1, "kind": "t1", "signalling": "fxs_ks"},
            {"name": "telephones", "card": TELEPHONES.format(1), "port": 1, "kind": "t1", "signalling": "fxo_ks"},
        ]
    },
    "trunks": [
        {"name": "pstn", "kind": "dahdi", "spans": ["pri"], "numbers": [OURS]},
        {"name": "analog", "kind": "dahdi", "spans": ["lines"]},
    ],
    "inbound_routes": [{"to": {"extension": "110"}}],
}
COMPANY = """\
switchtype=euroisdn
pridialplan=unknown
prilocaldialplan=unknown
context=from-customer
usecallerid=yes
group=1
signalling=pri_net
channel => {pri}-{pri_15},{pri_17}-{pri_31}
signalling=fxo_ks
context=from-line
group=2
channel => {lines}-{lines_24}
signalling=fxs_ks
cidsignalling=bell
cidstart=ring
context=telephone
group=3
channel => {telephones}-{telephones_24}
"""
# 5550100 comes back to the customer; 5550199 is the test tone; 5550198 is silence; anything else is busy.
DIALPLAN = """\
[from-customer]
exten => _X!,1,Goto(switch,${EXTEN},1)
[from-line]
exten => _XXXXXXX,1,Goto(switch,${EXTEN},1)
[switch]
exten => _.5550100,1,Dial(DAHDI/g1/2125550100,60)
exten => _5550100,1,Dial(DAHDI/g1/2125550100,60)
exten => _.5550199,1,Goto(switch,5550199,1)
exten => 5550199,1,Answer()
 same => n,Milliwatt(m)
exten => 5550198,1,Answer()
 same => n,Wait(30)
exten => _X!,1,Hangup(17)
[telephone]
exten => s,1,Wait(4)
 same => n,Answer()
 same => n,Wait(10)
"""


@dataclass(frozen=True)
class Tried:
    """The box, tested by its command, and the telephone company."""

    machine: LinesMachine
    company: Exchange

    def test(self, port: str, kind: str, *more: str) -> dict[str, Any]:
        words = ["loopstart", "hardware", "test", port, "--kind", kind, "--json", *more]
        told = json.loads(self.machine.exec(words, check=False, seconds=300).stdout)
        found: dict[str, Any] = told["tests"][0] if "tests" in told else told
        return found

    def result(self, port: str, kind: str, *more: str) -> tuple[str, str]:
        found = self.test(port, kind, *more)
        return found["outcome"], found["code"]

    def asterisk(self, command: str) -> str:
        return self.machine.exec(["asterisk", "-rx", command], check=False, seconds=60).stdout


@pytest.fixture(scope="module")
def tested(machine: LinesMachine) -> Iterator[Tried]:
    machine.exec(["systemctl", "stop", "test-company", "test-customer"], check=False)
    machine.exec(["systemctl", "start", "loopstartd", "asterisk"], seconds=600)
    loopback.write(machine, "/run/test/more.conf", MORE_SPANS)
    machine.exec(["dahdi_cfg", "-c", "/run/test/more.conf"], seconds=120)
    machine.sh("until loopstart hardware list >/dev/null; do sleep 2; done", seconds=600)
    machine.exec(["loopstart", "site", "import", "-"], input=yaml.safe_dump(SITE), seconds=300)
    machine.exec(["loopstart", "apply", "--note", "lines"], seconds=600)
    bases = dict(loopback.spans(machine).values())
    far = {
        name: bases[identity.format(0)]
        for name, identity in (("pri", PRI), ("lines", LINES), ("telephones", TELEPHONES))
    }
    system = (
        f"bchan={far['pri']}-{far['pri'] + 14},{far['pri'] + 16}-{far['pri'] + 30}\ndchan={far['pri'] + 15}\n"
        f"fxoks={far['lines']}-{far['lines'] + 23}\nfxsks={far['telephones']}-{far['telephones'] + 23}\n"
        "loadzone=us\ndefaultzone=us\n"
    )
    loopback.write(machine, "/run/test/far.conf", system)
    machine.exec(["dahdi_cfg", "-c", "/run/test/far.conf"], seconds=120)
    places = {f"{name}_{place}": base + place - 1 for name, base in far.items() for place in (15, 17, 24, 31)}
    company = Exchange(machine, "company", COMPANY.format(**far, **places), DIALPLAN)
    company.start()
    box = Tried(machine, company)
    company.wait(lambda: "Up, Active" in box.asterisk("pri show spans"), "the box's D-channel is up", 600)
    yield box
    company.stop()


def test_a_line_that_is_well_has_no_alarm(tested: Tried) -> None:
    assert tested.result("pri", "state") == ("passed", "test_d_channel_up")


def test_a_driver_that_measures_nothing_says_so(tested: Tried) -> None:
    assert tested.result("lines/1", "voltage") == ("open", "test_voltage_untold")


def test_a_telephone_is_rung_and_answered(tested: Tried) -> None:
    assert tested.result("telephones/1", "ring", "--seconds", "30") == ("passed", "test_ring_answered")


def test_a_dial_tone_is_heard_and_its_level_told(tested: Tried) -> None:
    found = tested.test("lines/1", "dial_tone")
    assert (found["outcome"], found["code"]) in {("passed", "test_dial_tone"), ("passed", "test_dial_broken")}, found
    assert -25 < float(found["params"]["level"]) < 0


def test_a_wire_without_a_fork_brings_no_echo(tested: Tried) -> None:
    assert tested.result("lines/1", "echo") == ("passed", "test_echo")


def test_the_level_of_a_test_tone_is_measured(tested: Tried) -> None:
    found = tested.test("pri", "level", "--number", "5550199")
    assert (found["outcome"], found["code"]) == ("passed", "test_level"), found
    assert -2 < float(found["params"]["level"]) < 1
    assert tested.result("pri/2", "level", "--number", "5550198") == ("failed", "test_level_silence")
    assert tested.result("pri/2", "level", "--number", "5550111") == ("failed", "test_call_busy")


def test_a_call_goes_out_and_comes_in_again(tested: Tried) -> None:
    found = tested.test("pri", "call_back")
    assert (found["outcome"], found["code"]) == ("passed", "test_came_back"), found
    assert found["params"]["called"].endswith("5550100")
    contacts = json.loads(tested.machine.exec(["loopstart", "history", "--json"]).stdout)["contacts"]
    assert [one["direction"] for one in contacts][:1] == ["inbound"], "the call of the test itself is no contact"


def test_a_port_with_a_call_is_left_alone(tested: Tried) -> None:
    tested.company.call("DAHDI/g1/2125550100", "switch", "5550198")
    tested.company.wait(lambda: "1 active call" in tested.asterisk("core show channels count"), "the call is up", 60)
    codes = {tested.test(f"pri/{port}", "loop", "--loop", "card")["error"]["code"] for port in (1, 2)}
    assert codes == {"test_in_use"}
    tested.company.ask("channel request hangup all")


def test_a_pattern_is_not_sent_where_an_exchange_answers(tested: Tried) -> None:
    assert tested.test("pri", "loop")["error"]["code"] == "test_d_channel_in_use"


def test_a_pattern_that_does_not_come_back_fails_and_the_channel_is_given_back(tested: Tried) -> None:
    """The far end is stopped: what is sent goes nowhere."""
    tested.company.stop()
    tested.company.wait(lambda: "Up, Active" not in tested.asterisk("pri show spans"), "the D-channel is down", 120)
    before = tested.asterisk("dahdi show channels")
    assert tested.result("pri", "loop", "--seconds", "2") == ("failed", "test_loop_nothing")
    assert tested.asterisk("dahdi show channels") == before
    assert tested.test("pri", "loop", "--loop", "card")["code"] == "test_loop_not_in_card"
    tested.company.start()
    tested.company.wait(lambda: "Up, Active" in tested.asterisk("pri show spans"), "it is up again", 120)
    assert tested.result("pri", "level", "--number", "5550199") == ("passed", "test_level")
