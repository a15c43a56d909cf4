"""The daemon as the box's unit.

Answers over its socket, knows its peers, and comes back when it is killed.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.boxes import Box, wait_until

pytestmark = pytest.mark.box

ASK = """
import json, sys
from appliance.control.client import ControlClient, ControlError
from appliance.control.messages import Auth
try:
    print(json.dumps({"ok": ControlClient().ask(sys.argv[1], **json.loads(sys.argv[2]))}))
except ControlError as error:
    print(json.dumps({"code": error.code}))
"""


def ask(box: Box, verb: str, user: str = "root", **args: Any) -> dict[str, Any]:
    """Ask the daemon inside the box as a unix user: ``{"ok": result}`` or ``{"code": …}``."""
    command = ["runuser", "-u", user, "--", "/opt/loopstart/bin/python", "-c", ASK, verb, json.dumps(args)]
    answer: dict[str, Any] = json.loads(box.exec(command).stdout)
    return answer


def test_the_unit_answers_and_is_connected_to_asterisk(box: Box) -> None:
    wait_until(lambda: ask(box, "status.show")["ok"]["asterisk_connected"], "Asterisk connected", 30)
    status = ask(box, "status.show")["ok"]
    assert status["asterisk_version"].startswith("22.")
    assert status["generation_state"] == "confirmed"
    active = {service["name"] for service in status["services"] if service["active"]}
    assert {"asterisk", "loopstartd", "loopstart-web", "nginx"} <= active
    assert {disk["path"] for disk in status["disks"]} >= {"/data"}


def test_the_peers_user_decides_who_is_asking(box: Box) -> None:
    assert ask(box, "whoami")["ok"]["name"] == "root"
    assert ask(box, "whoami", "loopstart")["ok"]["role"] == "admin"
    assert ask(box, "hello", "loopstart-web")["ok"]["protocol"] == 1
    assert ask(box, "whoami", "loopstart-web") == {"code": "not_signed_in"}
    assert ask(box, "sign_in_link", "loopstart-web", account="root") == {"code": "not_signed_in"}
    for stranger in ("asterisk", "nobody"):
        assert ask(box, "hello", stranger)["code"] in {"forbidden", "unavailable"}


def test_the_databases_and_secrets_can_be_read_by_whom_they_should(box: Box) -> None:
    def readable(user: str, path: str) -> bool:
        return box.exec(["runuser", "-u", user, "--", "test", "-r", path], check=False).returncode == 0

    for path, web_may in {
        "/data/site/site.db": True,
        "/data/history/history.db": True,
        "/data/site/web.key": True,
        "/data/site/accounts.db": False,
        "/data/secrets/site.db": False,
        "/data/secrets/box.json": False,
        "/data/backups": False,
    }.items():
        assert readable("loopstart-web", path) is web_may, path
        assert not readable("nobody", path), path


def test_a_killed_daemon_is_back_and_nothing_is_lost(box: Box) -> None:
    before = ask(box, "status.show")["ok"]
    box.exec(["systemctl", "kill", "--signal=KILL", "loopstartd.service"])

    def is_back() -> bool:
        answer = ask(box, "status.show")
        return "ok" in answer and answer["ok"]["daemon_uptime_s"] < before["daemon_uptime_s"] + 1

    wait_until(is_back, "the daemon is back", 30)
    after = ask(box, "status.show")["ok"]
    assert (after["generation"], after["revision"]) == (before["generation"], before["revision"])
    wait_until(lambda: ask(box, "status.show")["ok"]["asterisk_connected"], "Asterisk connected again", 30)


def test_a_hanging_daemon_is_restarted_by_its_watchdog(box: Box) -> None:
    pid = box.exec(["systemctl", "show", "--value", "--property=MainPID", "loopstartd.service"]).stdout.strip()
    box.exec(["kill", "-STOP", pid])

    def is_another() -> bool:
        shown = box.exec(["systemctl", "show", "--value", "--property=MainPID", "loopstartd.service"]).stdout
        return shown.strip() not in {pid, "0"} and "ok" in ask(box, "hello")

    wait_until(is_another, "another daemon answers", 90)
