"""How the box is."""

from __future__ import annotations

import re

import pytest

from appliance.apply.journal import Doubt
from appliance.control.messages import ServiceState
from tests.web.browser import Browser
from tests.web.conftest import Box


def test_the_page_tells_versions_memory_and_that_asterisk_is_away(admin: Browser) -> None:
    text = admin.text("/status")
    assert "Asterisk does not answer" in text
    assert "<meter" in text
    assert "Loopstart" in text


SERVICES = (
    ServiceState(name="chrony", active=False, state="inactive (dead)", applicable=False),
    ServiceState(name="nginx", active=False, state="failed (failed)"),
)


def test_a_service_that_is_not_for_this_machine_is_no_alarm(
    admin: Browser, box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(box.rooms.machine, "services", lambda: SERVICES)
    page = admin.get("/status").text
    rows = {name: re.search(rf">{name}<.*?</tr>", page, re.DOTALL) for name in ("chrony", "nginx")}
    assert rows["chrony"] is not None and rows["nginx"] is not None
    assert "status-red" not in rows["chrony"][0]
    assert "not applicable on this machine" in rows["chrony"][0]
    assert "status-red" in rows["nginx"][0]


def test_what_makes_asterisk_restart_is_told(admin: Browser, box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "certificate" not in admin.text("/status")
    monkeypatch.setattr(type(box.rooms.certificate), "waits", True)
    monkeypatch.setattr(box.rooms.applier, "unsettled", (1, "probe_missing"))
    monkeypatch.setattr(box.rooms.applier.journal, "doubt", lambda: Doubt(None, ()))
    text = admin.text("/status")
    assert "The box has a new certificate." in text
    assert "Asterisk does not run everything that it should." in text


def test_the_part_that_is_asked_for_again_is_only_the_part(admin: Browser) -> None:
    part = admin.get("/status", **{"HX-Request": "true"}).text
    assert "<meter" in part
    assert "<html" not in part
