"""``loopstart network``: how the box is connected, and its settings."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from appliance.cli.options import Commands, command, duration, group

if TYPE_CHECKING:
    from appliance.cli.terminal import Terminal


def add_commands(commands: Commands) -> None:
    """Add ``network``."""
    verbs = group(commands, "network", "addresses of the box")
    command(verbs, "show", show, "interfaces, cables and addresses; the settings, and what is being tried")
    set_ = command(verbs, "set", set_settings, "try other settings; they are undone unless confirmed in time")
    set_.add_argument("--interface", metavar="NAME", help="whose settings these are; 'all' for every one by DHCP")
    set_.add_argument("--ipv4", metavar="ADDRESS/PREFIX", help="static, or 'dhcp'")
    set_.add_argument("--gateway4", metavar="ADDRESS", help="with a static address; 'none' for none")
    set_.add_argument("--ipv6", metavar="ADDRESS/PREFIX", help="static, 'automatic' or 'off'")
    set_.add_argument("--gateway6", metavar="ADDRESS", help="with a static address; 'none' for none")
    set_.add_argument("--dns", action="append", metavar="ADDRESS", help="name server (again for more); 'none' for none")
    set_.add_argument("--phones-vlan", metavar="ID", help="tagged VLAN of the phones, 1 to 4094; 'none' for none")
    set_.add_argument("--phones-address", metavar="ADDRESS/PREFIX", help="of the box in it, or 'dhcp'")
    set_.add_argument("--confirm-within", type=duration, default=120, metavar="TIME", help="30s, 2m (default: 2m)")
    command(verbs, "confirm", confirm, "keep the settings that are being tried")
    command(verbs, "revert", revert, "go back to the settings before, now")


def show(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """A row for each address, and one for a link that has none; then the settings."""
    view = terminal.ask("network.show")
    if not terminal.answer(view):
        _links(terminal, view)
        terminal.say()
        _settings(terminal, view)
    return None


def set_settings(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """Try them, and say how to keep them."""
    changes = _changes(arguments)
    view = terminal.ask("network.edit", changes=changes, confirm_within_s=arguments.confirm_within)
    if not terminal.answer(view):
        _settings(terminal, view)
    return None


def confirm(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """Keep them."""
    _done(terminal, "network.confirm", "network_kept")
    return None


def revert(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """Go back."""
    _done(terminal, "network.revert", "network_back")
    return None


def _done(terminal: Terminal, verb: str, said: str) -> None:
    view = terminal.ask(verb)
    if not terminal.answer(view):
        terminal.say(terminal.word(said))


def _changes(arguments: argparse.Namespace) -> dict[str, Any]:
    """A merge patch from the options."""
    changes: dict[str, Any] = {}
    if arguments.interface:
        changes["interface"] = None if arguments.interface == "all" else arguments.interface
    for family, words in (("4", ("dhcp",)), ("6", ("automatic", "off"))):
        part: dict[str, Any] = {}
        address, gateway = getattr(arguments, f"ipv{family}"), getattr(arguments, f"gateway{family}")
        if address in words:
            part = {"method": address, "address": None, "gateway": None}
        elif address is not None:
            part = {"method": "static", "address": address}
        if gateway is not None:
            part["gateway"] = None if gateway == "none" else gateway
        if part:
            changes[f"ipv{family}"] = part
    if arguments.dns is not None:
        changes["resolvers"] = [one for one in arguments.dns if one != "none"]
    vlan, address = arguments.phones_vlan, arguments.phones_address
    if vlan == "none":
        changes["phones_vlan"] = None
    elif vlan is not None or address is not None:
        part = {} if vlan is None else {"id": int(vlan) if vlan.isdecimal() else vlan}
        if address is not None:
            dhcp = address == "dhcp"
            part |= {"method": "dhcp" if dhcp else "static", "address": None if dhcp else address}
        changes["phones_vlan"] = part
    return changes


def _links(terminal: Terminal, view: Mapping[str, Any]) -> None:
    from appliance.cli.table import table

    word = terminal.word
    if not view["known"]:
        terminal.say_error(word("network_unknown"))
        return
    rows = []
    for link in view["links"]:
        addresses = link["addresses"] or [None]
        for address in addresses:
            shown = "" if address is None else f"{address['address']}/{address['prefix']}"
            cable = word("plugged" if link["cable"] else "unplugged")
            rows.append((link["name"], cable, shown, "" if address is None else address["source"]))
    terminal.say(table([word("link"), word("cable"), word("address"), word("source")], rows))


def _settings(terminal: Terminal, view: Mapping[str, Any]) -> None:
    from appliance.cli.table import pairs

    word, trial = terminal.word, view["trial"]
    settings = view["settings"] if trial is None else trial["settings"]
    rows: list[tuple[str, object]] = [(word("link"), settings["interface"] or word("every_link"))]
    for family in ("ipv4", "ipv6"):
        part = settings[family]
        shown = [part["address"] or part["method"], *([f"→ {part['gateway']}"] if part["gateway"] else [])]
        rows.append((family.replace("ip", "IP"), " ".join(shown)))
    rows.append((word("resolvers"), " ".join(settings["resolvers"]) or "-"))
    vlan = settings["phones_vlan"]
    rows.append((word("phones_vlan"), "-" if vlan is None else f"{vlan['id']}  {vlan['address'] or vlan['method']}"))
    terminal.say(pairs(rows))
    if trial is not None:
        terminal.say(word("network_trial", seconds=trial["seconds_left"]))
