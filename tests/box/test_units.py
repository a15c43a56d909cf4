"""The booted box: its units run, as whom they should, shut in, and nothing else listens."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.boxes import Box, wait_until

pytestmark = pytest.mark.box

SERVICES = {
    "asterisk.service": "asterisk",
    "loopstartd.service": "loopstart",
    "loopstart-web.service": "loopstart-web",
    "nginx.service": "www-data",
}
ONE_SHOTS = (
    "loopstart-prepare.service",
    "loopstart-certificate.service",
    "loopstart-address.service",
    "loopstart-dahdi.service",
    "loopstart-cards.service",
)
BEHIND_SOCKETS = (
    "loopstart-install@.service",
    "loopstart-line@.service",
    "loopstart-name@.service",
    "loopstart-network@.service",
    "loopstart-power@.service",
)
UNITS = "/etc/systemd/system"
ALIASES = {"serial-getty@.service"}
MOST_EXPOSURE = 3.0
EXPOSED = {
    "loopstart-stick@.service": (4.0, "what it mounts is for others to see, so it takes no mount namespace of its own"),
}
"""Units above that: how far, and why they cannot be shut in further."""

# (protocol, address, port, program). README.md names the same. `*` is both IPv4 and IPv6.
LISTENING = {
    ("tcp", "*", 80, "nginx"),
    ("tcp", "*", 443, "nginx"),
    ("tcp", "any", 5060, "asterisk"),
    ("tcp", "any", 5061, "asterisk"),
    ("udp", "any", 5060, "asterisk"),
    ("tcp", "127.0.0.1", 5038, "asterisk"),
    ("udp", "*", 5353, "avahi-daemon"),
    ("udp", "eth0", 68, "systemd-network"),
    ("udp", "loopback", 53, "systemd-resolve"),
    ("tcp", "loopback", 53, "systemd-resolve"),
}


def show(box: Box, unit: str, *properties: str) -> dict[str, str]:
    wanted = [word for name in properties for word in ("-p", name)]
    lines = box.exec(["systemctl", "show", unit, *wanted]).stdout.splitlines()
    return dict(line.split("=", 1) for line in lines)


def test_no_unit_failed(box: Box) -> None:
    wait_until(
        lambda: box.exec(["systemctl", "is-system-running"], check=False).stdout.strip() != "starting",
        "start-up ends",
        60,
    )
    assert box.exec(["systemctl", "--failed", "--plain", "--no-legend"]).stdout == ""


@pytest.mark.parametrize(("unit", "user"), SERVICES.items())
def test_service_runs_as_its_own_user(box: Box, unit: str, user: str) -> None:
    shown = show(box, unit, "ActiveState", "MainPID")
    assert shown["ActiveState"] == "active"
    control_group = box.exec(["systemctl", "show", unit, "-p", "ControlGroup", "--value"]).stdout.strip()
    processes = box.exec(["systemd-cgls", "--no-pager", "-l", control_group]).stdout
    numbers = re.findall(r"[├└]─\s*(\d+) ", processes)
    assert shown["MainPID"] in numbers
    users = {box.exec(["stat", "-c", "%U", f"/proc/{number}"]).stdout.strip() for number in numbers}
    assert users == {user}


def ours(box: Box) -> list[str]:
    """Every service that our roles make, those behind sockets and templates among them."""
    listed = box.exec(["sh", "-c", f"grep -l '^# Made by Loopstart' {UNITS}/*.service"]).stdout.split()
    return sorted({Path(found).name for found in listed} - ALIASES)


def exposure(box: Box, unit: str) -> float:
    """What systemd makes of it, 0 to 10. Of a template an instance is asked for."""
    instance = unit.replace("@.", "@sda1.")
    report = box.exec(["systemd-analyze", "security", "--no-pager", instance]).stdout
    found = re.search(r"Overall exposure level for \S+: ([\d.]+)", report)
    assert found is not None, f"{unit}: {report}"
    return float(found[1])


def test_every_unit_of_ours_is_shut_in_and_one_that_is_not_says_why(box: Box) -> None:
    units = ours(box)
    assert set(units) >= {*SERVICES, *ONE_SHOTS, *BEHIND_SOCKETS, *EXPOSED}
    scores = {unit: exposure(box, unit) for unit in units}
    table = "\n".join(f"{score:4} {unit}" for unit, score in sorted(scores.items(), key=lambda one: -one[1]))
    limits = {unit: EXPOSED.get(unit, (MOST_EXPOSURE, ""))[0] for unit in units}
    assert {unit: score for unit, score in scores.items() if score > limits[unit]} == {}, table
    assert {unit for unit in EXPOSED if scores[unit] <= MOST_EXPOSURE} == set(), f"named without need\n{table}"


@pytest.mark.parametrize("unit", BEHIND_SOCKETS)
def test_a_socket_of_root_is_the_daemons_alone(box: Box, unit: str) -> None:
    name = unit.removeprefix("loopstart-").removesuffix("@.service")
    assert show(box, f"loopstart-{name}.socket", "ActiveState")["ActiveState"] == "active"
    shown = box.exec(["stat", "-c", "%U %a", f"/run/loopstart-machine/{name}.sock"]).stdout.split()
    assert shown == ["loopstart", "600"]


@pytest.mark.parametrize("unit", ["asterisk.service", "loopstartd.service", "loopstart-web.service", "nginx.service"])
def test_systemd_never_gives_a_service_up(box: Box, unit: str) -> None:
    shown = show(box, unit, "Restart", "StartLimitIntervalUSec")
    assert shown == {"Restart": "always", "StartLimitIntervalUSec": "0"}


def test_asterisk_has_files_enough_for_calls(box: Box) -> None:
    assert show(box, "asterisk.service", "LimitNOFILE")["LimitNOFILE"] == "65536"


def test_only_the_named_sockets_listen(box: Box) -> None:
    found = {entry for line in box.exec(["ss", "-Hlntup"]).stdout.splitlines() if (entry := socket_of(line))}
    both = {(protocol, port, program) for protocol, address, port, program in found if address == "::"}
    merged = {
        (
            protocol,
            "*" if (protocol, port, program) in both and address in ("any", "::") else address,
            port,
            program,
        )
        for protocol, address, port, program in found
    }
    assert merged == LISTENING


def socket_of(line: str) -> tuple[str, str, int, str] | None:
    """One line of `ss -lntup`, with the address classed.

    Left out: media of calls that still run (10000-19999), and the two sockets from which Asterisk asks for
    names, which have any high port and which the firewall shuts.
    """
    fields = line.split(maxsplit=6)
    protocol, local, program = fields[0], fields[4], re.search(r'\(\("([^"]+)"', fields[-1])
    host, _, port = local.rpartition(":")
    name = program[1] if program else "?"
    if name == "asterisk" and protocol == "udp" and int(port) >= 10000:
        return None
    address, _, interface = host.partition("%")
    if address.startswith("127.0.0.5"):
        kind = "loopback"
    elif interface:
        kind = interface
    else:
        kind = {"0.0.0.0": "any", "*": "any", "[::]": "::"}.get(address, address)
    return protocol, kind, int(port), name


@pytest.mark.parametrize(
    ("order", "allowed"),
    [
        (["start", "loopstart-dahdi.service"], True),
        (["stop", "loopstart-dahdi.service"], False),
        (["restart", "loopstart-dahdi.service"], False),
        (["start", "loopstart-cards.service"], False),
        (["restart", "asterisk.service"], False),
        (["reboot"], False),
    ],
)
def test_the_daemon_may_have_cards_set_up_and_ask_nothing_else_of_systemd(
    box: Box, order: list[str], allowed: bool
) -> None:
    asked = ["setpriv", "--reuid=loopstart", "--regid=loopstart", "--init-groups", "systemctl", "--no-ask-password"]
    done = box.exec([*asked, *order], check=False)
    assert (done.returncode == 0) is allowed, done.stderr
    assert show(box, "asterisk.service", "ActiveState")["ActiveState"] == "active"


def test_nobody_else_may_have_cards_set_up(box: Box) -> None:
    for user in ("asterisk", "loopstart-web", "nobody"):
        asked = ["setpriv", f"--reuid={user}", "--clear-groups", "systemctl", "--no-ask-password", "start"]
        assert box.exec([*asked, "loopstart-dahdi.service"], check=False).returncode != 0, user


def test_cards_are_set_up_at_each_start_of_asterisk(box: Box) -> None:
    """Also at those that systemd makes by itself: it pulls in what a unit wants, and waits for what it comes after."""
    shown = show(box, "asterisk.service", "Wants", "After")
    assert "loopstart-dahdi.service" in shown["Wants"].split()
    assert "loopstart-dahdi.service" in shown["After"].split()
    looked = show(box, "loopstart-dahdi.service", "ConditionTimestampMonotonic")
    box.exec(["systemctl", "kill", "--signal=KILL", "asterisk.service"])

    def again() -> bool:
        there = show(box, "asterisk.service", "ActiveState")["ActiveState"] == "active"
        return there and show(box, "loopstart-dahdi.service", "ConditionTimestampMonotonic") != looked

    wait_until(again, "Asterisk is back, and cards were looked at before", 60)


def test_asterisk_reads_the_running_generation(box: Box) -> None:
    assert box.exec(["readlink", "/etc/asterisk"]).stdout.strip() == "/data/generations/current/asterisk"
    assert box.exec(["test", "-f", "/etc/asterisk/asterisk.conf"], check=False).returncode == 0


def test_the_web_can_write_nothing_and_start_nothing(box: Box) -> None:
    """What a hole in the web process would let somebody do: tried from inside its sandbox."""
    process = show(box, "loopstart-web.service", "MainPID")["MainPID"]
    sandbox = ["nsenter", "--target", process, "--mount", "--setuid", "802", "--setgid", "802"]
    for path in ("/data/site/x", "/data/generations/x", "/etc/x", "/opt/loopstart/x"):
        assert box.exec([*sandbox, "touch", path], check=False).returncode != 0, path
    assert box.exec([*sandbox, "ls", "/data/secrets"], check=False).returncode != 0


def test_the_certificate_names_the_box_and_is_of_its_own_authority(box: Box) -> None:
    shown = box.exec(["openssl", "x509", "-in", "/data/secrets/tls/box.pem", "-noout", "-text"]).stdout
    host = box.exec(["hostname"]).stdout.strip()
    for name in (f"DNS:{host},", f"DNS:{host}.local,", f"IP Address:{box.address}"):
        assert name in shown
    verified = box.exec(["openssl", "verify", "-CAfile", "/data/secrets/tls/ca.pem", "/data/secrets/tls/box.pem"])
    assert "OK" in verified.stdout
    assert box.exec(["stat", "-c", "%U %a", "/data/secrets/tls/ca.key"]).stdout.strip() == "root 600"


def test_nothing_is_loaded_from_debians_samples(box: Box) -> None:
    shown = json.loads(box.exec(["sh", "-c", "systemctl list-unit-files -o json --state=enabled"]).stdout)
    enabled = {entry["unit_file"] for entry in shown}
    assert not enabled & {"apt-daily.timer", "systemd-timesyncd.service"}


def test_the_readme_names_every_socket() -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text()
    rows = readme.partition("## What listens")[2].partition("\n## ")[0].splitlines()
    for protocol, _, port, program in LISTENING:
        named = [row for row in rows if re.search(rf"\b{port}\b", row) and program.split("-")[0] in row.lower()]
        right = [row for row in named if protocol in row or not re.search("tcp|udp", row)]
        assert right, f"{protocol} {port} of {program} is in no row of README.md"
