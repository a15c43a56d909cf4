"""The network of the box as systemd-networkd sees it: cables, addresses, where they came from, gateways, resolvers;
and its settings, as root's program keeps them (ansible/roles/machine/files/network.py).

Source: org.freedesktop.network1(5), ``Describe()``: one JSON document, given to anybody.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from ipaddress import ip_address
from typing import Any

from appliance.control.machine_tasks import MachineTasks, read_json
from appliance.control.programs import output_of
from appliance.model.machine_shown import AddressView, LinkView, NetworkTrial, NetworkView
from appliance.model.network import Network

_DESCRIBE = (
    "/usr/bin/busctl", "--json=short", "--timeout=3", "call", "org.freedesktop.network1",
    "/org/freedesktop/network1", "org.freedesktop.network1.Manager", "Describe",
)  # fmt: skip


def network(tasks: MachineTasks, now: datetime) -> NetworkView:
    """As it is now. ``known`` is False where systemd-networkd does not answer."""
    shown = output_of(*_DESCRIBE)
    found = NetworkView(known=False) if shown is None else parse_network(shown)
    said = settings(tasks, now)
    return found.model_copy(update={"settings": said.settings, "trial": said.trial, "last": said.last})


def settings(tasks: MachineTasks, now: datetime) -> NetworkView:
    """Without asking systemd-networkd: what was confirmed, what is tried, how the last trial ended."""
    kept = read_json(tasks.kept / "network.json")
    trial = tasks.state("network", "trial.json")
    last = tasks.state("network", "last.json") or {}
    tried = None
    if trial is not None:
        until = datetime.fromisoformat(trial["until"])
        left = max(int((until - now).total_seconds()), 0)
        tried = NetworkTrial(settings=_settings(trial), until=until, seconds_left=left)
    return NetworkView(known=False, settings=_settings(kept), trial=tried, last=last.get("how"))


def _settings(kept: dict[str, Any] | None) -> Network:
    """Of a file that root wrote; the image's own where it has none, or one of a version that is not understood."""
    try:
        return Network() if kept is None else Network.model_validate(kept["settings"])
    except (ValueError, LookupError):
        return Network()


def parse_network(shown: str) -> NetworkView:
    """From the answer to ``Describe``. Loopback and what is not understood is left out, never an error."""
    try:
        described = json.loads(json.loads(shown)["data"][0])
        links = [one for one in described["Interfaces"] if one.get("Type") != "loopback"]
        return NetworkView(known=True, links=tuple(_link(one) for one in links))
    except (ValueError, TypeError, LookupError, AttributeError):
        return NetworkView(known=False)


def _link(one: dict[str, Any]) -> LinkView:
    gateways = [route.get("Gateway") for route in one.get("Routes", ()) if route.get("DestinationPrefixLength") == 0]
    return LinkView(
        name=str(one["Name"]),
        hardware_address=":".join(f"{byte:02x}" for byte in one.get("HardwareAddress") or ()),
        cable=one.get("CarrierState") in ("carrier", "degraded-carrier", "enslaved"),
        state=str(one.get("OperationalState") or ""),
        addresses=tuple(_address(address) for address in one.get("Addresses", ()) if _is_shown(address)),
        gateways=tuple(_texts(gateways)),
        resolvers=tuple(_texts(server.get("Address") for server in one.get("DNS", ()))),
    )


def _is_shown(address: dict[str, Any]) -> bool:
    return address.get("ScopeString") != "host" and address.get("ConfigState") in (None, "configured")


def _address(address: dict[str, Any]) -> AddressView:
    [text] = _texts([address["Address"]])
    return AddressView(
        address=text,
        prefix=int(address["PrefixLength"]),
        source=str(address.get("ConfigSource") or ""),
        scope=str(address.get("ScopeString") or "global"),
    )


def _texts(found: Iterable[list[int] | None]) -> list[str]:
    return list(dict.fromkeys(str(ip_address(bytes(one))) for one in found if one))
