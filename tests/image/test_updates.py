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
from tests.image.cuts import Cut
from tests.image.machine import Machine
from tests.image.media import stick
from tests.originate import originate

pytestmark = [pytest.mark.image, pytest.mark.timeout(7200)]

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
def story(image: Path, machines: Callable[..., Machine], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    folder = tmp_path_factory.mktemp("bundles")
    good = variants.bundle(image, "0.9.0", variants.GOOD)
    files = {
        "good": good,
        "crashing": variants.bundle(image, "0.9.1", variants.CRASHING),
        "spanless": variants.bundle(image, "0.9.2", variants.SPANLESS),
        "foreign": variants.bundle(image, "0.9.0", variants.GOOD, compatible="loopstart-arm64"),
        "old": variants.bundle(image, "0.0.1", variants.GOOD),
        "broken": variants.nothing_that_starts(folder, "0.9.3"),
        "cut": folder / "cut.raucb",
        "altered": folder / "altered.raucb",
    }
    data = good.read_bytes()
    files["cut"].write_bytes(data[:-5000])
    assert b"loopstart-amd64" in data
    files["altered"].write_bytes(data.replace(b"loopstart-amd64", b"loopstart-amd65"))
    options = [
        *credential("systemd.extra-unit.test-spans.service", SPANS),
        *credential("systemd.unit-dropin.multi-user.target", "[Unit]\nWants=test-spans.service\n"),
        *stick(folder / "stick.img", {f"{name}.raucb": path for name, path in files.items()}),
    ]
    machine = machines("updates", disk_size="8G", options=options)
    machine.up()
    assert machine.wait_until_started(1200) in ("running", "degraded")
    yield Story(machine)
    machine.kill()


class Story:
    """The machine, and what is asked of it."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine

    def loopstart(self, *words: str, seconds: float = 120) -> Any:
        """What a command answers, as JSON; with what it refuses."""
        done = self.machine.exec(["loopstart", *words, "--json"], check=False, seconds=seconds)
        assert done.stdout, done.stderr
        # Of several, the last: each begins a line.
        return json.loads(done.stdout[done.stdout.rfind("\n{") + 1 :])

    def sent_up(self, name: str) -> str:
        """A file of the machine's own, as if it had come over the network; it is not on a stick."""
        [path] = [one["path"] for one in self.loopstart("update", "show")["bundles"] if one["file"] == f"{name}.raucb"]
        copy = f"/data/sent-{name}.raucb"
        self.machine.sh(f"cp {path} {copy}")
        return copy

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
                found: dict[str, Any] = last.get("last") or {}  # an error while the daemon starts
                if found.get("stage") == stage:
                    return found
            time.sleep(2)
        raise AssertionError(f"not {stage}: {last}\n{self.machine.console_text()[-3000:]}")

    def running(self) -> str:
        return self.machine.sh("sed 's/.*rauc.slot=\\([AB]\\).*/\\1/' /proc/cmdline").strip()


def untouched(story: Story) -> tuple[str, bool]:
    """GRUB's notes, and whether the other slot is as it was flashed."""
    notes = story.machine.sh("sync; grub-editenv /efi/grub/grubenv list")
    return notes, Cut(story.machine.folder).untouched("B")


def test_each_fault_is_refused_with_its_reason_and_changes_nothing(story: Story) -> None:
    before = untouched(story)
    assert before[1]
    shown = story.loopstart("update", "show")["bundles"]
    assert {one["file"] for one in shown if one["source"] == "stick"} >= {"good.raucb", "cut.raucb"}  # it looked itself
    for name, code in (
        ("cut", "update_truncated"),
        ("altered", "update_signature"),
        ("foreign", "update_hardware"),
        ("old", "update_older"),
    ):
        assert story.installed(f"{name}.raucb")["error"]["code"] == code
    # All but 20 MB: not enough for the copies of the databases.
    story.machine.sh("fallocate -l $(($(stat -f -c '%a*%S' /data) - 20000000)) /data/full")
    assert story.installed("good.raucb")["error"]["code"] == "update_disk_full"
    story.machine.sh("rm /data/full")
    assert untouched(story) == before


def test_from_a_stick_under_a_running_call(story: Story) -> None:
    """The call is the same one afterwards; the slot that runs stays the next one until the restart."""
    sh = story.machine.sh
    story.machine.exec(["python3", "-"], input=CALL, seconds=120)
    channels = sh("asterisk -rx 'core show channels concise' | cut -d! -f1,14 | sort")
    assert channels, sh("asterisk -rx 'core show channels'")
    outcome = story.installed("good.raucb")
    assert outcome.get("stage") == "installed", outcome
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
    ("name", "code"), [("spanless", "proof_line"), ("crashing", "proof_unit"), ("broken", "update_not_started")]
)
def test_a_bundle_that_does_not_prove_itself_falls_back_alone(story: Story, name: str, code: str) -> None:
    home = story.running()
    given = story.sent_up("broken") if name == "broken" else f"{name}.raucb"
    outcome = story.installed(given)
    assert outcome.get("stage") == "installed", outcome
    assert story.loopstart("update", "restart", "--when", "now")
    last = story.until("fallen_back")
    assert story.running() == home
    assert code in {reason["code"] for reason in last["reasons"]}
    assert "fallen_back" in story.machine.sh("loopstart audit --json --limit 5")
    assert story.machine.wait_until_started(1200) in ("running", "degraded")


def test_back_to_the_system_before(story: Story) -> None:
    """The other slot holds what failed: there is nothing to go back to, and it says so."""
    assert story.loopstart("update", "rollback", "--when", "now")["error"]["code"] == "update_no_other"
