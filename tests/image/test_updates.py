"""Updates on the flashed image: refused, installed under a running call, proven; and those that fall back alone.

One machine goes through all of it in order: each of its starts is some minutes of software emulation.
"""

from __future__ import annotations

import base64
import contextlib
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.image import variants
from tests.image.channel import NoAnswer
from tests.image.machine import Machine
from tests.image.media import drive, stick
from tests.originate import originate

pytestmark = [pytest.mark.image, pytest.mark.timeout(7200), pytest.mark.usefixtures("in_order")]

# Two E1 ends of DAHDI's own loopback, made at each start of either system, as a card would be there.
SPANS = """\
[Unit]
After=systemd-modules-load.service loopstart-prepare.service
Before=loopstartd.service
[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/bin/sh -c 'modprobe dahdi_dynamic_loc && \
printf "dynamic=loc,1:0,31,0\\ndynamic=loc,1:1,31,0\\n" >/run/spans && dahdi_cfg -c /run/spans && \
for d in /sys/bus/dahdi_devices/devices/*/auto_assign; do echo 1 >$d; done; \
printf "span=1,0,0,ccs,hdb3\\nbchan=1-31\\nspan=2,0,0,ccs,hdb3\\nbchan=32-62\\n" >/run/configured; \
dahdi_cfg -c /run/configured; true'
"""

# Somebody hears himself, until it is hung up.
CALL = originate("Channel: Local/*43@feature-codes/n", "Application: Echo", "Async: false")


def credential(name: str, text: str) -> list[str]:
    """A unit for the test, given by the firmware: nothing for tests is in the image."""
    coded = base64.b64encode(text.encode()).decode()
    return ["-smbios", f"type=11,value=io.systemd.credential.binary:{name}={coded}"]


@pytest.fixture(scope="module")
def in_order() -> None:
    """The tests of this file are one story."""


