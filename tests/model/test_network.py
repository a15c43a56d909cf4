"""Network settings: every breach is told at its field, and what is taken can be an address of a machine."""

from __future__ import annotations

from ipaddress import ip_interface
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.model.network import Network, verify_network
from appliance.model.problems import ProblemsError
from appliance.model.site import parse_noun

LINKS = ("eth0", "eth1")


def problems(**document: Any) -> dict[str, str]:
    """Where and what, of errors and warnings alike."""
    try:
        network = parse_noun(Network, document)
    except ProblemsError as error:
        return {problem.where: problem.code for problem in error.problems}
    return {problem.where: problem.code for problem in verify_network(network, LINKS)}


def static(address: str, gateway: str | None = None, **more: Any) -> dict[str, str]:
    return problems(interface="eth0", resolvers=["9.9.9.9"],
                    ipv4={"method": "static", "address": address, "gateway": gateway or None}, **more)  # fmt: skip


def test_what_ships_has_no_problem() -> None:
    assert problems() == {}


def test_a_static_address_with_its_router_has_no_problem() -> None:
    assert static("192.168.1.5/24", "192.168.1.1") == {}
    assert static("10.0.0.0/31", "10.0.0.1") == {}


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("192.168.1.0/24", "network_not_a_host"),
        ("192.168.1.255/24", "network_not_a_host"),
        ("127.0.0.1/8", "network_not_a_host"),
        ("224.0.0.5/24", "network_not_a_host"),
        ("169.254.3.3/16", "network_not_a_host"),
        ("250.0.0.1/8", "network_not_a_host"),
        ("0.0.0.0/0", "network_not_a_host"),
        ("192.168.1.5", "network_prefix_missing"),
        ("192.168.1.5/33", "network_ipv4_prefix"),
        ("192.168.01.5/24", "network_ipv4_prefix"),
        ("١٩٢.168.1.5/24", "network_ipv4_prefix"),
        ("fd00::1/64", "network_ipv4_prefix"),
        ("192.168.1.5/24\n[Network]", "network_ipv4_prefix"),
        ("", "network_ipv4_prefix"),
    ],
)
def test_what_no_machine_can_have_is_refused(address: str, code: str) -> None:
    assert static(address, "192.168.1.1").get("ipv4.address") == code


@pytest.mark.parametrize(
    ("gateway", "code"),
    [
        ("192.168.2.1", "network_gateway_outside"),
        ("192.168.1.255", "network_gateway_outside"),
        ("192.168.1.5", "network_gateway_is_box"),
        ("fe80::1", "network_ipv4"),
        ("router", "network_ipv4"),
    ],
)
def test_a_router_that_cannot_be_reached_is_refused(gateway: str, code: str) -> None:
    assert static("192.168.1.5/24", gateway) == {"ipv4.gateway": code}


def test_a_router_of_ipv6_may_be_link_local() -> None:
    ipv6 = {"method": "static", "address": "fd00::5/64", "gateway": "fe80::1"}
    assert problems(interface="eth0", ipv6=ipv6) == {}
    assert problems(interface="eth0", ipv6=ipv6 | {"gateway": "fd01::1"}) == {"ipv6.gateway": "network_gateway_outside"}
    assert problems(interface="eth0", ipv6=ipv6 | {"address": "fe80::5%eth0/64"}) == {
        "ipv6.address": "network_ipv6_prefix"
    }


def test_addresses_that_the_network_gives_cannot_be_written_too() -> None:
    assert problems(ipv4={"address": "192.168.1.5/24", "gateway": "192.168.1.1"}) == {
        "ipv4.address": "network_only_static", "ipv4.gateway": "network_only_static",
    }  # fmt: skip
    assert problems(ipv6={"method": "off", "address": "fd00::5/64"}) == {"ipv6.address": "network_only_static"}


def test_what_is_static_belongs_to_an_interface_that_is_there() -> None:
    ipv4 = {"method": "static", "address": "192.168.1.5/24", "gateway": "192.168.1.1"}
    assert problems(ipv4=ipv4, resolvers=["192.168.1.1"]) == {"interface": "network_interface_needed"}
    assert problems(interface="eth7") == {"interface": "network_no_interface"}
    assert problems(interface="eth0\n") == {"interface": "network_interface_name"}
    assert problems(interface="eth0", ipv4={"method": "static"}, resolvers=["9.9.9.9"]) == {
        "ipv4.address": "network_address_needed", "ipv4.gateway": "network_no_gateway",
    }  # fmt: skip


def test_the_phones_have_a_network_of_their_own() -> None:
    vlan = {"id": 20, "address": "10.20.0.1/24"}
    assert static("192.168.1.5/24", "192.168.1.1", phones_vlan=vlan) == {}
    assert problems(phones_vlan=vlan) == {"interface": "network_interface_needed"}
    assert static("10.20.5.5/16", "10.20.0.9", phones_vlan=vlan) == {"phones_vlan.address": "network_overlap"}
    for number, code in ((0, "too_small"), (4095, "too_large"), ("20", "whole_number")):
        assert problems(interface="eth0", phones_vlan=vlan | {"id": number}) == {"phones_vlan.id": code}
    assert problems(interface="eth0", phones_vlan={"id": 20}) == {"phones_vlan.address": "network_address_needed"}
    assert problems(interface="eth0", phones_vlan=vlan | {"method": "dhcp"}) == {
        "phones_vlan.address": "network_only_static"
    }


def test_name_servers_are_machines_and_there_once() -> None:
    assert problems(resolvers=["9.9.9.9", "2620:fe::fe", "9.9.9.9"]) == {"resolvers[2]": "network_twice"}
    assert problems(resolvers=["224.0.0.1"]) == {"resolvers[0]": "network_not_a_host"}
    assert problems(resolvers=["dns.example"]) == {"resolvers[0]": "network_ip"}
    assert problems(resolvers=["9.9.9.9"] * 5) == {"resolvers": "list_too_long"}


def test_a_mask_is_taken_for_its_prefix() -> None:
    network = parse_noun(Network, {"ipv4": {"method": "static", "address": "192.168.1.5/255.255.255.0"}})
    assert network.ipv4.address == "192.168.1.5/24"


@given(st.ip_addresses(v=4), st.integers(0, 32), st.ip_addresses(v=4))
def test_what_is_taken_stays_what_it_is(address: object, prefix: int, gateway: object) -> None:
    ipv4 = {"method": "static", "address": f"{address}/{prefix}", "gateway": str(gateway)}
    network = parse_noun(Network, {"interface": "eth0", "ipv4": ipv4})
    assert parse_noun(Network, network.model_dump(mode="json")) == network
    if not any(found.severity == "error" for found in verify_network(network, LINKS)):
        interface = ip_interface(f"{address}/{prefix}")
        assert gateway in interface.network and gateway != address
        assert not interface.is_multicast and not interface.is_loopback
