"""What a box makes at its first start is its own: two boxes of one image share no secret, and it stays at the next."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from tests.image.machine import Machine

pytestmark = [pytest.mark.image, pytest.mark.timeout(1200)]

OWN = (
    "/etc/machine-id",
    "/data/secrets/tls/ca.key",
    "/data/secrets/tls/box.key",
    "/data/secrets/box.json",
    "/data/system/ssh/host_key",
)


def identity(machine: Machine) -> dict[str, str]:
    """Sums of everything that is a box's own."""
    lines = machine.sh(f"sha256sum {' '.join(OWN)}").splitlines()
    return {path: total for total, path in (line.split() for line in lines)}


def test_two_boxes_share_nothing_and_a_restart_changes_nothing(
    booted: Machine, machines: Callable[..., Machine]
) -> None:
    first = identity(booted)
    other = machines("other", network="none")
    with booted.standing_still():
        other.up()
        assert other.wait_until_started() == "running"  # also without a cable
        second = identity(other)
        assert set(first) == set(second) == set(OWN)
        assert not set(first.values()) & set(second.values())
        other.restarted()
        assert other.wait_until_started() == "running"
        assert identity(other) == second
        assert len(json.loads(other.sh("journalctl --list-boots -o json"))) == 2
    other.kill()
