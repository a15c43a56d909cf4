"""Changes on the real box: taken, refused, undone, and cut short at any moment. On a box of its own."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.boxes import Box, wait_until
from tests.phones.account import Account
from tests.phones.baresip import Baresip
from tests.phones.namespace import Namespace

pytestmark = [pytest.mark.box, pytest.mark.timeout(600)]

KILLS = 50
# An option that no endpoint has: res_pjsip refuses the objects and keeps those it had.
BROKEN = {"path": "asterisk/pjsip_endpoints.conf", "find": "type = endpoint", "put": "type = endpoint\nnonsense = 1"}
DROP_IN = "/run/systemd/system/loopstartd.service.d/faults.conf"
ASK = """
import json, sys
from appliance.control.client import ControlClient, ControlError
request = json.load(sys.stdin)
try:
    print(json.dumps(ControlClient().ask(request.pop("verb"), **request)))
except ControlError as error:
    print(json.dumps({"error": error.code, "params": error.params}))
"""


class Changing:
    """The box as these tests ask it."""

    def __init__(self, box: Box) -> None:
        self.box = box

    def ask(self, verb: str, **args: Any) -> Any:
        """The daemon's answer, or ``{"error": code}``."""
        request = json.dumps({"verb": verb, **args})
        return json.loads(self.box.exec(["/opt/loopstart/bin/python", "-c", ASK], input=request).stdout)

    def draft(self, *numbers: str, **parts: Any) -> None:
        """Make the draft a site of these extensions."""
        extensions = [
            {"number": number, "name": f"Person {number}", "secret": f"tide-{number}-Olive-83"} for number in numbers
        ]
        answer = self.ask("site.import", document={"extensions": extensions, **parts})
        assert "error" not in answer, answer

    def become(self, *numbers: str) -> None:
        """Run exactly these extensions, confirmed; the place every test begins at."""
        running = self.ask("status.show")
        if running["generation_state"] == "awaiting":
            self.ask("site.rollback")
        self.draft(*numbers)
        outcome = self.ask("site.apply")
        assert outcome.get("state") == "confirmed", outcome
        # What waits for a restart of Asterisk gets it now: later it would fall into what a test is about.
        wait_until(lambda: self.ask("status.show").get("pending", "?") is None, "nothing waits", 90)

    def endpoints(self) -> set[str]:
        """The endpoints that Asterisk has."""
        lines = self.box.asterisk("pjsip list endpoints").splitlines()
        return {line.split()[1].split("/")[0] for line in lines if line.startswith(" Endpoint:  ") and "<" not in line}

    def dialled(self) -> set[str]:
        """The numbers that Asterisk's dialplan rings."""
        lines = self.box.asterisk("dialplan show to-extension").splitlines()
        return {line.split("'")[1] for line in lines if line.startswith("  '")}

    def has(self, *numbers: str) -> bool:
        """Whether Asterisk has exactly these extensions."""
        return self.endpoints() == set(numbers) == self.dialled()

    def state(self) -> str:
        """Of what runs."""
        return str(self.ask("status.show")["generation_state"])

    def restart_daemon(self) -> None:
        self.box.exec(["systemctl", "restart", "loopstartd"])
        self.wait()

    def wait(self) -> None:
        """Until the daemon answers and Asterisk does."""
        wait_until(lambda: self.ask("status.show").get("asterisk_connected"), "the box answers", 60)

    @contextmanager
    def call(self, folder: Path) -> Iterator[Baresip]:
        """A phone registered as 101 that talks to the echo test meanwhile."""
        namespace, address = self.box.phone("p1")
        account = Account("101", "tide-101-Olive-83", self.box.address)
        with Baresip("p1", Namespace(namespace, address), account, 440.0, folder / "p1") as phone:
            assert phone.registered(), phone.story()
            phone.dial("*43")
            wait_until(self.channels, "a call is up", 20)
            wait_until(lambda: phone.mark() > 50, "its sound is heard", 20)
            yield phone

    def listens(self, port: int) -> bool:
        """Whether a TCP socket of the box is open."""
        return f":{port} " in self.box.exec(["ss", "-Hltn"]).stdout

    def channels(self) -> list[str]:
        lines = self.box.asterisk("core show channels concise").splitlines()
        return [line.split("!")[0] for line in lines if "!" in line]


