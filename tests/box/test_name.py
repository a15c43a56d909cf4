"""The machine is called as the site says, and takes its time from where the network says."""

from __future__ import annotations

import pytest

from tests.boxes import Box, wait_until
from tests.calls import product

pytestmark = pytest.mark.box


def called(box: Box, name: str) -> None:
    box.exec(["loopstart", "box", "edit", "--set", f"name={name}"])
    box.exec(["loopstart", "apply"])


def names_in_certificate(box: Box) -> str:
    return box.exec(["openssl", "x509", "-in", "/data/secrets/tls/box.pem", "-noout", "-text"]).stdout


def test_the_name_follows_the_site_and_comes_back(box: Box) -> None:
    before = box.exec(["hostname"]).stdout.strip()
    try:
        called(box, "najd-clinic")
        wait_until(lambda: box.exec(["hostname"]).stdout.strip() == "najd-clinic", "the machine is renamed", 30)
        assert box.exec(["cat", "/data/system/hostname"]).stdout == "najd-clinic\n"
        log = ["journalctl", "-b", "-u", "avahi-daemon", "-o", "cat", "-n", "40"]
        wait_until(lambda: "najd-clinic.local" in box.exec(log).stdout, "avahi shows it", 30)
        assert "najd-clinic" not in names_in_certificate(box), "nginx has not restarted under whoever applied it"
        box.reboot()
        shown = box.exec(["systemctl", "show", "-p", "ActiveState", "--value", "loopstart-name-start.service"])
        assert (shown.stdout.strip(), box.exec(["hostname"]).stdout.strip()) == ("active", "najd-clinic")
        assert "DNS:najd-clinic.local" in names_in_certificate(box)
    finally:
        called(box, before)
    wait_until(lambda: box.exec(["hostname"]).stdout.strip() == before, "it has its name again", 30)
    box.exec(["systemctl", "start", "loopstart-certificate.service"])
    assert f"DNS:{before}.local" in names_in_certificate(box)
    product.wait_for_certificate(box)


def test_time_servers_of_dhcp_are_told_to_chrony(box: Box) -> None:
    gateway = box.address.rpartition(".")[0] + ".1"
    sources = "/run/chrony-dhcp/dhcp.sources"
    assert box.exec(["cat", sources]).stdout == f"server {gateway} iburst\n"
    box.exec(["rm", sources])
    box.exec(["networkctl", "renew", "eth0"])
    box.exec(["sh", "-c", "touch /run/systemd/netif/leases/.new && rm /run/systemd/netif/leases/.new"])
    wait_until(lambda: box.exec(["test", "-s", sources], check=False).returncode == 0, "they are written again", 30)
