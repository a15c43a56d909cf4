"""The power fails while an update is installed, in the first start of the new system, while settings are applied.

Twenty moments each, by copies of the disk of one running machine: `cuts.py` says what that proves; docs/adr/0051.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from appliance.daemon import prepare
from appliance.store.paths import DataPaths
from appliance.store.stores import opened_stores
from tests.image import variants
from tests.image.channel import NoAnswer
from tests.image.cuts import Cut, cut
from tests.image.machine import Machine
from tests.image.media import drive

pytestmark = [pytest.mark.image, pytest.mark.slow, pytest.mark.timeout(7200)]

CUTS = 20
INSTALLING_S, STARTING_S = 50, 240
"""About what installing, and a start until the system has proved itself, take under software emulation."""
NAME = "najd-clinic"


@pytest.fixture(scope="module")
def bundle(image: Path) -> Path:
    return variants.bundle(image, "0.9.0", variants.GOOD)


@pytest.fixture(scope="module")
def machine(machines: Callable[..., Machine], bundle: Path) -> Iterator[Machine]:
    """Started, with a setting of somebody's."""
    machine = machines("power", disk_size="6G", network="none", options=drive(bundle))
    machine.up()
    machine.wait_until_started(1200)
    named(machine, NAME)
    yield machine
    machine.kill()


def named(machine: Machine, name: str, seconds: float = 120) -> None:
    """A change that is confirmed when this returns."""
    machine.sh(f"loopstart box edit --set name={name} && loopstart apply", seconds=seconds)


def whole(found: Cut, names: set[str]) -> None:
    """Databases whole; the daemon's own preparation ends with a confirmed generation and one of these names."""
    assert found.faults() == []
    paths = DataPaths(found.data())
    prepare(paths)
    with opened_stores(paths) as stores:
        row = stores.site.running()
        assert row is not None
        assert row.state.value == "confirmed"
        assert int(paths.current.readlink().name) == row.number
        assert stores.site.revision_site(row.revision).box.name in names


def starts(found: Cut, folder: Path, image: Path, names: set[str]) -> None:
    """What is left starts, wholly and with one of these names."""
    again = found.machine(folder, image, network="none")
    try:
        again.up()
        assert again.wait_until_started(1200) == "running"
        status = json.loads(again.sh("loopstart status --json"))
        assert status["name"] in names
        assert status["generation_state"] == "confirmed"
    finally:
        again.kill()


def stage(found: Cut) -> str:
    """How far the update had come, by the daemon's own note; without one it had not begun."""
    note = found.data() / "update/state.json"
    if not note.exists():
        return ""
    told: str = json.loads(note.read_text())["last"]["stage"]
    return told


def test_cuts_while_an_update_is_installed(machine: Machine, image: Path, bundle: Path, tmp_path: Path) -> None:
    device = f"/dev/disk/by-id/virtio-{bundle.stem[:20]}"
    machine.sh(f"head -c {bundle.stat().st_size} {device} >/data/new.raucb", seconds=900)
    machine.exec(
        ["/bin/sh", "-c", "nohup loopstart update install /data/new.raucb --json >/run/install.log 2>&1 &"], seconds=60
    )
    # Before that the bundle is only read.
    machine.sh("until grep -q installing /data/update/state.json; do sleep 1; done 2>/dev/null", seconds=600)
    seen = []
    for number in range(CUTS):
        time.sleep(random.uniform(0, 2 * INSTALLING_S / CUTS))
        found = cut(machine, tmp_path / str(number))
        with machine.standing_still():  # looking takes longer than what is to be cut
            assert found.starts()[0] == "A"  # until its restart, whatever is written
            assert found.untouched("A")
            whole(found, {NAME})
            seen.append(stage(found))
            if number < CUTS - 1:
                (found.folder / "disk.qcow2").unlink()
    assert seen.count("installing") >= CUTS // 2, (seen, machine.sh("cat /run/install.log"))
    machine.kill()
    starts(found, tmp_path / "again", image, {NAME})


def test_cuts_while_settings_are_applied(machine: Machine, image: Path, tmp_path: Path) -> None:
    if not machine.runs:
        machine.up()
        machine.wait_until_started(1200)
        named(machine, NAME)
    before = NAME
    for number in range(CUTS):
        after = f"clinic-{number}"
        script = f"(loopstart box edit --set name={after} && loopstart apply) >/run/apply.log 2>&1 &"
        machine.exec(["/bin/sh", "-c", script], seconds=60)
        time.sleep(random.uniform(0, 8))  # setting and applying take some seconds here
        found = cut(machine, tmp_path / str(number))
        with machine.standing_still():
            whole(found, {before, after})
            if number < CUTS - 1:
                (found.folder / "disk.qcow2").unlink()
        wait_for_name(machine, after)
        before, names = after, {before, after}
    machine.kill()  # the next one has a machine of its own
    starts(found, tmp_path / "again", image, names)


def wait_for_name(machine: Machine, name: str) -> None:
    deadline = time.monotonic() + 300
    while time.monotonic() < deadline:
        shown = json.loads(machine.sh("loopstart status --json"))
        if shown.get("name") == name and shown.get("generation_state") == "confirmed":
            return
        time.sleep(1)
    raise AssertionError(machine.sh("cat /run/apply.log"))


def test_cuts_in_the_first_start_of_the_new_system(
    machines: Callable[..., Machine], image: Path, bundle: Path, tmp_path: Path
) -> None:
    """One start gives all the cuts. Where it is cut, the new system is tried again, or the old one takes over."""
    machine = machines("first-start", disk_size="6G", network="none", options=drive(bundle))
    machine.up()
    machine.wait_until_started(1200)
    named(machine, NAME)
    new = (variants.variant(image, "0.9.0", variants.GOOD)).read_bytes()
    device = f"/dev/disk/by-id/virtio-{bundle.stem[:20]}"
    machine.sh(f"head -c {bundle.stat().st_size} {device} >/data/new.raucb", seconds=900)
    machine.sh("loopstart update install /data/new.raucb --json", seconds=3600)
    machine.sh("loopstart update restart --when now")
    wait_until_down(machine)
    for number in range(CUTS):
        time.sleep(random.uniform(0, 2 * STARTING_S / CUTS))
        found = cut(machine, tmp_path / str(number))
        with machine.standing_still():
            order = found.starts()
            assert set(order) <= {"A", "B"}
            assert found.untouched("A")
            if order[0] == "B":
                assert found.slot("B", len(new)) == hashlib.sha256(new).digest()
            whole(found, {NAME})
            if number != CUTS // 2:
                (found.folder / "disk.qcow2").unlink()
    machine.kill()
    starts(Cut(tmp_path / str(CUTS // 2)), tmp_path / "again", image, {NAME})


def wait_until_down(machine: Machine) -> None:
    """The old system has ended."""
    deadline = time.monotonic() + 300
    while time.monotonic() < deadline:
        with contextlib.suppress(NoAnswer):
            machine.exec(["true"], seconds=5)
            time.sleep(1)
            continue
        return
    raise AssertionError("it did not restart")
