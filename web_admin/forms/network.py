"""The form of the box's network settings."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from typing import Any

from flask_babel import lazy_gettext

from appliance.model.network import Network
from web_admin.forms.field import Field, Section
from web_admin.forms.form import Form

_METHODS4 = {"dhcp": lazy_gettext("By DHCP"), "static": lazy_gettext("Static")}
_METHODS6 = {
    "automatic": lazy_gettext("From the router"),
    "static": lazy_gettext("Static"),
    "off": lazy_gettext("Off"),
}


def network_form(interfaces: Iterable[str]) -> Form:
    """An empty form. interfaces: names of those that the box has."""
    names = {name: name for name in interfaces}
    every = lazy_gettext("Every one, by DHCP")
    return Form(
        Network,
        (
            Section(
                lazy_gettext("Addresses"),
                (
                    Field(("interface",), "choice", words=names, empty=every),
                    Field(("ipv4", "method"), "choice", words=_METHODS4),
                    Field(("ipv4", "address"), "dialable", lazy_gettext("With its prefix: 192.168.1.5/24")),
                    Field(("ipv4", "gateway"), "dialable"),
                    Field(("ipv6", "method"), "choice", words=_METHODS6),
                    Field(("ipv6", "address"), "dialable", lazy_gettext("With its prefix: fd00::5/64")),
                    Field(("ipv6", "gateway"), "dialable"),
                    Field(("resolvers",), "words", lazy_gettext("At most four, with spaces between.")),
                ),
            ),
            Section(
                lazy_gettext("A VLAN for phones"),
                (
                    Field(("phones_vlan", "id"), "whole", lazy_gettext("Its number on the switch; empty for none.")),
                    Field(("phones_vlan", "method"), "choice", words=_METHODS4),
                    Field(("phones_vlan", "address"), "dialable", lazy_gettext("With its prefix: 10.20.0.1/24")),
                ),
                lazy_gettext("Phones reach the box in it; the box's way out stays the other network."),
            ),
        ),
        "network",
    )


def settings(form: Form, before: dict[str, Any]) -> dict[str, Any]:
    """The whole settings as typed: what belongs to a static address goes when the address is given by the network."""
    vlan = form.values.get("phones_vlan.id", "").strip()
    after = form.document({**deepcopy(before), "phones_vlan": before.get("phones_vlan") or {}})
    for family in ("ipv4", "ipv6"):
        if after[family].get("method") != "static":
            after[family] |= {"address": None, "gateway": None}
    if not vlan:
        after["phones_vlan"] = None
    elif after["phones_vlan"].get("method") == "dhcp":
        after["phones_vlan"]["address"] = None
    return after
