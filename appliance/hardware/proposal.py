"""A configuration to begin with, and what to load: from the cards that are there and the country's lines. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

from appliance.model.card_profiles import CardProfile
from appliance.model.hardware import CardState, FoundCard, PortKind
from appliance.model.line_standards import LineStandard

_FRAMING = {PortKind.E1: "ccs", PortKind.T1: "esf", PortKind.J1: "esf", PortKind.BRI: "ccs"}
_CODING = {PortKind.E1: "hdb3", PortKind.T1: "b8zs", PortKind.J1: "b8zs", PortKind.BRI: "ami"}
_SWITCH = {PortKind.E1: "euroisdn", PortKind.T1: "national", PortKind.J1: "national", PortKind.BRI: "euroisdn"}
_ANALOG = {PortKind.FXS: "fxo_ks", PortKind.FXO: "fxs_ks"}


@dataclass(frozen=True, slots=True)
class WantedModule:
    """A kernel module to load. options: its parameters, in the order of the profile."""

    name: str
    options: tuple[tuple[str, str], ...] = ()


def wanted_modules(
    cards: Iterable[FoundCard], standard: LineStandard, known: Mapping[str, CardProfile]
) -> tuple[WantedModule, ...]:
    """The modules of these cards with the country's options, each once, by name."""
    found: dict[str, WantedModule] = {}
    for card in cards:
        profile = known.get(card.profile or "")
        if profile is not None and profile.module is not None:
            options = tuple(profile.options(standard).items())
            before = found.get(profile.module.name)
            # Cards of one module may have different sets of parameters; they agree where they share one.
            merged = dict(before.options if before else ()) | dict(options)
            found[profile.module.name] = WantedModule(profile.module.name, tuple(merged.items()))
    return tuple(found[name] for name in sorted(found))


def propose(cards: Iterable[FoundCard], standard: LineStandard) -> tuple[dict[str, Any], ...]:
    """Spans of ``hardware.spans`` for what the cards have, in the names of the site document.

    Digital lines are taken for those of a telephone company, user side, in the order of the cards: the first gives the
    clock, the next stand by. A BRI port whose jumpers put it on the network side feeds telephones and gives the clock.
    A port whose kind nobody can tell yet is one of the country's. Analog ports of one sort and card are one entry.
    Cards that cannot be used, and empty sockets, are left out.
    """
    timing, names = count(1), _Names()
    spans: list[dict[str, Any]] = []
    for card in cards:
        if card.state is not CardState.UNSUPPORTED:
            spans += _digital(card, standard, timing, names)
            spans += _analog(card, names)
    return tuple(spans)


class _Names:
    """Names that are not taken: ``pri``, ``pri-2``, …"""

    def __init__(self) -> None:
        self._given: dict[str, int] = {}

    def next(self, stem: str) -> str:
        self._given[stem] = number = self._given.get(stem, 0) + 1
        return stem if number == 1 else f"{stem}-{number}"


def _digital(card: FoundCard, standard: LineStandard, timing: count[int], names: _Names) -> Iterator[dict[str, Any]]:
    types = {span.local_span: span.span_type for span in card.spans}
    for port in card.ports:
        kind = port.kind or (PortKind(standard.digital) if port.channels in (24, 31) else None)
        if kind is None or kind in _ANALOG:
            continue
        bri, side = kind is PortKind.BRI, types.get(port.local_span)
        gives_clock = bri and side == "BRI_NT"
        span: dict[str, Any] = {
            "name": names.next("bri" if bri else "pri"),
            "card": card.identity,
            "port": port.number,
            "kind": kind.value,
            "signalling": ("bri_net_ptmp" if gives_clock else "bri_cpe_ptmp") if bri else "pri_cpe",
            "switch": _SWITCH[kind],
            "timing": 0 if gives_clock else next(timing),
            "framing": _FRAMING[kind],
            "coding": _CODING[kind],
        }
        yield span | ({"crc4": True} if kind is PortKind.E1 else {})


def _analog(card: FoundCard, names: _Names) -> Iterator[dict[str, Any]]:
    for kind, signalling in _ANALOG.items():
        ports = [port.number for port in card.ports if port.kind is kind]
        if ports:
            yield {
                "name": names.next(kind.value),
                "card": card.identity,
                "ports": ports,
                "kind": "analog",
                "signalling": signalling,
            }
