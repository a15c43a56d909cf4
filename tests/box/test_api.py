"""The whole API on the running box, tried by schemathesis through nginx and TLS as an integrator's program would."""

from __future__ import annotations

from pathlib import Path

import pytest

from appliance.model.access import Permission
from tests.api.fuzz import fuzz
from tests.boxes import Box

pytestmark = pytest.mark.box

ACCOUNT = "integrator"


@pytest.fixture
def token(box: Box) -> str:
    """A token that may do everything, of an account made for it."""
    box.exec(["loopstart", "account", "add", ACCOUNT, "--role", "admin"], check=False)
    scopes = [word for scope in Permission for word in ("--scope", scope.value)]
    return box.exec(["loopstart", "token", "add", "fuzz", "--account", ACCOUNT, *scopes]).stdout.strip()


@pytest.mark.timeout(600)
def test_no_request_makes_the_box_break_its_own_document(box: Box, token: str, tmp_path: Path) -> None:
    ca = tmp_path / "ca.pem"
    ca.write_text(box.exec(["cat", "/data/secrets/tls/ca.pem"]).stdout)
    # nginx itself refuses TRACE, without saying what it would take; tests/api tries methods without nginx in front.
    document = f"https://{box.address}/api/v1/openapi.json"
    # Nor may it switch the box off, or take it off its network (tests/box/test_network.py and test_power.py do that).
    away = ("--exclude-path-regex", r"^(/api/v1)?/(power|network|update/(restart|rollback))")
    found = fuzz(document, token, *away, examples=8, ca=ca, unchecked=("unsupported_method",))
    # What it applied is undone, so that later tests find a box that can be told a site of their own.
    box.exec(["loopstart", "confirm"], check=False)
    assert found is None, found
    assert box.exec(["systemctl", "--failed", "--plain", "--no-legend"]).stdout == ""
