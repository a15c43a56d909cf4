"""The page of restarting, switching off and beginning anew."""

from __future__ import annotations

from typing import Any

import pytest

from appliance.control.machine_tasks import MachineTasks
from appliance.model.access import Role
from tests.web.browser import Browser
from tests.web.conftest import PASSWORD, Box

PAGE = "/power"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the daemon asks of root."""
    seen: list[dict[str, Any]] = []

    def ask(self: MachineTasks, task: str, **request: Any) -> dict[str, Any]:
        seen.append({"task": task, **request})
        return {"ok": True}

    monkeypatch.setattr(MachineTasks, "ask", ask)
    return seen


@pytest.mark.parametrize(("what", "do"), [("restart", "restart"), ("off", "off")])
def test_at_once(admin: Browser, asked: list[dict[str, Any]], what: str, do: str) -> None:
    assert admin.post(PAGE, {"what": what, "when": "now"}).status_code == 302
    assert asked == [{"task": "power", "do": do}]


@pytest.mark.parametrize(("when", "said"), [({"when": "at", "at": "03:30"}, "Not before"), ({"when": "idle"}, "")])
def test_what_waits_is_shown_and_can_be_given_up(
    admin: Browser, asked: list[dict[str, Any]], when: dict[str, str], said: str
) -> None:
    admin.post(PAGE, {"what": "restart", **when})
    page = admin.text(PAGE)
    assert "The box restarts when no call is up." in page and said in page
    assert admin.post(f"{PAGE}/cancel").status_code == 302
    assert "The box restarts when no call is up." not in admin.text(PAGE)
    assert asked == []


@pytest.mark.parametrize("at", ["", "25:00", "3:30", "03:30:00"])
def test_a_time_that_is_none_changes_nothing(admin: Browser, asked: list[dict[str, Any]], at: str) -> None:
    admin.post(PAGE, {"what": "off", "when": "at", "at": at})
    page = admin.text(PAGE)
    assert "alert-danger" in page and "switched off when" not in page and asked == []


@pytest.mark.parametrize(("stays", "keep"), [("recordings", True), ("nothing", False)])
def test_a_reset_wants_the_name_and_the_password(box: Box, asked: list[dict[str, Any]], stays: str, keep: bool) -> None:
    admin = box.browser(f"owner-{stays}")  # tries are counted
    name = box.rooms.site.draft().site.box.name
    assert "&lt;" not in admin.text(PAGE)
    for form in ({"box": "other", "password": PASSWORD}, {"box": name, "password": "guess"}, {"box": name}):
        admin.post(f"{PAGE}/reset", {"stays": stays, **form})
        assert "alert-danger" in admin.text(PAGE)
    assert asked == []
    admin.post(f"{PAGE}/reset", {"stays": stays, "box": name, "password": PASSWORD})
    assert asked == [{"task": "power", "do": "reset", "keep": keep}]


def test_who_may_what(box: Box, asked: list[dict[str, Any]]) -> None:
    technician, supervisor = box.browser("tariq", Role.TECHNICIAN), box.browser("sam", Role.SUPERVISOR)
    assert 'name="when"' in technician.text(PAGE) and 'name="password"' not in technician.text(PAGE)
    assert technician.post(f"{PAGE}/reset", {"box": "loopstart", "password": PASSWORD}).status_code == 403
    assert 'name="when"' not in supervisor.text(PAGE)
    assert supervisor.post(PAGE, {"what": "off", "when": "now"}).status_code == 403
    assert asked == []


@pytest.mark.parametrize(
    ("language", "said"), [("ar", "إعادة ضبط المصنع"), ("fa", "بازنشانی کارخانه"), ("zh", "恢復原廠設定")]
)
def test_the_page_speaks_the_language_of_the_person(box: Box, language: str, said: str) -> None:
    assert said in box.browser("layla", language=language).text(PAGE)
