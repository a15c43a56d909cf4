"""How the box is connected: addresses, gateway, name servers, a VLAN for phones.

Not a part of the site: a site file moved to another box must not bring the first one's address along
(docs/adr/0055-network-settings-belong-to-the-box.md). Pure; the interfaces that there are come in as an argument.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv4Address, IPv4Interface, IPv6Address, IPv6Interface, ip_address, ip_interface
from typing import Annotated, Any, Literal

from pydantic import Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from appliance.model.fields import Noun, Rule, Whole
from appliance.model.problems import Path, Problem

InterfaceName = Annotated[str, Rule("network_interface_name", r"^[A-Za-z0-9][A-Za-z0-9_.\-]{0,14}$", 1, 15)]
"""As the kernel names it: at most 15 bytes (linux/if.h, IFNAMSIZ)."""


@dataclass(frozen=True, slots=True)
class _Written:
    """An address as text, given back in its shortest form. family: 4, 6 or 0 for either; prefix: ``/24`` belongs to it.

    IPv4 also takes a mask in place of a prefix (``192.168.1.5/255.255.255.0``).
    """

    family: Literal[0, 4, 6]
    prefix: bool = False

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self.check, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        published = handler(schema)
        letters = {4: "0-9.", 6: "0-9A-Fa-f:.", 0: "0-9A-Fa-f:."}[self.family]
        tail = r"\/[0-9.]{1,15}" if self.prefix else ""
        published |= {"pattern": f"^[{letters}]{{2,45}}{tail}$", "minLength": 2, "maxLength": 61}
        return published

    def check(self, text: str) -> str:
        """The shortest form, or the problem ``network_ipv4`` and the like."""
        code = {4: "network_ipv4", 6: "network_ipv6", 0: "network_ip"}[self.family]
        try:
            if "%" in text or not text.isascii():
                raise ValueError
            found = ip_interface(text) if self.prefix else ip_address(text)
        except ValueError:
            raise PydanticCustomError(f"{code}_prefix" if self.prefix else code, "no address", {}) from None
        if self.family and found.version != self.family:
            raise PydanticCustomError(f"{code}_prefix" if self.prefix else code, "another family", {})
        if self.prefix and "/" not in text:
            raise PydanticCustomError("network_prefix_missing", "no prefix", {})
        return str(found)


Ipv4Text = Annotated[str, _Written(4)]
Ipv4WithPrefix = Annotated[str, _Written(4, prefix=True)]
Ipv6Text = Annotated[str, _Written(6)]
Ipv6WithPrefix = Annotated[str, _Written(6, prefix=True)]
IpText = Annotated[str, _Written(0)]


class Ipv4Method(StrEnum):
    """Where an IPv4 address comes from."""

    DHCP = "dhcp"
    STATIC = "static"


class Ipv6Method(StrEnum):
    """Where IPv6 addresses come from: the router (and DHCPv6 where it says so), these settings, or nowhere."""

    AUTOMATIC = "automatic"
    STATIC = "static"
    OFF = "off"


class Ipv4(Noun):
    """address: with its prefix, ``192.168.1.5/24``; address and gateway only with ``static``."""

    method: Ipv4Method = Ipv4Method.DHCP
    address: Ipv4WithPrefix | None = None
    gateway: Ipv4Text | None = None


class Ipv6(Noun):
    """As :class:`Ipv4`. A gateway may be the router's link-local address."""

    method: Ipv6Method = Ipv6Method.AUTOMATIC
    address: Ipv6WithPrefix | None = None
    gateway: Ipv6Text | None = None


class PhonesVlan(Noun):
    """A tagged VLAN (IEEE 802.1Q) on the same cable, in which phones reach the box. Never its way out: no gateway."""

    id: Whole = Field(ge=1, le=4094)
    method: Ipv4Method = Ipv4Method.STATIC
    address: Ipv4WithPrefix | None = None


class Network(Noun):
    """interface: whose settings these are; None: every one that has a cable, by DHCP.

    resolvers: name servers; with DHCP in place of those that it gives.
    """

    interface: InterfaceName | None = None
    ipv4: Ipv4 = Ipv4()
    ipv6: Ipv6 = Ipv6()
    resolvers: tuple[IpText, ...] = Field(default=(), max_length=4)
    phones_vlan: PhonesVlan | None = None


