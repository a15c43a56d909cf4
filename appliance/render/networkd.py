"""Network settings as files of systemd-networkd (systemd.network(5), systemd.netdev(5))."""

from __future__ import annotations

from appliance.model.network import Ipv4Method, Ipv6Method, Network, PhonesVlan
from appliance.render.escape import unit_value

LAN_FILE = "10-loopstart-lan.network"
"""Read before the image's own ``20-lan.network``, which serves every interface that these files do not name."""
VLAN_DEVICE_FILE = "10-loopstart-phones.netdev"
VLAN_FILE = "11-loopstart-phones.network"
VLAN_NAME = "phones"
EVERY_INTERFACE = "en* eth*"
"""As ``base__dhcp_interfaces`` of ansible/roles/base."""
_MADE = "# Made by Loopstart from the network settings (appliance/render/networkd.py).\n"
_DHCP = ("ClientIdentifier=mac", "UseNTP=yes", "UseHostname=no")
_ALIKE = ("MulticastDNS=no", "LLMNR=no")

Section = tuple[str, tuple[str, ...]]


def render_networkd(network: Network, hardware_address: str | None) -> dict[str, str]:
    """File name -> text; none where the image's own settings say the same.

    hardware_address: of ``network.interface``. The file names the card by it and not by its name, which changes when
    a telephony card goes into another slot (systemd.net-naming-scheme(7)).
    """
    if network == Network():
        return {}
    files = {LAN_FILE: _text(_lan(network, hardware_address))}
    if network.phones_vlan is not None:
        files[VLAN_DEVICE_FILE] = _text(
            (
                ("NetDev", (f"Name={VLAN_NAME}", "Kind=vlan")),
                ("VLAN", (f"Id={network.phones_vlan.id:d}",)),
            )
        )
        files[VLAN_FILE] = _text(_phones(network.phones_vlan))
    return files


def _lan(network: Network, hardware_address: str | None) -> tuple[Section, ...]:
    if network.interface is None or hardware_address is None:
        match: tuple[str, ...] = (f"Name={EVERY_INTERFACE}",)
    else:
        match = (f"MACAddress={unit_value(hardware_address)}", "Type=!vlan")
    ipv4, ipv6 = network.ipv4, network.ipv6
    dhcp4 = ipv4.method is Ipv4Method.DHCP
    dhcp = {(True, True): "yes", (True, False): "ipv4", (False, True): "ipv6", (False, False): "no"}
    lines = [f"DHCP={dhcp[dhcp4, ipv6.method is Ipv6Method.AUTOMATIC]}", *_ALIKE]
    lines.append(f"IPv6AcceptRA={'yes' if ipv6.method is Ipv6Method.AUTOMATIC else 'no'}")
    if ipv6.method is Ipv6Method.OFF:
        lines.append("LinkLocalAddressing=no")
    for one in (ipv4.address, ipv6.address):
        lines += [f"Address={unit_value(one)}"] if one else []
    for one in (ipv4.gateway, ipv6.gateway):
        lines += [f"Gateway={unit_value(one)}"] if one else []
    lines += [f"DNS={unit_value(one)}" for one in network.resolvers]
    if network.phones_vlan is not None:
        lines.append(f"VLAN={VLAN_NAME}")
    sections: list[Section] = [("Match", match), ("Network", tuple(lines))]
    given = ("UseDNS=no",) if network.resolvers else ()
    if dhcp4:
        sections.append(("DHCPv4", (*_DHCP, *given)))
    if ipv6.method is Ipv6Method.AUTOMATIC and given:
        sections += [("DHCPv6", given), ("IPv6AcceptRA", given)]
    return tuple(sections)


def _phones(vlan: PhonesVlan) -> tuple[Section, ...]:
    match: Section = ("Match", (f"Name={VLAN_NAME}", "Type=vlan"))
    quiet = ("IPv6AcceptRA=no", "LinkLocalAddressing=no")
    if vlan.method is Ipv4Method.STATIC:
        address = (f"Address={unit_value(vlan.address)}",) if vlan.address else ()
        return match, ("Network", ("DHCP=no", *_ALIKE, *quiet, *address))
    # Its own gateway and name servers would draw all of the box's traffic into the phones' network.
    return match, ("Network", ("DHCP=ipv4", *_ALIKE, *quiet)), ("DHCPv4", (*_DHCP, "UseGateway=no", "UseDNS=no"))


def _text(sections: tuple[Section, ...]) -> str:
    return _MADE + "\n".join(f"[{name}]\n" + "".join(f"{line}\n" for line in lines) for name, lines in sections)
