"""The form of the network settings: pure, from the settings to texts that are typed, and back to a merge patch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from appliance.cli.console.keys import letter
from appliance.cli.console.screen import clean
from appliance.cli.console.state import State
from appliance.cli.console.words import isolated
from appliance.model.texts import field_label

_LONGEST = 96
_TYPED = frozenset("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.:/, -")
_METHODS = {
    "ipv4.method": ("dhcp", "static"), "ipv6.method": ("automatic", "static", "off"),
    "phones_vlan.method": ("static", "dhcp"),
}  # fmt: skip
_FIELDS = (
    "interface", "ipv4.method", "ipv4.address", "ipv4.gateway", "ipv6.method", "ipv6.address", "ipv6.gateway",
    "resolvers", "phones_vlan.id", "phones_vlan.method", "phones_vlan.address",
)  # fmt: skip
TRY = "try"
"""The last row."""


def begun(state: State) -> dict[str, str]:
    """The form as it opens: what is in effect."""
    view = state.answer("network.show") or {}
    settings = (view.get("trial") or view)["settings"]
    values = dict.fromkeys(_FIELDS, "")
    for name in _FIELDS:
        value: Any = settings
        for step in name.split("."):
            value = None if value is None else value.get(step)
        values[name] = ", ".join(value) if isinstance(value, list) else "" if value is None else str(value)
    values["phones_vlan.method"] = values["phones_vlan.method"] or "static"
    if not values["interface"] and len(links(state)) == 1:
        values["interface"] = links(state)[0]
    return values


def links(state: State) -> list[str]:
    """Names of the interfaces that settings can be for."""
    return [one["name"] for one in (state.answer("network.show") or {}).get("links", ()) if one["name"] != "phones"]


def shown(values: Mapping[str, str]) -> list[str]:
    """The rows that mean something now."""
    rows = [name for name in _FIELDS if _means_something(name, values)]
    return [*rows, TRY]


def _means_something(name: str, values: Mapping[str, str]) -> bool:
    family, _, field = name.partition(".")
    if family == "phones_vlan" and field != "id" and not values["phones_vlan.id"]:
        return False
    return field not in ("address", "gateway") or values[f"{family}.method"] == "static"


def changes(values: Mapping[str, str]) -> dict[str, Any]:
    """The merge patch for ``network.edit``: every field, so that nothing is left of what was before."""
    patch: dict[str, Any] = {"interface": values["interface"] or None}
    for family in ("ipv4", "ipv6"):
        own = {name: values[f"{family}.{name}"].strip() or None for name in ("address", "gateway")}
        method = values[f"{family}.method"]
        patch[family] = {"method": method, **(own if method == "static" else dict.fromkeys(own))}
    patch["resolvers"] = values["resolvers"].replace(",", " ").split()
    vlan = values["phones_vlan.id"].strip()
    method = values["phones_vlan.method"]
    address = values["phones_vlan.address"].strip() or None
    patch["phones_vlan"] = (
        {"id": int(vlan) if vlan.isdecimal() else vlan, "method": method,
         "address": address if method == "static" else None}
        if vlan else None
    )  # fmt: skip
    return patch


def pressed(state: State, key: str) -> State:
    """A key that stays on the form."""
    rows = shown(state.values)
    at = min(state.selected, len(rows) - 1)
    name = rows[at]
    value = state.values.get(name, "")
    if key in ("down", "enter"):
        return replace(state, selected=min(at + 1, len(rows) - 1))
    if key == "up":
        return replace(state, selected=max(at - 1, 0))
    if name == TRY:
        return state
    if choices := _choices(state, name):
        if key != " ":
            return state
        place = choices.index(value) if value in choices else -1
        return replace(state, values={**state.values, name: choices[(place + 1) % len(choices)]}, selected=at)
    if key == "backspace":
        value = value[:-1]
    else:
        typed = letter(key) if key.isdecimal() else key
        if len(typed) != 1 or typed not in _TYPED or len(value) >= _LONGEST:
            return state
        value += typed
    return replace(state, values={**state.values, name: value}, selected=at)


def _choices(state: State, name: str) -> tuple[str, ...]:
    return ("", *links(state)) if name == "interface" else _METHODS.get(name, ())


def body(state: State) -> list[str]:
    """Its lines."""
    rows = shown(state.values)
    at = min(state.selected, len(rows) - 1)
    lines = []
    for index, name in enumerate(rows):
        mark = ">" if index == at else " "
        if name == TRY:
            lines += ["", f"{mark} {state.say('network_try')}"]
            continue
        value = state.values[name]
        said = _said(state, name, value)
        cursor = "_" if index == at and not _choices(state, name) else ""
        label = field_label(("network", *name.split(".")), state.language)
        lines.append(f"{mark} {label}: {isolated(clean(said + cursor), state.language)}")
    return lines


def _said(state: State, name: str, value: str) -> str:
    if name in _METHODS:
        return state.say(f"method_{value}")
    return state.say("every_link") if name == "interface" and not value else value
