"""A cable from the machine to one phone: a second network card, its other end in a namespace of its own."""

from __future__ import annotations

import subprocess
from zlib import crc32

from tests.image.machine import Machine
from tests.phones.namespace import Namespace

BOX_ADDRESS, PHONE_ADDRESS = "10.79.0.2", "10.79.0.1"
MAC = "52:54:00:79:00:02"


class Lan:
    """Its names come from the machine's folder, so that it is found again."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self.name = f"ln{crc32(str(machine.folder).encode()):08x}"
        self.phone = Namespace(self.name, PHONE_ADDRESS, self.name)

    def words(self) -> list[str]:
        """What QEMU is told: it makes the interface, which goes with it."""
        return [
            "-netdev", f"tap,id=phones,ifname={self.name},script=no,downscript=no",
            "-device", f"virtio-net-pci,netdev=phones,mac={MAC},romfile=",
        ]  # fmt: skip

    def plug_in(self) -> None:
        """Once the machine is on."""
        _ip("netns", "add", self.name)
        _ip("link", "set", self.name, "netns", self.name)
        _ip("-n", self.name, "link", "set", "lo", "up")
        _ip("-n", self.name, "address", "add", f"{PHONE_ADDRESS}/24", "dev", self.name)
        _ip("-n", self.name, "link", "set", self.name, "up")
        card = f"$(basename $(dirname $(grep -l {MAC} /sys/class/net/*/address)))"
        self.machine.sh(f"ip address add {BOX_ADDRESS}/24 dev {card}")

    def unplug(self) -> None:
        _ip("netns", "delete", self.name)


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True, text=True)
