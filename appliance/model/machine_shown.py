"""The machine below the telephone system as people are shown it: its network, its power, its disks."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from appliance.model.changes import Shown
from appliance.model.network import Network


class AddressView(Shown):
    """An address of a link. source: ``DHCPv4``, ``NDisc``, ``static``, ``foreign`` and so on, as systemd-networkd says;
    scope: ``global`` or ``link``.
    """

    address: str
    prefix: int
    source: str = ""
    scope: str = "global"


class LinkView(Shown):
    """A network interface. cable: whether there is a signal on it; state: systemd-networkd's operational state."""

    name: str
    hardware_address: str = ""
    cable: bool = False
    state: str = ""
    addresses: tuple[AddressView, ...] = ()
    gateways: tuple[str, ...] = ()
    resolvers: tuple[str, ...] = ()


class NetworkTrial(Shown):
    """Settings that are tried until a moment, and undone unless they are confirmed before."""

    settings: Network
    until: datetime
    seconds_left: int


class NetworkView(Shown):
    """Every link but loopback. known: False where systemd-networkd did not answer.

    settings: those that were confirmed. last: how the last trial since the start ended: ``confirmed``, ``undone`` by
    somebody, ``expired``, ``failed``.
    """

    known: bool
    links: tuple[LinkView, ...] = ()
    settings: Network = Network()
    trial: NetworkTrial | None = None
    last: str | None = None


class PowerView(Shown):
    """What waits for the last call to end: ``restart``, ``off`` or nothing. at: not before this moment."""

    waiting: Literal["restart", "off"] | None = None
    since: datetime | None = None
    at: datetime | None = None


class DiskView(Shown):
    """A disk this system could be installed onto. size: bytes. holds: file systems with their labels, in words.

    refused: code of the sentence that says why it cannot be used; None: it can.
    """

    name: str
    model: str = ""
    serial: str = ""
    size: int
    transport: str = ""
    holds: tuple[str, ...] = ()
    refused: str | None = None


class InstallProgress(Shown):
    """How far an installation is. step: ``slot``, ``check``, ``data``, ``boot``, ``finished``, ``failed``; bytes."""

    step: str
    disk: str
    done: int = 0
    all: int = 0
    error: str = ""


class InstallView(Shown):
    """The disks beside the one this system runs from (source). progress: of an installation, if any."""

    disks: tuple[DiskView, ...] = ()
    source: str = ""
    progress: InstallProgress | None = None
