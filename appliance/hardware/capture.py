"""Write a box's hardware down, and put it up again as a tree that :func:`find_cards` takes for the box.

Only attributes that are named here are read: identifiers, what DAHDI and its drivers say, parameters of their modules.
No secret is among them. Serial numbers are those of telephony cards only, because their spans are known by them.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from appliance.hardware.buses import PCI, USB
from appliance.hardware.dahdi import ANALOG, ASTRIBANKS, DEVICES
from appliance.hardware.profiles import profiles
from appliance.hardware.span_states import PROC, SPANS
from appliance.hardware.tree import Tree
from appliance.model.hardware_capture import MAX_TEXT, HardwareCapture

_PCI = ("modalias", "vendor", "device", "subsystem_vendor", "subsystem_device", "class", "revision")
_USB = ("idVendor", "idProduct", "bcdDevice", "manufacturer", "product")
_DEVICE = ("manufacturer", "type", "span_count", "hardware_id", "location", "dahdi_spantype", "spantype")
_SPAN = (
    "name", "desc", "spantype", "local_spanno", "alarms", "lbo", "syncsrc", "is_digital", "is_sync_master", "basechan",
    "channels", "lineconfig", "linecompat",
)  # fmt: skip
_CHANNEL = ("name", "channo", "chanpos", "sig", "sigcap", "alarms", "in_use", "ec_factory", "ec_state")
_ASTRIBANK = ("connector", "label", "status", "xbus_state")
_DAHDI_MODULES = (
    "dahdi",
    "dahdi_dynamic",
    "dahdi_dynamic_loc",
    "dahdi_dynamic_eth",
    "dahdi_transcode",
    "xpp",
    "oct612x",
)


def capture(root: Path, taken: datetime, version: str = "") -> HardwareCapture:
    """Everything that finding the cards below a root needs, and what helps to understand them."""
    taking = _Taking(Tree(root))
    taking.pci()
    taking.usb()
    taking.dahdi()
    taking.modules(sorted({one.module.name for one in profiles().values() if one.module} | set(_DAHDI_MODULES)))
    kernel = taking.tree.text("proc/sys/kernel/osrelease")
    taking.aliases(kernel)
    return HardwareCapture(taken=taken, version=version, kernel=kernel, files=taking.files, links=taking.links)


def replay(captured: HardwareCapture, root: Path) -> None:
    """Put a capture up below an empty directory. Its paths cannot lead out of it (the model refuses such)."""
    for path, text in captured.files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text + "\n", encoding="utf-8")
    for path, target in captured.links.items():
        (root / target).mkdir(parents=True, exist_ok=True)
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.symlink_to(os.path.relpath(root / target, place.parent))


class _Taking:
    """The files and links found so far."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.files: dict[str, str] = {}
        self.links: dict[str, str] = {}

    def pci(self) -> None:
        for address in self.tree.names(PCI):
            path = self._entry(f"{PCI}/{address}")
            self._attributes(path, _PCI)
            self._link(f"{path}/driver")

    def usb(self) -> None:
        for address in self.tree.names(USB):
            if ":" not in address:  # interfaces are below their devices
                path = self._entry(f"{USB}/{address}")
                self._attributes(path, _USB)
                for interface in self.tree.names(path):
                    if interface.startswith(f"{address}:"):
                        self._attributes(f"{path}/{interface}", ("bInterfaceNumber",))
                        self._link(f"{path}/{interface}/driver")

    def dahdi(self) -> None:
        for name in self.tree.names(DEVICES):
            path = self._entry(f"{DEVICES}/{name}")
            self._attributes(path, _DEVICE)
            for entry in self.tree.names(path):
                if entry.startswith("span-"):
                    self._span(f"{path}/{entry}")
        for name in self.tree.names(SPANS):
            self._entry(f"{SPANS}/{name}")
        for name in self.tree.names(ASTRIBANKS):
            path = self._entry(f"{ASTRIBANKS}/{name}")
            self._attributes(path, _ASTRIBANK)
            self._link(f"{path}/transport")
        for name in self.tree.names(PROC):
            if name.isdecimal():
                self._attributes(PROC, (name,))

    def modules(self, names: Iterable[str]) -> None:
        for name in names:
            path = f"sys/module/{name}"
            self._attributes(path, ("version", "srcversion"))
            self._attributes(f"{path}/parameters", self.tree.names(f"{path}/parameters"))

    def aliases(self, kernel: str) -> None:
        """Which identifiers the kernel's DAHDI modules know: their lines of ``modules.alias``."""
        path = f"lib/modules/{kernel}/modules.alias"
        names = {one.module.name for one in profiles().values() if one.module}
        lines = [line for line in self.tree.text(path).splitlines() if line.rpartition(" ")[2] in names]
        if kernel and lines:
            self.files[path] = "\n".join(lines)[:MAX_TEXT]

    def _span(self, path: str) -> None:
        self._attributes(path, _SPAN)
        if self.tree.text(f"{path}/spantype") in ANALOG:
            for entry in self.tree.names(path):
                if entry.startswith("dahdi!chan!"):
                    self._attributes(f"{path}/{entry}", _CHANNEL)

    def _entry(self, path: str) -> str:
        """A bus shows its devices by links: where the device itself is, and the link remembered."""
        place = self.tree.place(path).removeprefix("/")
        if place != path:
            self.links[path] = place
        return place

    def _link(self, path: str) -> None:
        if self.tree.link(path) is not None:
            self.links[path] = self.tree.place(path).removeprefix("/")

    def _attributes(self, path: str, names: Iterable[str]) -> None:
        for name in names:
            text = self.tree.text(f"{path}/{name}")
            if text:
                self.files[f"{path}/{name}"] = text[:MAX_TEXT]
