"""The flashed image after its first start: what runs, as whom, what listens, what can be written, what was grown."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from testinfra.host import Host

from image_build import signing
from tests.box import test_units
from tests.boxes import wait_until
from tests.image.machine import Machine
from tests.image.testinfra_host import host_of

pytestmark = [pytest.mark.image, pytest.mark.timeout(900)]

GIB = 1 << 30
# In the emulator the network interface has another name than in a container, and the resolver the same sockets.
LISTENING = {
    (protocol, "lan" if address == "eth0" else address, port, program)
    for protocol, address, port, program in test_units.LISTENING
}
READ_ONLY = ("/", "/etc", "/usr", "/opt/loopstart", "/boot", "/root")
VOLATILE = ("/var", "/var/lib", "/tmp", "/run")
KEPT = ("/data", "/var/log", "/var/lib/systemd", "/var/lib/chrony")


@pytest.fixture
def host(booted: Machine) -> Host:
    return host_of(booted)


def test_no_unit_failed(booted: Machine) -> None:
    assert booted.sh("systemctl --failed --plain --no-legend") == ""
    assert booted.wait_until_started() == "running"


@pytest.mark.parametrize(("unit", "user"), test_units.SERVICES.items())
def test_service_runs_as_its_own_user(booted: Machine, unit: str, user: str) -> None:
    group = booted.sh(f"systemctl show {unit} -p ControlGroup --value").strip()
    users = booted.sh(f"for n in $(cat /sys/fs/cgroup{group}/cgroup.procs); do stat -c %U /proc/$n; done")
    assert set(users.split()) == {user}


def test_only_the_named_sockets_listen(booted: Machine) -> None:
    found = {
        entry for line in booted.sh("ss -Hlntup").splitlines() if (entry := test_units.socket_of(line)) is not None
    }
    both = {(protocol, port, program) for protocol, address, port, program in found if address == "::"}
    merged = set()
    for protocol, address, port, program in found:
        known = {"any", "*", "::", "loopback", "127.0.0.1"}
        name = address if address in known else "lan"
        if (protocol, port, program) in both and address in ("any", "::"):
            name = "*"
        merged.add((protocol, name, port, program))
    assert merged == LISTENING


@pytest.mark.parametrize("path", READ_ONLY)
def test_the_system_cannot_be_written(host: Host, path: str) -> None:
    assert host.run("touch %s/written", path).rc != 0
    assert "ro" in host.check_output("findmnt -no OPTIONS -T %s", path).split(",")


@pytest.mark.parametrize("path", VOLATILE)
def test_what_is_written_there_is_gone_with_the_power(host: Host, path: str) -> None:
    source = host.check_output("findmnt -no FSTYPE -T %s", path)
    assert source in ("tmpfs", "overlay")
    assert host.run("touch %s/written && rm %s/written", path, path).rc == 0


@pytest.mark.parametrize("path", KEPT)
def test_what_is_written_there_is_kept(host: Host, path: str) -> None:
    assert host.check_output("findmnt -no FSTYPE -T %s", path) == "ext4"
    assert host.check_output("findmnt -no SOURCE -T %s", path).startswith(
        host.check_output("realpath /dev/loopstart/data")
    )


def test_data_was_grown_to_the_disk(booted: Machine) -> None:
    size = int(booted.sh("findmnt -bno SIZE /data"))
    assert size > 4 * GIB  # of 8, with 3 for the slots


def test_the_booted_slot_is_good_and_the_other_waits_for_an_update(booted: Machine) -> None:
    shown = json.loads(booted.sh("rauc status --output-format=json"))
    slots = {slot["bootname"]: slot for entry in shown["slots"] for slot in entry.values()}
    assert shown["compatible"] == "loopstart-amd64"
    assert (slots["A"]["state"], slots["A"]["boot_status"]) == ("booted", "good")
    assert (slots["B"]["state"], slots["B"]["boot_status"]) == ("inactive", "bad")
    notes = booted.sh("grub-editenv /efi/grub/grubenv list").split()
    assert {"A_OK=1", "A_TRY=0", "B_OK=0"} <= set(notes)


def test_links_name_the_partitions_of_the_disk_that_was_started(booted: Machine) -> None:
    found = booted.sh("cd /dev/loopstart && for n in *; do echo $n $(realpath $n); done").split()
    assert found == ["a", "/dev/vda2", "b", "/dev/vda3", "data", "/dev/vda4", "disk", "/dev/vda", "esp", "/dev/vda1"]


def test_ssh_is_off_until_it_is_switched_on(booted: Machine) -> None:
    key = booted.sh("ssh-keygen -q -t ed25519 -N '' -f /tmp/mine && cat /tmp/mine.pub")
    assert booted.sh("systemctl is-active ssh", check=False).strip() == "inactive"
    refused = booted.exec(["loopstart-ssh", "on"], check=False)
    assert refused.returncode == 1
    assert "public key" in refused.stderr
    try:
        assert booted.exec(["loopstart-ssh", "on"], input=key).stdout.startswith("on\n")
        options = "-o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR -o BatchMode=yes"
        assert booted.sh(f"ssh {options} -i /tmp/mine root@127.0.0.1 id -un").strip() == "root"
        assert booted.sh(f"ssh {options} root@127.0.0.1 true || echo refused").strip() == "refused"
        assert "22" in booted.sh("nft list set inet loopstart opened")
    finally:
        assert booted.sh("loopstart-ssh off").startswith("off\n")
    assert "22" not in booted.sh("nft list set inet loopstart opened")


def test_the_system_says_what_it_is(booted: Machine) -> None:
    version = booted.sh("cat /usr/share/loopstart/version").strip()
    assert f"IMAGE_VERSION={version}" in booted.sh("cat /etc/os-release").splitlines()
    listed = json.loads(booted.sh("cat /usr/share/loopstart/sbom.json"))
    assert listed["metadata"]["component"]["version"] == version
    names = {part["purl"].split("@")[0] for part in listed["components"]}
    installed = {f"pkg:deb/debian/{name}" for name in booted.sh("dpkg-query -Wf '${Package}\\n'").split()}
    assert installed <= names
    assert "pkg:pypi/flask" in names
    assert any(name.startswith("pkg:npm/") for name in names)


def test_the_list_beside_the_image_is_the_one_inside_and_is_signed(booted: Machine, image: Path) -> None:
    listed = image.parent / "sbom.json"
    signing.verify(listed, image.parent / "sbom.json.p7s")
    assert booted.sh("cat /usr/share/loopstart/sbom.json") == listed.read_text()


def test_every_licence_text_is_there(booted: Machine) -> None:
    listed = json.loads(booted.sh("cat /usr/share/loopstart/sbom.json"))
    texts = [
        entry["value"]
        for part in listed["components"]
        for entry in part.get("properties", [])
        if not part["purl"].startswith("pkg:deb/debian/loopstart-")
    ]
    missing = booted.exec(["sh", "-c", "while read f; do [ -e $f ] || echo $f; done"], input="\n".join(texts)).stdout
    assert missing == ""
    assert len(texts) > 100


def test_the_menu_is_on_the_screen_and_on_the_serial_port(booted: Machine) -> None:
    assert "console=ttyS0" in booted.sh("cat /proc/cmdline")
    for terminal in ("tty1", "ttyS0"):
        assert booted.sh(f"systemctl is-active loopstart-console@{terminal}").strip() == "active"
    wait_until(lambda: "https://10.0.2.15/" in booted.sh("cat /dev/vcs1"), "the screen tells the address", 120)
    wait_until(lambda: "https://10.0.2.15/" in booted.console_text(), "the serial port tells the address", 120)
