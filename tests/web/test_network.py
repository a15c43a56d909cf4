"""The page of the box's network: what is tried, what is wrong at which field, and who may."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from appliance.control.machine_tasks import MachineTasks
from appliance.model.network import Network
from appliance.store.moments import utc_now
from tests.web.browser import Browser
from tests.web.conftest import Box

SENT = {"interface": "enp1s0", "ipv4.method": "static", "ipv4.address": "192.168.1.5/24",
        "ipv4.gateway": "192.168.1.1", "ipv6.method": "automatic", "ipv6.address": "", "ipv6.gateway": "",
        "resolvers": "9.9.9.9 192.168.1.1", "phones_vlan.id": "", "phones_vlan.method": "dhcp",
        "phones_vlan.address": ""}  # fmt: skip


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the daemon asks of root, on a machine with one card."""
    seen: list[dict[str, Any]] = []

    def ask(self: MachineTasks, task: str, **request: Any) -> dict[str, Any]:
        seen.append({"task": task, **request})
        return {"ok": True}

    described = {"Interfaces": [{"Name": "enp1s0", "Type": "ether", "HardwareAddress": [2, 0, 0, 0, 0, 1]}]}
    said = json.dumps({"type": "s", "data": [json.dumps(described)]})
    monkeypatch.setattr("appliance.control.network.output_of", lambda *command: said)
    monkeypatch.setattr(MachineTasks, "ask", ask)
    return seen


def test_what_is_typed_is_tried(admin: Browser, asked: list[dict[str, Any]]) -> None:
    assert "enp1s0" in admin.text("/network")
    assert admin.post("/network", SENT).status_code == 302
    [request] = asked
    assert request["do"] == "try" and "Address=192.168.1.5/24" in request["files"]["10-loopstart-lan.network"]
    assert request["settings"]["resolvers"] == ["9.9.9.9", "192.168.1.1"]
    assert request["settings"]["phones_vlan"] is None


def test_a_vlan_is_typed_with_its_number(admin: Browser, asked: list[dict[str, Any]]) -> None:
    vlan = {"phones_vlan.id": "٢٠", "phones_vlan.method": "static", "phones_vlan.address": "10.20.0.1/24"}
    assert admin.post("/network", SENT | vlan).status_code == 302
    assert asked[0]["settings"]["phones_vlan"] == {"id": 20, "method": "static", "address": "10.20.0.1/24"}


def test_what_is_wrong_is_told_at_its_field(admin: Browser, asked: list[dict[str, Any]]) -> None:
    answer = admin.post("/network", SENT | {"ipv4.gateway": "10.0.0.1"})
    assert answer.status_code == 422
    assert 'id="field-ipv4-gateway-wrong"' in answer.text and 'value="10.0.0.1"' in answer.text
    assert asked == []


def test_an_address_that_is_not_static_goes_with_the_method(admin: Browser, asked: list[dict[str, Any]]) -> None:
    assert admin.post("/network", SENT | {"ipv4.method": "dhcp"}).status_code == 302
    assert asked[0]["settings"]["ipv4"] == {"method": "dhcp", "address": None, "gateway": None}


def test_a_trial_can_be_kept_or_undone(
    admin: Browser, box: Box, asked: list[dict[str, Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Network.model_validate(
        {"interface": "enp1s0", "ipv4": {"method": "static", "address": "192.168.1.5/24"}}
    ).model_dump(mode="json")
    trial = {"settings": settings, "files": {}, "until": (utc_now() + timedelta(seconds=100)).isoformat()}
    monkeypatch.setattr(MachineTasks, "state", lambda self, task, name: trial if name == "trial.json" else None)
    assert "https://192.168.1.5/network" in admin.get("/network").text
    admin.post("/network/confirm", {})
    admin.post("/network/revert", {})
    assert [request["do"] for request in asked] == ["confirm", "revert"]
