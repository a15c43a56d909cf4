"""Network settings on the box: tried and undone, kept across a restart; telephones go on at another address."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.boxes import Box, wait_until
from tests.calls import product
from tests.phones.account import Account
from tests.phones.baresip import Baresip
from tests.phones.namespace import Namespace

pytestmark = [pytest.mark.box, pytest.mark.timeout(900)]

SITE = """
extensions:
  - {number: '101', name: Alice, secret: Vexl9-quiet-Harbour}
  - {number: '102', name: Bob, secret: Rows-mint-88-Lantern}
"""


def network(box: Box, *words: str) -> dict[str, Any]:
    return json.loads(box.exec(["loopstart", "network", *words, "--json"]).stdout)


def addresses(box: Box) -> set[str]:
    links = json.loads(box.exec(["ip", "-json", "-4", "address", "show", "eth0"]).stdout)
    return {one["local"] for link in links for one in link["addr_info"]}


def other(box: Box) -> str:
    return box.address.rpartition(".")[0] + ".9"


def static(box: Box, within: str) -> None:
    gateway = box.address.rpartition(".")[0] + ".1"
    network(box, "set", "--interface", "eth0", "--ipv4", f"{other(box)}/24", "--gateway4", gateway, "--dns", gateway,
            "--confirm-within", within)  # fmt: skip
    wait_until(lambda: addresses(box) == {other(box)}, "the new address, and it alone", 60)


def leased(box: Box) -> None:
    """Past the product: nothing of ours is told that DHCP brings another address."""
    box.exec(["rm", "-f", "/data/system/network.json"])
    box.exec(["systemctl", "stop", "loopstart-network-expire.timer"], check=False)
    box.exec(["/usr/libexec/loopstart/network", "expire"])
    box.exec(["/usr/libexec/loopstart/network", "start"])
    box.exec(["networkctl", "reload"])
    wait_until(lambda: addresses(box) == {box.address}, "the address of before", 60)


def certified(box: Box) -> set[str]:
    """The addresses in the certificate that phones see."""
    leaf = ["openssl", "x509", "-in", "/data/asterisk/keys/box.pem", "-noout", "-ext", "subjectAltName"]
    return set(re.findall(r"IP Address:([^,\s]+)", box.exec(leaf).stdout))


@pytest.fixture
def dhcp(box: Box) -> Iterator[Box]:
    """The box as flashed, before and after."""
    yield box
    leased(box)
    wait_until(lambda: box.address in certified(box), "the certificate names the address of before", 60)
    product.wait_for_certificate(box)


def test_what_nobody_confirms_is_undone_though_the_daemon_is_gone(dhcp: Box) -> None:
    static(dhcp, "20s")
    dhcp.exec(["systemctl", "stop", "loopstartd"])
    try:
        wait_until(lambda: addresses(dhcp) == {dhcp.address}, "the address of before", 90)
    finally:
        dhcp.exec(["systemctl", "start", "loopstartd"])
    view = network(dhcp, "show")
    assert (view["last"], view["trial"], view["settings"]["ipv4"]["method"]) == ("expired", None, "dhcp")


def test_telephones_work_at_the_new_address_and_a_restart_keeps_it(dhcp: Box, tmp_path: Path) -> None:
    product.apply_site(dhcp, SITE)
    static(dhcp, "120s")
    assert network(dhcp, "confirm")["last"] == "confirmed"

    def call(name: str) -> None:
        one, two = (
            Account("101", "Vexl9-quiet-Harbour", other(dhcp)),
            Account("102", "Rows-mint-88-Lantern", other(dhcp)),
        )
        with (
            Baresip("p1", Namespace(*dhcp.phone("p1")), one, 440.0, tmp_path / f"{name}1") as alice,
            Baresip("p2", Namespace(*dhcp.phone("p2")), two, 880.0, tmp_path / f"{name}2") as bob,
        ):
            assert alice.registered(30) and bob.registered(30), alice.story() + bob.story()
            alice.dial("102")
            assert bob.wait_for(lambda event: event.kind == "CALL_INCOMING", timeout=20), bob.story()
            bob.answer()
            assert alice.wait_for(lambda event: event.kind == "CALL_ESTABLISHED", timeout=20), alice.story()
            alice.hang_up()

    call("before")
    wait_until(lambda: other(dhcp) in certified(dhcp), "the certificate names the new address", 120)
    dhcp.exec(["systemctl", "restart", "asterisk"])
    wait_until(lambda: "up" in dhcp.asterisk("core show uptime").lower(), "Asterisk is back", 60)
    call("after")


def test_an_address_that_another_lease_brings_enters_the_certificate(dhcp: Box) -> None:
    static(dhcp, "120s")
    network(dhcp, "confirm")
    wait_until(lambda: other(dhcp) in certified(dhcp), "the certificate names the address that was set", 120)
    leased(dhcp)
    wait_until(lambda: dhcp.address in certified(dhcp), "the certificate names the address of the lease", 60)
    assert other(dhcp) not in certified(dhcp)


def test_a_power_cut_ends_a_trial(dhcp: Box) -> None:
    static(dhcp, "1h")
    dhcp.kill()
    dhcp.reboot()
    wait_until(lambda: addresses(dhcp) == {dhcp.address}, "the address of before", 60)
    assert network(dhcp, "show")["trial"] is None


def test_what_was_kept_is_there_after_a_power_cut(dhcp: Box) -> None:
    static(dhcp, "120s")
    network(dhcp, "confirm")
    dhcp.kill()
    with pytest.raises(AssertionError, match="without the address"):
        dhcp.up()  # it looks for the box where DHCP would have put it
    assert addresses(dhcp) == {other(dhcp)}
    assert network(dhcp, "show")["settings"]["ipv4"]["address"] == f"{other(dhcp)}/24"


def test_what_cannot_be_is_told_at_its_field_and_changes_nothing(dhcp: Box) -> None:
    done = dhcp.exec(["loopstart", "network", "set", "--interface", "eth7", "--ipv4", "10.0.0.255/24"],
                     check=False)  # fmt: skip
    assert done.returncode != 0
    assert "interface" in done.stderr and "ipv4.address" in done.stderr and "eth0" in done.stderr
    assert addresses(dhcp) == {dhcp.address}