@pytest.fixture(scope="module")
def story(image: Path, machines: Callable[..., Machine], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    folder = tmp_path_factory.mktemp("bundles")
    files = {
        "good": variants.bundle(image, "0.9.0", variants.GOOD),
        "crashing": variants.bundle(image, "0.9.1", variants.CRASHING),
        "spanless": variants.bundle(image, "0.9.2", variants.SPANLESS),
        "foreign": variants.bundle(image, "0.9.0", variants.GOOD, compatible="loopstart-arm64"),
        "old": variants.bundle(image, "0.0.1", variants.GOOD),
        "broken": variants.nothing_that_starts(folder, "0.9.3"),
    }
    options = [
        *credential("systemd.extra-unit.test-spans.service", SPANS),
        *credential("systemd.unit-dropin.multi-user.target", "[Unit]\nWants=test-spans.service\n"),
        *stick(folder / "stick.img", files["good"], "loopstart-0.9.0.raucb"),
    ]
    for path in files.values():
        options += drive(path)
    machine = machines("updates", disk_size="8G", options=options)
    machine.up()
    assert machine.wait_until_started(1200) in ("running", "degraded")
    yield Story(machine, files)
    machine.kill()


class Story:
    """The machine, and what is asked of it."""

    def __init__(self, machine: Machine, files: dict[str, Path]) -> None:
        self.machine = machine
        self.files = files

    def loopstart(self, *words: str, seconds: float = 120) -> Any:
        """What a command answers, as JSON; with what it refuses."""
        done = self.machine.exec(["loopstart", *words, "--json"], check=False, seconds=seconds)
        assert done.stdout, done.stderr
        return json.loads(done.stdout.splitlines()[-1] if words[1] == "install" else done.stdout)

    def fetched(self, name: str) -> str:
        """A bundle as a file in the machine."""
        path = self.files[name]
        device = f"/dev/disk/by-id/virtio-{path.stem[:20]}"
        self.machine.sh(f"mkdir -p /run/b && head -c {path.stat().st_size} {device} >/data/{name}.raucb", seconds=900)
        return f"/data/{name}.raucb"

    def installed(self, given: str, *words: str) -> dict[str, Any]:
        answer = self.loopstart("update", "install", given, *words, seconds=3600)
        found: dict[str, Any] = answer.get("last") or answer
        return found

    def until(self, stage: str, seconds: float = 2400) -> dict[str, Any]:
        """The last update, once it has come so far; the box may restart meanwhile."""
        deadline = time.monotonic() + seconds
        last: Any = None
        while time.monotonic() < deadline:
            with contextlib.suppress(NoAnswer, AssertionError, ValueError):
                last = self.loopstart("update", "show", seconds=60)
                if last["last"]["stage"] == stage:
                    found: dict[str, Any] = last["last"]
                    return found
            time.sleep(2)
        raise AssertionError(f"not {stage}: {last}\n{self.machine.console_text()[-3000:]}")

    def running(self) -> str:
        return self.machine.sh("sed 's/.*rauc.slot=\\([AB]\\).*/\\1/' /proc/cmdline").strip()


def test_each_fault_is_refused_with_its_reason_and_changes_nothing(story: Story) -> None:
    before = story.machine.sh(
        "grub-editenv /efi/grub/grubenv list; sha256sum /dev/loopstart/b | cut -c1-64", seconds=900
    )
    good = story.fetched("good")
    cut = story.machine.sh(
        f"head -c -5000 {good} >/data/cut.raucb; sed s/loopstart-amd64/loopstart-amd65/ {good} >/data/altered.raucb",
        seconds=900,
    )
    assert cut == ""
    for given, code in (
        ("/data/cut.raucb", "update_truncated"),
        ("/data/altered.raucb", "update_signature"),
        (story.fetched("foreign"), "update_hardware"),
        (story.fetched("old"), "update_older"),
    ):
        assert story.installed(given)["error"]["code"] == code
    story.machine.sh(
        "rm /data/*.raucb; loopstart update cancel; "
        "fallocate -l $(($(stat -f -c '%a*%S' /data) - 200000000)) /data/full"
    )
    assert story.loopstart("update", "install", good_on_stick(story))["error"]["code"] in (
        "update_disk_full",
        "update_failed",
    )
    story.machine.sh("rm /data/full")
    after = story.machine.sh(
        "grub-editenv /efi/grub/grubenv list; sha256sum /dev/loopstart/b | cut -c1-64", seconds=900
    )
    assert after == before


def good_on_stick(story: Story) -> str:
    """The bundle that the daemon found on the stick by itself."""
    names = [one["name"] for one in story.loopstart("update", "show")["bundles"] if one["source"] == "stick"]
    assert len(names) == 1, names
    return str(names[0])


def test_from_a_stick_under_a_running_call(story: Story) -> None:
    """The call is the same one afterwards; the slot that runs stays the next one until the restart."""
    sh = story.machine.sh
    story.machine.exec(["python3", "-"], input=CALL, seconds=120)
    channels = sh("asterisk -rx 'core show channels concise' | cut -d! -f1,14 | sort")
    assert channels, sh("asterisk -rx 'core show channels'")
    outcome = story.installed(good_on_stick(story))
    assert outcome["stage"] == "installed", outcome
    assert sh("asterisk -rx 'core show channels concise' | cut -d! -f1,14 | sort") == channels
    shown = story.loopstart("update", "show")
    assert [(slot["name"], slot["running"], slot["next"]) for slot in shown["slots"]] == [
        ("A", True, True),
        ("B", False, False),
    ]
    assert story.loopstart("update", "restart", "--when", "idle")["restart"]["idle"]
    time.sleep(15)
    assert story.running() == "A"  # the call is still up
    sh("asterisk -rx 'channel request hangup all'")
    last = story.until("proven")
    assert (last["version"], story.running()) == ("0.9.0", "B")
    assert story.loopstart("update", "show")["lines_before"] != []


@pytest.mark.parametrize(
    ("name", "code"),
    [("spanless", "proof_line"), ("crashing", "proof_unit"), ("broken", "update_not_started")],
)
def test_a_bundle_that_does_not_prove_itself_falls_back_alone(story: Story, name: str, code: str) -> None:
    home = story.running()
    assert story.installed(story.fetched(name))["stage"] == "installed"
    story.machine.sh(f"rm /data/{name}.raucb")
    assert story.loopstart("update", "restart", "--when", "now")
    last = story.until("fallen_back")
    assert story.running() == home
    assert {reason["code"] for reason in last["reasons"]} >= {code} or code == "proof_unit"
    assert last["reasons"]
    assert "fallen_back" in story.machine.sh("loopstart audit --json --limit 5")
    assert story.machine.wait_until_started(1200) in ("running", "degraded")


def test_back_to_the_system_before(story: Story) -> None:
    """The other slot holds what failed: there is nothing to go back to, and it says so."""
    assert story.loopstart("update", "rollback", "--when", "now")["error"]["code"] == "update_no_other"
