"""Network settings, power, reset and installing as verbs, with root's own programs behind the sockets."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from appliance.control.client import ControlError
from appliance.control.machine_tasks import MachineTasks
from appliance.control.power import Power
from appliance.model.access import Permission, Role
from tests.control.conftest import PASSWORD, House

PROGRAMS = Path(__file__).parents[2] / "ansible/roles/machine/files"
TOOLS = ("networkctl", "systemctl", "systemd-networkd-wait-online", "systemd-run")


@contextmanager
def roots(house: House, task: str, *words: str) -> Iterator[Path]:
    """Root's program behind its socket, as systemd has it there; gives the file with the tools it called."""
    root = house.rooms.tasks.run.parent
    tools = root / "tools"
    tools.mkdir()
    for name in TOOLS:
        (tools / name).write_text(f'#!/bin/sh\necho {name} "$@" >>{root}/called\n')
        (tools / name).chmod(0o755)
    environment = {**os.environ, "LOOPSTART_ROOT": str(root), "PATH": f"{tools}:{os.environ['PATH']}"}
    path = root / "run/loopstart-machine" / f"{task}.sock"
    path.parent.mkdir(parents=True)
    (root / f"run/loopstart-{task}").mkdir()
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(str(path))
        door.listen()
        door.settimeout(0.2)
        ending = threading.Event()
        running: list[subprocess.Popen[bytes]] = []

        def serve() -> None:
            while not ending.is_set():
                try:
                    line, _ = door.accept()
                except TimeoutError:
                    continue
                with line:
                    command = [sys.executable, str(PROGRAMS / f"{task}.py"), *words]
                    running.append(subprocess.Popen(command, stdin=line, stdout=line, env=environment))

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield root / "called"
        finally:
            ending.set()
            thread.join()
            for process in running:
                process.wait(30)


def links(monkeypatch: pytest.MonkeyPatch) -> None:
    """systemd-networkd's answer of a machine with one card."""
    described = {"Interfaces": [{"Name": "enp1s0", "Type": "ether", "HardwareAddress": [2, 0, 0, 0, 0, 1]}]}
    said = json.dumps({"type": "s", "data": [json.dumps(described)]})
    monkeypatch.setattr("appliance.control.network.output_of", lambda *command: said)


STATIC = {"interface": "enp1s0", "ipv4": {"method": "static", "address": "192.168.1.5/24", "gateway": "192.168.1.1"},
          "resolvers": ["192.168.1.1"]}  # fmt: skip


def refusal(house: House, verb: str, **args: Any) -> ControlError:
    with pytest.raises(ControlError) as refused:
        house.console.ask(verb, **args)
    return refused.value


