"""Devices on PCI and USB, by what they say they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from appliance.hardware.tree import Tree
from appliance.model.card_profiles import DeviceId

PCI = "sys/bus/pci/devices"
USB = "sys/bus/usb/devices"


@dataclass(frozen=True, slots=True)
class BusDevice:
    """A device. name: as DAHDI names its parent, ``pci:0000:03:04.0`` or ``usb:1-2``. driver: that has it, if any."""

    name: str
    identifier: DeviceId
    driver: str | None

    @property
    def location(self) -> str:
        """Where it sits, in the words of DAHDI's drivers: bus in decimal, slot from 1 (for instance wcaxx-base.c,
        ``PCI Bus %02d Slot %02d``).
        """
        if self.identifier.bus == "usb":
            return self.name
        _, _, bus, slot = self.name.split(":")
        return f"PCI Bus {int(bus, 16):02} Slot {int(slot.partition('.')[0], 16) + 1:02}"


def bus_devices(tree: Tree) -> Iterator[BusDevice]:
    """Every device on PCI, then on USB, by address."""
    for address in tree.names(PCI):
        found = DeviceId.of_alias(tree.text(f"{PCI}/{address}/modalias"))
        if found is not None and address.count(":") == 2:
            yield BusDevice(f"pci:{address}", found, tree.link(f"{PCI}/{address}/driver"))
    for address in tree.names(USB):
        vendor, product = (tree.text(f"{USB}/{address}/{name}") for name in ("idVendor", "idProduct"))
        found = DeviceId.of_alias(f"usb:v{vendor.upper()}p{product.upper()}d")
        if found is not None:
            yield BusDevice(f"usb:{address}", found, _usb_driver(tree, address))


def _usb_driver(tree: Tree, address: str) -> str | None:
    """The driver of a device's first interface: the device's own is ``usb`` for all of them."""
    for name in tree.names(f"{USB}/{address}"):
        if name.startswith(f"{address}:"):
            driver = tree.link(f"{USB}/{address}/{name}/driver")
            if driver is not None:
                return driver
    return None
