"""Tests of ports over the socket of a daemon: what is refused and why, and those that need no Asterisk."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from appliance.control.client import ControlError
from appliance.model.access import Role
from appliance.model.changes import GenerationState
from appliance.model.port_tests import PortTestsShown
from appliance.model.site import Site
from tests.boxes import wait_until
from tests.control.conftest import House
from tests.hardware.test_cards import PROFILES, drive
from tests.hardware.trees import FXO, FXS, Box, spans_of

SPANS = [
    {"name": "fxs", "kind": "analog", "signalling": "fxo_ks", "ports": [1, 3]},
    {"name": "fxo", "kind": "analog", "signalling": "fxs_ks", "ports": [2, 4]},
    {"name": "pri", "kind": "e1", "signalling": "pri_cpe"},
]
CHANGES: dict[str, Any] = {
    "hardware": {"spans": SPANS},
    "trunks": [
        {"name": "pstn", "kind": "dahdi", "spans": ["fxo"], "numbers": ["+966112345600"]},
        {"name": "bare", "kind": "dahdi", "spans": ["pri"]},
    ],
}


def runs(house: House, more: dict[str, Any]) -> None:
    """A site that runs, as after an apply; Asterisk is away."""
    document = house.stores.site.draft().site.document()
    box = {"name": "najd-clinic", "country": "SA", "emergency": {"numbers": ["997"], "trunks": ["pstn"]}}
    site = Site.from_document(document | {"box": box} | more)
    generation = house.stores.site.add_generation(house.stores.site.add_revision(site, "noor", ""))
    house.stores.site.set_generation(generation, GenerationState.CONFIRMED)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    return tmp_path / "hardware"


@pytest.fixture
def analog(house: House, tree: Path) -> House:
    """A card with telephones on its ports 1 and 3 and lines on 2 and 4; the card of the E1 is away."""
    drive(Box(tree), PROFILES["digium/tdm410p"], spans_of(PROFILES["digium/tdm410p"], analog=(FXS, FXO)))
    house.console.ask("hardware.list")
    runs(house, CHANGES)
    return house


@contextmanager
def root_answers(tmp_path: Path, *answers: dict[str, Any]) -> Iterator[list[dict[str, Any]]]:
    """The program behind the socket of the task ``line``, which gives these answers."""
    folder = tmp_path / "run/loopstart-machine"
    folder.mkdir(parents=True, exist_ok=True)
    asked: list[dict[str, Any]] = []
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(str(folder / "line.sock"))
        door.listen()

        def serve() -> None:
            for answer in answers:
                line, _ = door.accept()
                with line:
                    asked.append(json.loads(line.makefile().readline()))
                    line.sendall(json.dumps(answer).encode() + b"\n")

        thread = threading.Thread(target=serve)
        thread.start()
        yield asked
        thread.join(timeout=10)


def refused(house: House, **args: object) -> ControlError:
    with pytest.raises(ControlError) as caught:
        list(house.console.watch("hardware.test", **args))
    return caught.value


def last(house: House, **args: object) -> dict[str, Any]:
    return list(house.console.watch("hardware.test", **args))[-1]


def test_every_port_is_listed_with_the_tests_it_can_have(analog: House) -> None:
    shown = PortTestsShown.model_validate(analog.console.ask("hardware.tests"))
    ports = {(one.span, one.port): one for one in shown.ports}
    assert [key for key in ports if key[0] != "pri"] == [("fxs", 1), ("fxs", 2), ("fxo", 1), ("fxo", 2)]
    assert [ports["fxs", 1].channel, ports["fxs", 2].channel, ports["fxo", 1].channel] == [1, 3, 2]
    assert list(ports["fxs", 1].usual) == ["state", "voltage", "ring"]
    assert list(ports["fxo", 1].usual) == ["state", "voltage", "dial_tone", "echo"]
    assert ports["fxo", 1].numbers == ("+966112345600",)
    assert ports["pri", 1].channel is None and "loop" in ports["pri", 1].kinds
    assert shown.running is None


def test_a_box_without_lines_has_no_ports(house: House) -> None:
    assert house.console.ask("hardware.tests")["ports"] == []
    assert refused(house, span="pri", kind="state").code == "not_found"


@pytest.mark.parametrize(
    ("args", "code"),
    [
        ({"span": "none", "kind": "ring"}, "not_found"),
        ({"span": "fxs", "kind": "ring", "port": 3}, "test_no_port"),
        ({"span": "pri", "kind": "state"}, "test_card_away"),
        ({"span": "fxs", "kind": "dial_tone"}, "test_not_of_port"),
        ({"span": "fxo", "kind": "ring"}, "test_not_of_port"),
        ({"span": "fxo", "kind": "loop"}, "test_not_of_port"),
        ({"span": "fxs", "kind": "ring"}, "asterisk_down"),
        ({"span": "fxo", "kind": "dial_tone"}, "asterisk_down"),
        ({"span": "fxo", "kind": "other"}, "problems"),
        ({"span": "fxo", "kind": "level", "number": "1;DROP"}, "problems"),
        ({"span": "fxo", "kind": "ring", "seconds": 61}, "problems"),
    ],
)
def test_what_cannot_be_tested_is_refused_with_why(analog: House, args: dict[str, object], code: str) -> None:
    error = refused(analog, **args)
    assert error.code == code
    if code not in {"problems", "not_found"}:
        assert set(error.text) == {"en", "ar", "fa", "zh"}
    assert [one["last"] for one in analog.console.ask("hardware.tests")["ports"] if one["last"]] == []


@pytest.mark.parametrize(
    ("args", "code"),
    [
        ({"kind": "level"}, "test_level_number"),
        ({"kind": "level", "number": "997"}, "test_emergency_number"),  # of the site
        ({"kind": "level", "number": "911"}, "test_emergency_number"),  # of the country
        ({"kind": "call_back", "number": "+966112345699"}, "test_not_own_number"),
    ],
)
def test_a_number_that_must_not_be_called_is_refused(analog: House, args: dict[str, object], code: str) -> None:
    assert refused(analog, span="fxo", **args).code == code


def test_whoever_may_only_look_may_not_test(analog: House) -> None:
    supervisor = analog.account("noor", Role.SUPERVISOR)
    assert supervisor.ask("hardware.tests")["ports"]
    with pytest.raises(ControlError) as caught:
        list(supervisor.watch("hardware.test", span="fxs", kind="state"))
    assert caught.value.code == "forbidden"


def test_a_technician_tests_and_the_result_is_kept_and_audited(analog: House) -> None:
    technician = analog.account("layla", Role.TECHNICIAN)
    ended = list(technician.watch("hardware.test", span="fxs", kind="state", port=2))[-1]
    assert (ended["outcome"], ended["code"], ended["by"], ended["channel"]) == ("passed", "test_no_alarm", "layla", 3)
    [port] = [one for one in analog.console.ask("hardware.tests")["ports"] if (one["span"], one["port"]) == ("fxs", 2)]
    assert port["last"] == [ended]
    lines = analog.console.ask("audit.list", limit=10)["entries"]
    tested = {line["action"]: line for line in lines if line["subject"] == "fxs/2"}
    assert set(tested) == {"hardware.test", "hardware.tested"}
    assert tested["hardware.test"]["who"] == "layla"
    assert tested["hardware.tested"]["detail"]["outcome"] == "passed"


def test_a_line_without_voltage_fails(analog: House, tree: Path) -> None:
    procs = [path for path in (tree / "proc/dahdi").iterdir() if path.name == "1"]
    text = procs[0].read_text()
    procs[0].write_text("".join(
        line.rstrip() + "  RED\n" if line.split()[:1] == ["2"] else line for line in text.splitlines(keepends=True)
    ))  # fmt: skip
    assert last(analog, span="fxo", kind="state")["code"] == "test_no_battery"
    assert last(analog, span="fxo", kind="state", port=2)["code"] == "test_no_alarm"


def test_the_voltage_is_asked_of_the_driver(analog: House, tmp_path: Path) -> None:
    with root_answers(tmp_path, {"millivolts": -48400}, {"millivolts": 3000}, {"millivolts": None}) as asked:
        found = last(analog, span="fxs", kind="voltage", port=2)
        assert (found["outcome"], found["params"]) == ("passed", {"volts": "-48"})
        assert last(analog, span="fxo", kind="voltage")["code"] == "test_fed_not"
        assert last(analog, span="fxo", kind="voltage")["outcome"] == "open"
    assert asked[0] == {"do": "voltage", "channel": 3}


def test_a_machine_that_does_not_answer_is_told(analog: House) -> None:
    found = last(analog, span="fxs", kind="voltage")
    assert (found["outcome"], found["code"]) == ("open", "machine_silent")


def test_one_test_at_a_time(analog: House, tmp_path: Path) -> None:
    folder = tmp_path / "run/loopstart-machine"
    folder.mkdir(parents=True, exist_ok=True)
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(str(folder / "line.sock"))
        door.listen()
        first = analog.console.watch("hardware.test", span="fxs", kind="voltage")
        assert next(first)["outcome"] == "running"
        assert analog.console.ask("hardware.tests")["running"]["span"] == "fxs"
        assert refused(analog, span="fxo", kind="state").code == "test_running"
        line, _ = door.accept()
        with line:
            line.sendall(b'{"millivolts": 48000}\n')
        assert list(first)[-1]["outcome"] == "passed"
    wait_until(lambda: analog.console.ask("hardware.tests")["running"] is None, "it has ended", 10)
    assert last(analog, span="fxo", kind="state")["outcome"] == "passed"