@pytest.fixture(scope="module")
def changing() -> Iterator[Changing]:
    box = Box("applytest")
    box.up(fresh=True)
    box.exec(["mkdir", "-p", str(Path(DROP_IN).parent)])
    box.exec(["sh", "-c", f"cat > {DROP_IN}"], input="[Service]\nEnvironment=LOOPSTART_FAULTS=1\n")
    box.exec(["systemctl", "daemon-reload"])
    found = Changing(box)
    found.restart_daemon()
    yield found
    box._box("down", "--purge")


def test_an_added_extension_is_in_asterisk_and_a_removed_one_is_not(changing: Changing) -> None:
    changing.become("101")
    assert changing.has("101")
    changing.become("101", "102")
    assert changing.has("101", "102")
    changing.become("102")
    assert changing.has("102")


def test_a_number_given_anew_does_not_inherit_what_was_set_at_the_phone(changing: Changing) -> None:
    changing.become("101", "102")
    for number in ("101", "102"):
        changing.box.asterisk(f"database put dnd {number} 1")
        changing.box.asterisk(f"database put forward_always {number} 103")
    changing.become("101")
    changing.become("101", "102")
    kept = changing.box.asterisk("database show")
    assert "/dnd/101" in kept
    assert "/forward_always/101" in kept
    assert "/102" not in kept


def test_what_asterisk_refuses_is_swapped_back_and_no_call_notices(changing: Changing, tmp_path: Path) -> None:
    changing.become("101")
    with changing.call(tmp_path) as phone:
        [call] = changing.channels()
        changing.draft("101", "102")
        heard = phone.mark()
        outcome = changing.ask("site.apply", fault=BROKEN)
        assert outcome["state"] == "rejected"
        assert outcome["reason"] in ("probe_missing", "probe_differs")
        assert changing.has("101")
        assert changing.ask("site.show")["document"]["extensions"][1]["number"] == "102"
        assert changing.ask("site.apply")["state"] == "confirmed"
        assert changing.has("101", "102")
        assert changing.channels() == [call]
        wait_until(lambda: phone.mark() > heard + 100, "the call is heard still")


def test_a_dialplan_that_asterisk_cannot_read_is_swapped_back(changing: Changing) -> None:
    changing.become("101")
    changing.draft("101", box={"extension_digits": 3})
    changing.ask("extension.edit", number="101", changes={"call_limit": 7})
    broken = {"path": "asterisk/extensions.conf", "find": "[to-extension]", "put": "[to-extension"}
    outcome = changing.ask("site.apply", fault=broken)
    assert outcome["state"] == "rejected"
    assert outcome["reason"] in ("reload_refused", "probe_missing")
    assert changing.has("101")
    assert changing.ask("site.apply")["state"] == "confirmed"


def with_mailbox(changing: Changing, country: str = "GB", time_zone: str = "Europe/London") -> None:
    """Make the draft a site with a mailbox in a country."""
    extension = {"number": "101", "name": "Person 101", "secret": "tide-101-Olive-83", "voicemail": {"enabled": True}}
    document = {"box": {"country": country, "time_zone": time_zone}, "extensions": [extension]}
    answer = changing.ask("site.import", document=document)
    assert "error" not in answer, answer


