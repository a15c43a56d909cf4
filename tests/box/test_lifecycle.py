"""`image_build/box`: run twice, cut off from power, taken down; on a box of its own."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from image_build import box_container as container
from image_build import box_state
from tests.boxes import COMMAND, Box, wait_until

pytestmark = [pytest.mark.box, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def own() -> Iterator[Box]:
    box = Box("lifecycle")
    box.up(fresh=True)
    yield box
    subprocess.run([COMMAND, "--name", box.name, "down", "--purge"], check=True, capture_output=True)


def test_up_again_disturbs_nothing(own: Box) -> None:
    before = own.exec(["systemctl", "show", "asterisk", "-p", "MainPID"]).stdout
    own.up()
    assert own.exec(["systemctl", "show", "asterisk", "-p", "MainPID"]).stdout == before


def test_its_units_are_in_a_cgroup_of_its_own(own: Box) -> None:
    found = box_state.find(own.name)
    assert found is not None
    groups = Path(f"/proc/{container.leader(found)}/cgroup").read_text()
    assert f"/loopstart-{own.name}/payload/init.scope" in groups


def test_a_command_that_is_stopped_and_killed_inside_ends_outside(own: Box) -> None:
    """systemd-shutdown(8) stops whatever still runs, then kills it; a box waits for who does not hear of it."""
    command = [COMMAND, "--name", own.name, "exec", "--", "sh", "-c", "echo $$; kill -STOP $$"]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
    try:
        assert running.stdout is not None
        process = running.stdout.readline().strip()
        stopped = ["sh", "-c", f"grep -q '^State:.T' /proc/{process}/status"]
        wait_until(lambda: own.exec(stopped, check=False).returncode == 0, "the command is stopped")
        own.exec(["kill", "-KILL", process])
        assert running.wait(timeout=30) == 128 + signal.SIGKILL
    finally:
        if running.poll() is None:
            os.killpg(running.pid, signal.SIGKILL)


def test_a_phone_reaches_the_box_and_is_plugged_in_once(own: Box) -> None:
    namespace, address = own.phone("p1")
    assert own.phone("p1") == (namespace, address)
    assert own.phone("p2")[1] != address
    said = subprocess.run(
        ["ip", "netns", "exec", namespace, "bash", "-c", f"exec 3<>/dev/tcp/{own.address}/80 && echo open"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert said.stdout == "open\n"


def test_another_phone_is_no_reason_for_the_host_to_be_lost(own: Box) -> None:
    """What the box sends to the host by itself goes to the hardware address it knows, and that has to stay."""
    found = box_state.find(own.name)
    assert found is not None
    shown = Path("/sys/class/net", found.bridge, "address")
    own.phone("p1")
    before = shown.read_text()
    # Cables have addresses by chance; this one is the lowest, as one in a few is.
    _, address = own.phone("lowest")
    cable = f"lsv{found.number}-{address.rpartition('.')[2]}"
    subprocess.run(["ip", "link", "set", cable, "address", "02:00:00:00:00:01"], check=True)
    assert shown.read_text() == before
    own.unplug("lowest")
    assert shown.read_text() == before


def test_what_nobody_may_reach_from_the_network_is_shut(own: Box) -> None:
    namespace, _ = own.phone("p1")
    within_a_second = ["ip", "netns", "exec", namespace, "timeout", "1", "bash", "-c"]
    for port in (5038, 53, 22):
        tried = [*within_a_second, f": <>/dev/tcp/{own.address}/{port}"]
        assert subprocess.run(tried, capture_output=True, check=False).returncode != 0, port


def test_a_power_cut_and_a_restart_lose_nothing(own: Box) -> None:
    own.exec(["touch", "/data/kept", "/var/lib/kept"])
    secret = own.exec(["sha256sum", "/data/secrets/tls/ca.key"]).stdout
    own.kill()
    assert own.exec(["true"], check=False).returncode == 1
    own.reboot()
    own.exec(["ls", "/data/kept", "/var/lib/kept"])
    assert own.exec(["sha256sum", "/data/secrets/tls/ca.key"]).stdout == secret


def test_an_update_keeps_data_alone(own: Box) -> None:
    own.exec(["touch", "/data/kept", "/var/lib/kept"])
    own.down()
    own.up()
    own.exec(["ls", "/data/kept"])
    assert own.exec(["ls", "/var/lib/kept"], check=False).returncode != 0


def test_it_comes_up_while_the_kernel_has_yet_to_end_its_network_of_before(own: Box) -> None:
    held = os.open(f"/run/netns/ls-{own.name}", os.O_RDONLY)  # as it is held for a while on a busy machine
    try:
        own.down()
        own.up()
        own.exec(["true"])
    finally:
        os.close(held)


def test_down_leaves_nothing_behind(own: Box) -> None:
    own.phone("p1")
    number = own.address.split(".")[2]
    own.down()
    assert not Path(f"/sys/class/net/lsb{number}").exists()
    assert not [name for name in Path("/run/netns").iterdir() if name.name.startswith("ls-lifecycle")]
    assert f"boxes/{own.name}/" not in Path("/proc/mounts").read_text()
    own.down()


def test_it_says_what_to_do_when_the_box_does_not_run(own: Box) -> None:
    own.down()
    done = subprocess.run(
        [COMMAND, "--name", own.name, "exec", "--", "true"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "next:" in done.stderr and f"--name {own.name} up" in done.stderr
