"""Time servers of DHCP become chrony's sources, and nothing that a network says becomes anything else."""

from __future__ import annotations

import importlib.util
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

PROGRAM = Path(__file__).parents[2] / "ansible/roles/base/files/time-servers.py"
_SPEC = importlib.util.spec_from_file_location("time_servers", PROGRAM)
assert _SPEC is not None and _SPEC.loader is not None
program = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(program)
V4 = {"Family": 2, "Address": [192, 0, 2, 1], "ConfigSource": "DHCPv4", "ConfigProvider": [192, 0, 2, 254]}


def described(*ntp: Any, second: tuple[Any, ...] = ()) -> str:
    links = [{"Name": "lo"}, {"Name": "eth0", "NTP": list(ntp)}, {"Name": "eth1", "NTP": list(second)}]
    return json.dumps({"type": "s", "data": [json.dumps({"Interfaces": links})]})


def test_every_server_is_taken_once_in_its_order() -> None:
    v6 = {"Family": 10, "Address": [0x20, 1, 0xD, 0xB8, *[0] * 11, 1]}
    told = described(V4, {"Server": "time.najd.example"}, second=(v6, V4))
    assert program.servers(told) == ["192.0.2.1", "time.najd.example", "2001:db8::1"]
    assert program.servers(described()) == []


@given(st.one_of(st.text(), st.integers(), st.lists(st.integers()), st.none()))
@example(1 << 40)
def test_what_is_no_server_is_passed_over(value: Any) -> None:
    for found in program.servers(described({"Server": value}, {"Address": value}, {})):
        assert not set(found) - set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.:-")


@pytest.fixture
def box(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, list[list[str]], dict[str, Any]]:
    """Where sources go, what was run, and what systemd-networkd says."""
    sources = tmp_path / "dhcp.sources"
    ran: list[list[str]] = []
    says: dict[str, Any] = {"told": described(V4), "code": 0}

    def run(command: Any, **more: Any) -> subprocess.CompletedProcess[str]:
        ran.append(list(command))
        return subprocess.CompletedProcess(command, says["code"], says["told"], "")

    monkeypatch.setattr(program, "SOURCES", sources)
    monkeypatch.setattr(program.subprocess, "run", run)
    return sources, ran, says


def test_chrony_is_told_only_of_what_changed(box: tuple[Path, list[list[str]], dict[str, Any]]) -> None:
    sources, ran, says = box
    assert program.main() == 0 and sources.read_text() == "server 192.0.2.1 iburst\n"
    assert [one[0] for one in ran] == ["busctl", "chronyc"]
    assert program.main() == 0 and [one[0] for one in ran] == ["busctl", "chronyc", "busctl"]
    says["told"] = described()
    assert program.main() == 0 and sources.read_text() == ""


def test_a_network_service_that_is_silent_changes_nothing(box: tuple[Path, list[list[str]], dict[str, Any]]) -> None:
    sources, ran, says = box
    says["code"] = 1
    assert program.main() == 1 and not sources.exists() and [one[0] for one in ran] == ["busctl"]
