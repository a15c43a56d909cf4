"""RAUC's answers and refusals, as busctl gives them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from appliance.control import rauc
from appliance.control.lines_up import d_channels
from appliance.control.rauc import parse_bundle, parse_slots, plain, said_by
from appliance.control.update_state import refusal


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (
            "failed to verify signature: signature verification failed: Verify error: self-signed certificate",
            "update_signature",
        ),
        ("signature size (4211113) exceeds bundle size", "update_signature"),
        ("Compatible mismatch: Expected 'a' but bundle manifest has 'b'", "update_hardware_said"),
        ("Failed to open file: No such file or directory", "update_failed"),
    ],
)
def test_what_rauc_refuses_is_told_by_its_kind(said: str, code: str) -> None:
    assert refusal(said) == code


def test_busctl_is_understood() -> None:
    slot = {
        "bootname": {"type": "s", "data": "B"}, "device": {"type": "s", "data": "/dev/loopstart/b"},
        "state": {"type": "s", "data": "inactive"}, "boot-status": {"type": "s", "data": "good"},
        "bundle.version": {"type": "s", "data": "0.2.0"},
        "installed.timestamp": {"type": "s", "data": "2026-11-22T09:00:00Z"},
    }  # fmt: skip
    [found] = parse_slots(plain([[["rootfs.1", slot], ["efi.0", {"state": {"type": "s", "data": "inactive"}}]]]))
    assert (found.rauc_name, found.name, found.good, found.booted, found.version) == (
        "rootfs.1",
        "B",
        True,
        False,
        "0.2.0",
    )
    assert found.installed == datetime(2026, 11, 22, 9, tzinfo=UTC)
    other = {**slot, "bootname": {"type": "s", "data": "A"}}
    assert [one.name for one in parse_slots(plain([[["rootfs.1", slot], ["rootfs.0", other]]]))] == ["A", "B"]
    told = [
        {
            "update": {
                "type": "a{sv}",
                "data": {"compatible": {"type": "s", "data": "x"}, "version": {"type": "s", "data": "1.2"}},
            }
        }
    ]
    assert parse_bundle(plain(told)).version == "1.2"
    assert said_by("Call failed: GDBus.Error:org.gtk.GDBus.UnmappedGError: it is so\n") == "it is so"
    assert said_by("Call failed: Already processing a different method\n") == "Already processing a different method"


def test_installing_has_begun_when_nothing_is_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    """busctl prints not even an empty list for a method that returns nothing."""
    monkeypatch.setattr(rauc, "_asked", lambda *words: "")
    rauc.Rauc().install(Path("/data/x.raucb"))


def test_d_channels_that_are_up() -> None:
    shown = (
        "PRI span 1/0: Up, Active",
        "PRI span 2/0: Down, Active",
        "PRI span 3/0: In Alarm, Down, Active",
        "No such command",
        "",
    )
    assert d_channels(shown) == ["PRI 1"]
