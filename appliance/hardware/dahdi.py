"""What DAHDI says of the devices that its drivers have: ``/sys/bus/dahdi_devices``.

Names and forms of the attributes: dahdi-linux, drivers/dahdi/dahdi-sysfs.c and dahdi-sysfs-chan.c.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from appliance.hardware.tree import Tree

DEVICES = "sys/bus/dahdi_devices/devices"
ASTRIBANKS = "sys/bus/astribanks/devices"
ANALOG = frozenset({"FXS", "FXO", "ANALOG_MIXED"})
"""Types of span whose channels are ports of their own."""


@dataclass(frozen=True, slots=True)
class Channel:
    """position: within its span, from 1. name: ``WCTDM/0/3``. abilities: the signallings it can be given, in DAHDI's
    words; empty for a socket without a module.
    """

    position: int
    number: int
    name: str
    abilities: frozenset[str]


@dataclass(frozen=True, slots=True)
class DeviceSpan:
    """local: within the device, from 1. span, base: None before it is assigned, and then of width 0.

    width: how many channels it has. channels: those of an analog span; those of a digital one are all alike.
    """

    local: int
    span_type: str
    span: int | None
    base: int | None
    width: int
    channels: tuple[Channel, ...]


@dataclass(frozen=True, slots=True)
class DahdiDevice:
    """name: ``pci:0000:03:04.0``. parent: the bus device it belongs to, as :class:`BusDevice` names it, None for a
    dynamic span. hardware_id and location are empty where the driver gives none.
    """

    name: str
    parent: str | None
    model: str
    hardware_id: str
    location: str
    spans: tuple[DeviceSpan, ...]


def identity(text: str) -> str:
    """A hardware id or location as ``assigned-spans.conf`` is compared with it (dahdi-tools, dahdi_span_assignments,
    ``attr_clean``).
    """
    return re.sub(r"[^a-zA-Z0-9/:.-]", "_", text.replace("!", "/"))


def dahdi_devices(tree: Tree) -> Iterator[DahdiDevice]:
    """Every device, by name."""
    for name in tree.names(DEVICES):
        path = f"{DEVICES}/{name}"
        types = _types(tree, path)
        assigned = {}
        for entry in tree.names(path):
            if re.fullmatch(r"span-\d+", entry):
                local = tree.number(f"{path}/{entry}/local_spanno")
                if local is not None:
                    assigned[local] = _assigned(tree, f"{path}/{entry}", local, types.get(local, ""))
        spans = [assigned.get(local) or DeviceSpan(local, kind, None, None, 0, ()) for local, kind in types.items()]
        yield DahdiDevice(
            name=name,
            parent=_parent(tree, name),
            model=tree.text(f"{path}/type"),
            hardware_id=_said(tree.text(f"{path}/hardware_id")),
            location=_said(tree.text(f"{path}/location")),
            spans=tuple(sorted(spans, key=lambda span: span.local)),
        )


def _types(tree: Tree, path: str) -> dict[int, str]:
    """``1:E1`` a line. The attribute is ``spantype`` on kernels before 4.13."""
    text = tree.text(f"{path}/dahdi_spantype") or tree.text(f"{path}/spantype")
    found = (line.partition(":") for line in text.splitlines())
    return {int(local): kind.strip() for local, _, kind in found if local.strip().isdecimal()}


def _assigned(tree: Tree, path: str, local: int, span_type: str) -> DeviceSpan:
    span_type = span_type or tree.text(f"{path}/spantype")
    channels = []
    for entry in tree.names(path) if span_type in ANALOG else ():
        if entry.startswith("dahdi!chan!"):
            position, number = (tree.number(f"{path}/{entry}/{name}") for name in ("chanpos", "channo"))
            if position is not None and number is not None:
                abilities = frozenset(tree.text(f"{path}/{entry}/sigcap").split())
                channels.append(Channel(position, number, tree.text(f"{path}/{entry}/name"), abilities))
    return DeviceSpan(
        local,
        span_type,
        int(path.rpartition("-")[2]),
        tree.number(f"{path}/basechan"),
        tree.number(f"{path}/channels") or len(channels),
        tuple(sorted(channels, key=lambda channel: channel.position)),
    )


def _parent(tree: Tree, name: str) -> str | None:
    """``pci:…`` is the device; ``usb:1-2:1.0`` an interface of one; an Astribank says which interface carries it."""
    bus, _, address = name.partition(":")
    if bus == "astribanks":
        transport = tree.link(f"{ASTRIBANKS}/{address}/transport")
        bus, address = ("usb", transport) if transport else ("", "")
    if bus == "usb":
        return f"usb:{address.partition(':')[0]}"
    return f"pci:{address}" if bus == "pci" else None


def _said(text: str) -> str:
    """What the driver says; the kernel prints a pointer to nothing as ``(null)``."""
    return "" if text == "(null)" else text
