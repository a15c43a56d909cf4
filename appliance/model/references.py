"""Every place of the site that names something else of it, so that nothing is left pointing at what is
gone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from appliance.model.destinations import Destination, DestinationKind
from appliance.model.extensions import Extension
from appliance.model.problems import Path
from appliance.model.site import Site

TO_EXTENSION = frozenset({DestinationKind.EXTENSION, DestinationKind.VOICEMAIL})
"""Kinds of destination whose name is the number of an extension."""


class Pointer(NamedTuple):
    """A destination and where it stands. owner: number of the extension it is part of, None outside of
    any.
    """

    path: Path
    destination: Destination
    owner: str | None


def pointers(site: Site) -> Iterator[Pointer]:
    """Every destination of the site, in document order. A new noun with destinations adds a line here."""
    for index, extension in enumerate(site.extensions):
        yield from forward_pointers(extension, ("extensions", index))
    for index, route in enumerate(site.inbound_routes):
        yield Pointer(("inbound_routes", index, "to"), route.to, None)


def forward_pointers(extension: Extension, at: Path) -> Iterator[Pointer]:
    """The destinations in an extension's ``forward``; ``at`` is the path of the extension."""
    forward = extension.forward
    if forward.always is not None:
        yield Pointer((*at, "forward", "always"), forward.always, extension.number)
    if forward.busy is not None:
        yield Pointer((*at, "forward", "busy"), forward.busy, extension.number)
    if forward.no_answer is not None:
        yield Pointer((*at, "forward", "no_answer", "to"), forward.no_answer.to, extension.number)


def references(site: Site, number: str) -> tuple[Path, ...]:
    """Where an extension is named outside of itself, in document order."""
    return tuple(
        pointer.path
        for pointer in pointers(site)
        if pointer.destination.name == number and pointer.destination.kind in TO_EXTENSION and pointer.owner != number
    )


class NamePointer(NamedTuple):
    """The name of a trunk or span, and where it stands."""

    path: Path
    name: str


def trunk_pointers(site: Site) -> Iterator[NamePointer]:
    """Every place that names a trunk, in document order."""
    if site.box.emergency is not None:
        for place, name in enumerate(site.box.emergency.trunks):
            yield NamePointer(("box", "emergency", "trunks", place), name)
    for index, inbound in enumerate(site.inbound_routes):
        if inbound.trunk is not None:
            yield NamePointer(("inbound_routes", index, "trunk"), inbound.trunk)
    for index, outbound in enumerate(site.outbound_routes):
        for place, name in enumerate(outbound.trunks):
            yield NamePointer(("outbound_routes", index, "trunks", place), name)


def span_pointers(site: Site) -> Iterator[NamePointer]:
    """Every place that names a span, in document order."""
    for index, extension in enumerate(site.extensions):
        if extension.line is not None:
            yield NamePointer(("extensions", index, "line", "span"), extension.line.span)
    for index, trunk in enumerate(site.trunks):
        for place, name in enumerate(trunk.spans):
            yield NamePointer(("trunks", index, "spans", place), name)
