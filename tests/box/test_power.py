"""Restarting when idle, and a factory reset: a new box with new secrets, or the old calls in it."""

from __future__ import annotations

import json

import pytest

from tests.boxes import Box, wait_until
from tests.calls import product

pytestmark = [pytest.mark.box, pytest.mark.timeout(900)]

NAME = "najd-clinic"
SECRETS = ("/data/secrets/tls/ca.key", "/data/secrets/tls/box.key", "/data/secrets/box.json")


def sums(box: Box) -> set[str]:
    return {line.split()[0] for line in box.exec(["sha256sum", *SECRETS]).stdout.splitlines()}


def goes_down(box: Box) -> None:
    """A container that restarts from within ends; the host starts it again."""
    wait_until(lambda: box.exec(["true"], check=False).returncode != 0, "the box goes down", 120)
    box.reboot()


@pytest.mark.parametrize("keep", [False, True])
def test_a_reset_makes_a_new_box(box: Box, keep: bool) -> None:
    product.apply_site(box, f"box: {{name: {NAME}}}")
    box.exec(["loopstart", "account", "add", "farhad", "--role", "admin"], check=False)
    box.exec(["mkdir", "-p", "/data/recordings"])
    box.exec(["touch", "/data/recordings/kept"])
    before = sums(box)
    refused = box.exec(["loopstart", "factory-reset", "somebody"], check=False)
    assert refused.returncode != 0 and sums(box) == before
    box.exec(["loopstart", "factory-reset", NAME, *(["--keep-recordings"] if keep else [])])
    goes_down(box)
    assert not sums(box) & before
    assert json.loads(box.exec(["loopstart", "account", "list", "--json"]).stdout)["accounts"] == []
    assert (box.exec(["test", "-e", "/data/recordings/kept"], check=False).returncode == 0) is keep
    assert box.exec(["test", "-e", "/data/system/reset"], check=False).returncode != 0
    box.exec(["rm", "-rf", "/data/recordings/kept"])


def test_the_box_restarts_when_no_call_is_up(box: Box) -> None:
    boot = box.exec(["systemctl", "show", "--value", "--property=UserspaceTimestampMonotonic"]).stdout
    box.exec(["loopstart", "power", "restart"])
    goes_down(box)
    after = box.exec(["systemctl", "show", "--value", "--property=UserspaceTimestampMonotonic"]).stdout
    assert after != boot
    assert json.loads(box.exec(["loopstart", "power", "show", "--json"]).stdout)["waiting"] is None