def test_settings_are_tried_kept_and_the_timer_is_systemds(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    links(monkeypatch)
    with roots(house, "network", "ask") as called:
        view = house.console.ask("network.edit", changes=STATIC, confirm_within_s=60)
        assert view["settings"]["ipv4"]["method"] == "dhcp"
        assert view["trial"]["settings"]["ipv4"]["address"] == "192.168.1.5/24"
        assert 55 <= view["trial"]["seconds_left"] <= 60
        assert "systemd-run" in called.read_text() and "--on-active=60" in called.read_text()
        assert not (house.rooms.tasks.kept / "network.json").exists()
        view = house.console.ask("network.confirm")
        assert view["trial"] is None and view["last"] == "confirmed"
        assert view["settings"]["ipv4"]["address"] == "192.168.1.5/24"
        # A patch is on what is in effect.
        view = house.console.ask("network.edit", changes={"resolvers": []}, confirm_within_s=60)
        assert view["trial"]["settings"]["ipv4"]["address"] == "192.168.1.5/24"
        assert house.console.ask("network.revert")["settings"]["resolvers"] == ["192.168.1.1"]
    placed = house.rooms.tasks.run / "systemd/network/10-loopstart-lan.network"
    assert "Address=192.168.1.5/24" in placed.read_text() and "DNS=192.168.1.1" in placed.read_text()
    assert "MACAddress=02:00:00:00:00:01" in placed.read_text()
    actions = [entry["action"] for entry in house.console.ask("audit.list")["entries"]]
    assert actions[:4] == ["network.revert", "network.edit", "network.confirm", "network.edit"]


def test_what_is_wrong_is_told_at_its_field_and_changes_nothing(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    links(monkeypatch)
    with roots(house, "network", "ask") as called:
        error = refusal(house, "network.edit", changes={**STATIC, "interface": "eth9"})
        assert [(problem.where, problem.code) for problem in error.problems] == [("interface", "network_no_interface")]
        error = refusal(house, "network.edit", changes={"ipv4": {"method": "static", "address": "192.168.1.5"}})
        assert [problem.where for problem in error.problems] == ["ipv4.address"]
        assert refusal(house, "network.edit", changes={"nonsense": 1}).problems[0].code == "unknown_field"
        assert refusal(house, "network.confirm").code == "network_no_trial"
        assert refusal(house, "network.revert").code == "network_no_trial"
        assert not called.exists()


def test_a_part_of_the_machine_that_is_away_is_named(house: House) -> None:
    for verb, args in (("power.off", {"when": "now"}), ("install.show", {}),
                       ("reset.factory", {"box": "loopstart", "keep_recordings": False})):  # fmt: skip
        assert refusal(house, verb, **args).code == "machine_silent"
    assert "power.off" not in [entry["action"] for entry in house.console.ask("audit.list")["entries"]]


def test_a_reset_wants_the_name_and_away_from_the_console_the_password(house: House) -> None:
    admin, technician = house.account("farhad", Role.ADMIN), house.account("layla", Role.TECHNICIAN)
    token, _ = house.stores.tokens.add("script", list(Permission), "farhad", None)
    mark = house.rooms.tasks.kept / "reset"
    right = {"box": "loopstart", "keep_recordings": True}
    with roots(house, "power") as called:
        assert refusal(house, "reset.factory", box="somebody", keep_recordings=True).code == "reset_name"
        for asker, args, code in (
            (technician, {**right, "password": PASSWORD}, "forbidden"),
            (admin, right, "wrong_credentials"),
            (admin, {**right, "password": "guess"}, "wrong_credentials"),
            (admin, {**right, "box": "other", "password": PASSWORD}, "reset_name"),
            (house.web(token=token), {**right, "password": PASSWORD}, "not_signed_in"),
        ):
            with pytest.raises(ControlError) as refused:
                asker.ask("reset.factory", **args)
            assert refused.value.code == code
        assert not mark.exists()
        assert admin.ask("reset.factory", **right, password=PASSWORD) == {"restarting": True}
        assert mark.read_text() == "keep\n"
        mark.unlink()
        assert house.console.ask("reset.factory", **right) == {"restarting": True}
        assert mark.read_text() == "keep\n"
    assert "systemctl --no-block reboot" in called.read_text()


def test_a_restart_may_wait_for_a_time(house: House) -> None:
    view = house.console.ask("power.restart", when="03:30")
    assert view["waiting"] == "restart" and "03:30:00" in view["at"]
    assert refusal(house, "power.off", when="24:00").code == "problems"
    assert house.console.ask("power.cancel")["waiting"] is None


def test_whoever_may_not_change_the_site_may_not_touch_the_machine(house: House) -> None:
    agent = house.account("amal", Role.AGENT)
    for verb, args in (("network.edit", {"changes": {}}), ("network.confirm", {}), ("network.revert", {}),
                       ("power.restart", {}), ("power.off", {}), ("power.cancel", {}), ("install.show", {}),
                       ("install.start", {"disk": "sda", "serial": ""})):  # fmt: skip
        with pytest.raises(ControlError) as refused:
            agent.ask(verb, **args)
        assert refused.value.code == "forbidden", verb


def test_switching_off_waits_for_the_last_call_also_across_a_restart_of_the_daemon(tmp_path: Path) -> None:
    asked: list[str] = []

    class Root(MachineTasks):
        def ask(self, task: str, **request: Any) -> dict[str, Any]:
            asked.append(request["do"])
            return {"ok": True}

    calls: list[bool | None] = [False]
    power = Power(Root(), tmp_path / "power.json", lambda: calls[0])
    power.tick()
    power.when_idle("off", datetime.fromisoformat("2026-11-22T08:00:00+00:00"))
    power.tick()
    assert asked == [] and power.view().waiting == "off"
    again = Power(Root(), tmp_path / "power.json", lambda: calls[0])
    calls[0] = None  # Asterisk does not say
    again.tick()
    assert asked == []
    calls[0] = True
    again.tick()
    assert asked == ["off"] and again.view().waiting is None
    again.tick()
    assert asked == ["off"]
    again.when_idle("restart", datetime.fromisoformat("2026-11-22T08:00:00+00:00"))
    assert again.cancel() and not again.cancel()
    again.tick()
    assert asked == ["off"]
