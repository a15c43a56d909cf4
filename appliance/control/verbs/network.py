"""The network of the box: how it is, and its settings, tried before they are kept."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from appliance.control.asker import Call
from appliance.control.errors import RefusedError
from appliance.control.network import network, settings
from appliance.control.registry import Args, NoArgs, verb
from appliance.control.rooms import Rooms
from appliance.model.access import Permission
from appliance.model.fields import Whole
from appliance.model.machine_shown import NetworkView
from appliance.model.merge import merge_patch
from appliance.model.network import Network, verify_network
from appliance.model.site import parse_noun
from appliance.render.networkd import VLAN_NAME, render_networkd


class EditArgs(Args):
    """changes: a merge patch (RFC 7396) on the settings that are in effect. confirm_within_s: seconds of the trial."""

    changes: dict[str, Any]
    confirm_within_s: Whole = Field(default=120, ge=10, le=3600)


@verb("network.show", Permission.STATUS_READ)
def show(rooms: Rooms, call: Call, args: NoArgs) -> NetworkView:
    """Links, cables, addresses and where they came from; the settings, and what is being tried."""
    return network(rooms.tasks, rooms.clock())


@verb("network.edit", Permission.SITE_APPLY, changes=True)
def edit(rooms: Rooms, call: Call, args: EditArgs) -> NetworkView:
    """Try other settings. They are undone by themselves unless ``network.confirm`` comes in time."""
    before = network(rooms.tasks, rooms.clock())
    in_effect = before.settings if before.trial is None else before.trial.settings
    wanted = parse_noun(Network, merge_patch(Network, in_effect.model_dump(mode="json"), args.changes))
    links = {link.name: link.hardware_address for link in before.links if link.name != VLAN_NAME}
    found = verify_network(wanted, links)
    if any(problem.severity == "error" for problem in found):
        raise RefusedError("problems", found)
    files = render_networkd(wanted, links.get(wanted.interface or ""))
    call.audit(wanted.interface or "", settings=wanted.model_dump(mode="json"))
    rooms.tasks.ask("network", do="try", settings=wanted.model_dump(mode="json"), files=files,
                    seconds=args.confirm_within_s)  # fmt: skip
    return network(rooms.tasks, rooms.clock())


@verb("network.confirm", Permission.SITE_APPLY, changes=True)
def confirm(rooms: Rooms, call: Call, args: NoArgs) -> NetworkView:
    """Keep what is being tried."""
    _trial(rooms)
    rooms.tasks.ask("network", do="confirm")
    return network(rooms.tasks, rooms.clock())


@verb("network.revert", Permission.SITE_APPLY, changes=True)
def revert(rooms: Rooms, call: Call, args: NoArgs) -> NetworkView:
    """Go back to the settings before the trial, now."""
    _trial(rooms)
    rooms.tasks.ask("network", do="revert")
    return network(rooms.tasks, rooms.clock())


def _trial(rooms: Rooms) -> None:
    if settings(rooms.tasks, rooms.clock()).trial is None:
        raise RefusedError("network_no_trial")
