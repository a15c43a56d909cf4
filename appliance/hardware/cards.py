"""The cards that are in the box: what the buses show, what DAHDI's drivers say, what profiles know.

Asked again after something was plugged in or a module was loaded, it says what is there then; nothing is remembered
here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from appliance.hardware.buses import BusDevice, bus_devices
from appliance.hardware.dahdi import ANALOG, DEVICES, Channel, DahdiDevice, DeviceSpan, dahdi_devices, identity
from appliance.hardware.profiles import profiles
from appliance.hardware.tree import Tree
from appliance.model.card_profiles import CardProfile, PortGroup, profile_of
from appliance.model.hardware import CardState, FoundCard, FoundPort, FoundSpan, PortKind

_CHANNELS = {PortKind.E1: 31, PortKind.T1: 24, PortKind.J1: 24, PortKind.BRI: 3, PortKind.FXS: 1, PortKind.FXO: 1}
_KINDS = {
    "E1": PortKind.E1, "T1": PortKind.T1, "J1": PortKind.J1, "FXS": PortKind.FXS, "FXO": PortKind.FXO,
    "BRI_TE": PortKind.BRI, "BRI_NT": PortKind.BRI, "BRI_SOFT": PortKind.BRI,
}  # fmt: skip


def find_cards(root: Path, known: Mapping[str, CardProfile] | None = None) -> tuple[FoundCard, ...]:
    """Telephony cards below a root (``/`` on the box), PCI before USB, then what DAHDI has without a bus.

    A device that no profile knows is passed over unless DAHDI has it.
    """
    tree = Tree(root)
    table = profiles() if known is None else known
    devices = list(dahdi_devices(tree))
    taken: set[str] = set()
    cards: list[FoundCard] = []
    for device in bus_devices(tree):
        profile = profile_of(device.identifier, table.values())
        driven = [one for one in devices if one.parent == device.name]
        taken |= {one.name for one in driven}
        if driven:
            cards += [_ready(tree, one, profile, device.driver) for one in driven]
        elif profile is not None:
            cards.append(_before(device, profile))
    cards += [_ready(tree, one, None, None) for one in devices if one.name not in taken]
    return tuple(_told_apart(tree, cards))


def _before(device: BusDevice, profile: CardProfile) -> FoundCard:
    """A card that no driver has yet: what its profile expects."""
    return FoundCard(
        identity="@" + identity(device.location),
        profile=profile.key,
        location=device.location,
        ports=tuple(_expected_ports(profile.ports)),
        state=CardState.UNSUPPORTED if profile.module is None else CardState.WAITING,
        device=device.name,
        model=f"{profile.vendor} {profile.name}",
        module=None if profile.module is None else profile.module.name,
    )


def _expected_ports(groups: Iterable[PortGroup]) -> Iterator[FoundPort]:
    number = local = 0
    for group in groups:
        kind = group.kinds[0] if len(group.kinds) == 1 else None
        local += group.span == "shared"
        for place in range(1, group.count + 1):
            number += 1
            local += group.span == "each"
            first = place if group.span == "shared" else 1
            widest = 1 if group.span == "shared" else max(_CHANNELS[one] for one in group.kinds)
            yield FoundPort(number, kind, local, first, _CHANNELS[kind] if kind else widest)


def _ready(tree: Tree, found: DahdiDevice, profile: CardProfile | None, driver: str | None) -> FoundCard:
    sizes = {span.local: _size(span, profile) for span in found.spans}
    module = None if profile is None or profile.module is None else profile.module.name
    return FoundCard(
        identity=_identity(tree, found, profile),
        profile=None if profile is None else profile.key,
        location=found.location or found.name,
        ports=tuple(_ports(found.spans, sizes)),
        spans=tuple(
            FoundSpan(span.local, span.span_type, sizes[span.local], span.span, span.base) for span in found.spans
        ),
        device=found.name,
        model=found.model,
        module=driver or module,
    )


def _identity(tree: Tree, found: DahdiDevice, profile: CardProfile | None) -> str:
    by = {one.by for one in profile.identity} if profile else set()
    if found.hardware_id and "path" not in by:
        return identity(found.hardware_id)
    if found.location and "path" not in by:
        return "@" + identity(found.location)
    return tree.place(f"{DEVICES}/{found.name}")


def _size(span: DeviceSpan, profile: CardProfile | None) -> int:
    """How many channels a span has, 0 when nobody tells before it is assigned."""
    if span.width:
        return span.width
    kind = _KINDS.get(span.span_type)
    if span.span_type not in ANALOG:
        return _CHANNELS[kind] if kind else 0
    shared = [group for group in profile.ports if group.span == "shared"] if profile else []
    return sum(group.count for group in shared)


def _ports(spans: Iterable[DeviceSpan], sizes: Mapping[int, int]) -> Iterator[FoundPort]:
    number = 0
    for span in spans:
        if span.span_type in ANALOG:
            channels = span.channels or [Channel(at, 0, "", frozenset()) for at in range(1, sizes[span.local] + 1)]
            for channel in channels:
                if not channel.name.startswith(("XPP_IN/", "XPP_OUT/")):  # contacts and relays of an Astribank
                    number += 1
                    yield FoundPort(number, _analog_kind(span, channel), span.local, channel.position, 1)
        else:
            number += 1
            kind = _KINDS.get(span.span_type) or {31: PortKind.E1, 24: PortKind.T1}.get(sizes[span.local])
            yield FoundPort(number, kind, span.local, 1, sizes[span.local])


def _analog_kind(span: DeviceSpan, channel: Channel) -> PortKind | None:
    """A port that can be signalled as FXS is an FXO port, and the other way round; without either it is empty."""
    if channel.abilities & {"FXSKS", "FXSLS", "FXSGS"}:
        return PortKind.FXO
    if channel.abilities & {"FXOKS", "FXOLS", "FXOGS"}:
        return PortKind.FXS
    return None if span.channels else _KINDS.get(span.span_type)


def _told_apart(tree: Tree, cards: list[FoundCard]) -> Iterator[FoundCard]:
    """The cards, those that share an identity known by their path instead, as ``assigned-spans.conf`` allows."""
    names = [card.identity for card in cards]
    for card in cards:
        shared = names.count(card.identity) > 1 and card.state is CardState.READY
        yield replace(card, identity=tree.place(f"{DEVICES}/{card.device}")) if shared else card