@pytest.mark.parametrize(
    ("find", "put", "what"),
    [
        ("101 = -", ";01 = -", "mailbox"),
        ("language=en", "language=fr", "mailbox"),
        ("box = Asia/Tokyo", "box = Asia/Seoul", "voicemail.conf"),
    ],
)
def test_a_mailbox_that_asterisk_has_not_as_it_should_is_seen(
    changing: Changing, find: str, put: str, what: str
) -> None:
    changing.become("101")
    with_mailbox(changing, time_zone="Asia/Tokyo")
    fault = {"path": "asterisk/voicemail.conf", "find": find, "put": put}
    outcome = changing.ask("site.apply", fault=fault)
    assert (outcome["state"], outcome["params"]["what"]) == ("rejected", what), outcome
    assert changing.ask("site.apply")["state"] == "confirmed"
    changing.draft("101")
    assert changing.ask("site.apply")["state"] == "confirmed", "and a mailbox that goes is gone"


def test_tones_that_asterisk_did_not_take_are_seen(changing: Changing) -> None:
    changing.become("101")
    with_mailbox(changing, country="FR")
    fault = {"path": "asterisk/indications.conf", "find": "country = fr", "put": "country = "}
    outcome = changing.ask("site.apply", fault=fault)
    assert (outcome["state"], outcome["params"]["what"]) == ("rejected", "indications.conf"), outcome
    assert changing.ask("site.apply")["state"] == "confirmed"


def test_an_unconfirmed_change_is_undone(changing: Changing) -> None:
    changing.become("101")
    changing.draft("101", "102")
    assert changing.ask("site.apply", confirm_within_s=10)["state"] == "awaiting"
    assert changing.has("101", "102")
    wait_until(lambda: changing.has("101"), "undone", 30)
    assert changing.state() == "confirmed"


def test_an_unconfirmed_change_is_undone_across_a_restart_of_the_daemon(changing: Changing) -> None:
    changing.become("101")
    changing.draft("101", "102")
    changing.ask("site.apply", confirm_within_s=40)
    changing.restart_daemon()
    assert changing.state() == "awaiting"
    assert changing.has("101", "102")
    wait_until(lambda: changing.has("101"), "undone", 60)
    assert changing.state() == "confirmed"


def test_an_unconfirmed_change_is_undone_by_a_restart_of_the_box(changing: Changing) -> None:
    changing.become("101")
    changing.draft("101", "102")
    changing.ask("site.apply", confirm_within_s=3600)
    assert changing.has("101", "102")
    changing.box.kill()
    changing.box.reboot()
    changing.wait()
    assert changing.state() == "confirmed"
    wait_until(lambda: changing.has("101"), "the confirmed one runs", 30)
    [revision] = changing.ask("revision.list", limit=1)["revisions"]
    assert (revision["state"], revision["reason"]) == ("undone", "box_restarted")


def test_without_asterisk_nothing_is_changed(changing: Changing) -> None:
    changing.become("101")
    changing.draft("101", "102")
    before = changing.ask("status.show")["generation"]
    changing.box.exec(["systemctl", "stop", "asterisk"])
    try:
        assert changing.ask("site.apply")["error"] == "asterisk_down"
        assert changing.ask("status.show")["generation"] == before
    finally:
        changing.box.exec(["systemctl", "start", "asterisk"])
    changing.wait()
    wait_until(lambda: changing.ask("site.apply").get("state") == "confirmed", "applied once it is back", 30)
    assert changing.has("101", "102")


def test_a_full_disk_changes_nothing(changing: Changing) -> None:
    changing.become("101")
    changing.draft("101", "102")
    before = changing.box.exec(["ls", "/data/generations"]).stdout
    # A file system of its own for the generations, with room for what is there and nothing else.
    small = (
        "set -e; mkdir -p /run/small;"
        " mount -t tmpfs -o size=64m,mode=2750,uid=$(id -u loopstart),gid=$(getent group asterisk | cut -d: -f3)"
        " tmpfs /run/small; cp -a /data/generations/. /run/small/; mount --bind /run/small /data/generations;"
        " dd if=/dev/zero of=/data/generations/.filler bs=4k status=none || true"
    )
    changing.box.exec(["systemctl", "stop", "loopstartd"])
    changing.box.exec(["sh", "-c", small])
    try:
        changing.box.exec(["systemctl", "start", "loopstartd"])
        changing.wait()
        outcome = changing.ask("site.apply")
        assert outcome.get("error") == "disk_full", outcome
        assert changing.has("101")
    finally:
        changing.box.exec(["systemctl", "stop", "loopstartd"])
        changing.box.exec(["sh", "-c", "umount /data/generations; umount /run/small"])
        changing.box.exec(["systemctl", "start", "loopstartd"])
        changing.wait()
    assert changing.box.exec(["ls", "/data/generations"]).stdout == before
    assert changing.ask("site.apply")["state"] == "confirmed"