def verify_network(network: Network, interfaces: Collection[str]) -> list[Problem]:
    """Everything that is wrong between the fields. interfaces: names of those that the box has."""
    return list(_problems(network, interfaces))


def _problems(network: Network, interfaces: Collection[str]) -> Iterator[Problem]:
    static = network.ipv4.method is Ipv4Method.STATIC or network.ipv6.method is Ipv6Method.STATIC
    shown = ", ".join(sorted(interfaces)) or "-"
    if network.interface is None and (static or network.phones_vlan is not None):
        yield Problem(("interface",), "network_interface_needed", {"interfaces": shown})
    elif network.interface is not None and network.interface not in interfaces:
        yield Problem(("interface",), "network_no_interface", {"name": network.interface, "interfaces": shown})
    yield from _family(("ipv4",), network.ipv4.method is Ipv4Method.STATIC, network.ipv4.address, network.ipv4.gateway)
    yield from _family(("ipv6",), network.ipv6.method is Ipv6Method.STATIC, network.ipv6.address, network.ipv6.gateway)
    if network.phones_vlan is not None:
        yield from _vlan(network.phones_vlan, network)
    for index, text in enumerate(network.resolvers):
        one = ip_address(text)
        if one.is_unspecified or one.is_multicast or one.is_link_local:
            yield Problem(("resolvers", index), "network_not_a_host", {"address": text})
        elif text in network.resolvers[:index]:
            yield Problem(("resolvers", index), "network_twice", {"address": text})
    if network.ipv4.method is Ipv4Method.STATIC and not network.resolvers:
        yield Problem(("resolvers",), "network_no_resolver", {}, "warning")
    if network.ipv4.method is Ipv4Method.STATIC and network.ipv4.gateway is None:
        yield Problem(("ipv4", "gateway"), "network_no_gateway", {}, "warning")


def _family(at: Path, static: bool, address: str | None, gateway: str | None) -> Iterator[Problem]:
    if not static:
        for name, value in (("address", address), ("gateway", gateway)):
            if value is not None:
                yield Problem((*at, name), "network_only_static")
        return
    if address is None:
        yield Problem((*at, "address"), "network_address_needed")
        return
    interface = ip_interface(address)
    if not _may_be_ours(interface):
        yield Problem((*at, "address"), "network_not_a_host", {"address": address})
    if gateway is None:
        return
    via = ip_address(gateway)
    if via == interface.ip:
        yield Problem((*at, "gateway"), "network_gateway_is_box")
    elif via.version == 6 and via.is_link_local:
        return
    elif via not in interface.network or not _is_host(via, interface):
        yield Problem((*at, "gateway"), "network_gateway_outside", {"network": str(interface.network)})


def _vlan(vlan: PhonesVlan, network: Network) -> Iterator[Problem]:
    at: Path = ("phones_vlan",)
    if vlan.method is Ipv4Method.DHCP:
        if vlan.address is not None:
            yield Problem((*at, "address"), "network_only_static")
        return
    if vlan.address is None:
        yield Problem((*at, "address"), "network_address_needed")
        return
    own = IPv4Interface(vlan.address)
    if not _may_be_ours(own):
        yield Problem((*at, "address"), "network_not_a_host", {"address": vlan.address})
    if network.ipv4.method is Ipv4Method.STATIC and network.ipv4.address is not None:
        lan = IPv4Interface(network.ipv4.address)
        if lan.network.overlaps(own.network):
            yield Problem((*at, "address"), "network_overlap", {"network": str(lan.network)})


def _may_be_ours(interface: IPv4Interface | IPv6Interface) -> bool:
    """Whether a machine can have the address: RFC 1122, 3.2.1.3; RFC 4291, 2.5 and 2.7."""
    one = interface.ip
    if one.is_unspecified or one.is_loopback or one.is_multicast or one.is_link_local:
        return False
    return not (one.version == 4 and one.is_reserved) and _is_host(one, interface)


def _is_host(one: IPv4Address | IPv6Address, interface: IPv4Interface | IPv6Interface) -> bool:
    """Not the network itself and not its broadcast; a net of one or two addresses has neither (RFC 3021)."""
    net = interface.network
    if net.version == 6 or net.prefixlen >= 31:
        return True
    return one not in (net.network_address, net.broadcast_address)
