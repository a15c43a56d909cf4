"""Files of systemd-networkd: what they say, that nothing gets out of its line, and that root's program takes them."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from appliance.model.network import Ipv4, Network
from appliance.model.site import parse_noun
from appliance.render.escape import unit_value
from appliance.render.networkd import EVERY_INTERFACE, render_networkd

ROLES = Path(__file__).parents[2] / "ansible/roles"
MAC = "02:4c:0a:4d:01:02"


def program() -> ModuleType:
    spec = importlib.util.spec_from_file_location("network_program", ROLES / "machine/files/network.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


ROOTS = program()


def render(**document: Any) -> dict[str, str]:
    files = render_networkd(parse_noun(Network, document), MAC)
    assert ROOTS.checked(files) == files
    return {name: text.partition("\n")[2] for name, text in files.items()}


def test_what_ships_needs_no_file() -> None:
    assert render_networkd(Network(), MAC) == {}


def test_a_static_address() -> None:
    ipv4 = {"method": "static", "address": "192.168.1.5/24", "gateway": "192.168.1.1"}
    assert render(interface="enp1s0", ipv4=ipv4, ipv6={"method": "off"}, resolvers=["192.168.1.1", "9.9.9.9"]) == {
        "10-loopstart-lan.network": f"""\
[Match]
MACAddress={MAC}
Type=!vlan

[Network]
DHCP=no
MulticastDNS=no
LLMNR=no
IPv6AcceptRA=no
LinkLocalAddressing=no
Address=192.168.1.5/24
Gateway=192.168.1.1
DNS=192.168.1.1
DNS=9.9.9.9
"""
    }


def test_dhcp_with_name_servers_of_ones_own() -> None:
    text = render(resolvers=["9.9.9.9"])["10-loopstart-lan.network"]
    assert f"Name={EVERY_INTERFACE}" in text and "DHCP=yes" in text and "DNS=9.9.9.9" in text
    assert text.count("UseDNS=no") == 3


def test_the_phones_vlan_has_no_way_out() -> None:
    files = render(interface="enp1s0", phones_vlan={"id": 20, "method": "dhcp"})
    assert "VLAN=phones" in files["10-loopstart-lan.network"]
    assert files["10-loopstart-phones.netdev"] == "[NetDev]\nName=phones\nKind=vlan\n\n[VLAN]\nId=20\n"
    assert {"UseGateway=no", "UseDNS=no", "DHCP=ipv4"} <= set(files["11-loopstart-phones.network"].splitlines())
    files = render(interface="enp1s0", phones_vlan={"id": 20, "address": "10.20.0.1/24"})
    assert "Address=10.20.0.1/24" in files["11-loopstart-phones.network"]


def test_every_interface_is_the_same_as_in_the_image() -> None:
    assert yaml.safe_load((ROLES / "base/defaults/main.yml").read_text())["base__dhcp_interfaces"] == EVERY_INTERFACE


@given(st.text())
def test_no_value_leaves_its_line(text: str) -> None:
    assert set(unit_value(text)) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789:./_-")
    # A rule of the model may be loosened one day: the renderer relies on none.
    files = render_networkd(Network.model_construct(
        interface="enp1s0", ipv4=Ipv4.model_construct(method="static", address=text, gateway=text), resolvers=(text,),
    ), text)  # fmt: skip
    assert ROOTS.checked(files) == files


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("10-loopstart-lan.link", "[Match]\nName=eth0\n"),
        ("../../system/evil.service", "[Match]\nName=eth0\n"),
        ("10-loopstart-lan.network", "[Match]\nName=eth0\n[Link]\nUnmanaged=yes\n"),
        ("10-loopstart-lan.network", "[Network]\nIPMasquerade=both\n"),
        ("10-loopstart-lan.network", "Name=eth0\n"),
        ("10-loopstart-lan.network", "[Match]\nName=eth0\\\n"),
        ("10-loopstart-phones.netdev", "[NetDev]\nKind=bridge\nMACAddress=00:00:00:00:00:01\n"),
    ],
)
def test_root_takes_nothing_that_is_not_ours(name: str, text: str) -> None:
    with pytest.raises(ROOTS.RefusedError):
        ROOTS.checked({name: text})