def test_transports_wait_for_the_end_of_calls_and_take_effect_then(changing: Changing, tmp_path: Path) -> None:
    changing.become("101")
    with changing.call(tmp_path) as phone:
        [call] = changing.channels()
        changing.draft("101", sip={"tls": False, "media_encryption": "off"})
        outcome = changing.ask("site.apply")
        assert (outcome["state"], outcome["pending"]) == ("confirmed", "restart_when_idle")
        heard = phone.mark()
        wait_until(lambda: phone.mark() > heard + 400, "the call goes on for eight seconds", 20)
        assert changing.channels() == [call]
        assert changing.listens(5061)
        phone.hang_up()
    wait_until(lambda: changing.ask("status.show")["pending"] is None, "restarted and probed", 90)
    assert not changing.listens(5061)
    assert changing.has("101")
    changing.become("101")


def test_a_change_while_asterisk_restarts_for_the_one_before_stays(changing: Changing) -> None:
    changing.become("101")
    changing.draft("101", sip={"tls": False, "media_encryption": "off"})
    assert changing.ask("site.apply")["pending"] == "restart_when_idle"
    changing.draft("101", "102")
    wait_until(lambda: not changing.ask("status.show")["asterisk_connected"], "Asterisk restarts", 30)
    outcome = changing.ask("site.apply")
    assert (outcome.get("state"), outcome.get("pending")) == ("confirmed", "restart_when_idle"), outcome
    wait_until(lambda: changing.ask("status.show")["pending"] is None, "restarted again, and probed", 60)
    running = changing.ask("status.show")
    assert (running["generation"], running["generation_state"]) == (outcome["generation"], "confirmed")
    assert changing.has("101", "102")
    assert changing.listens(5061)


def test_kill_9_in_the_middle_of_changes_always_ends_on_a_confirmed_generation(changing: Changing) -> None:
    chance = random.Random(9)
    changing.become("101")
    for turn in range(KILLS):
        numbers = chance.sample(["101", "102", "103", "104"], chance.randint(1, 4))
        changing.draft(*numbers)
        # One command inside, so that the kill falls into the change and not beside it.
        changing.box.exec(
            ["sh", "-c", f"loopstart apply >/dev/null 2>&1 & sleep {chance.uniform(0.25, 0.75):.3f};"
             " systemctl kill -s KILL --kill-whom=main loopstartd; wait"]
        )  # fmt: skip
        changing.wait()
        running = changing.ask("status.show")
        assert running["generation_state"] == "confirmed", turn
        current = changing.box.exec(["readlink", "/data/generations/current"]).stdout.strip()
        assert current == str(running["generation"]), turn
        document = changing.ask("site.show", which="running")["document"]
        confirmed = {extension["number"] for extension in document["extensions"]}
        wait_until(lambda confirmed=confirmed: changing.has(*confirmed), f"turn {turn}: {confirmed}", 20)
    for name in ("site.db", "accounts.db"):
        check = (
            "import sqlite3,sys; print(sqlite3.connect('file:' + sys.argv[1] + '?mode=ro', uri=True)"
            ".execute('PRAGMA integrity_check').fetchone()[0])"
        )
        said = changing.box.exec(["/opt/loopstart/bin/python", "-c", check, f"/data/site/{name}"]).stdout
        assert said.strip() == "ok"
    assert changing.ask("audit.list")["whole"]
