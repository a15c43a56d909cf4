"""Calls that would be forwarded round and round."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from appliance.model.destinations import Destination, DestinationKind
from appliance.model.problems import Path, Problem
from appliance.model.site import Site

_SHOWN = 6
"""Numbers of a circle that its sentence names; more would not be read."""


def forward_problems(site: Site, index_of: Mapping[str, int]) -> Iterator[Problem]:
    """Extensions forwarded to themselves, and circles: one problem for each circle, at its first extension.

    index_of: number -> index in ``site.extensions``. A circle of ``always`` can carry no call: an error. One
    that needs extensions to be busy or unanswered is a warning; the dialplan ends it, but hardly where
    anybody meant.
    """
    always: list[Sequence[int]] = []
    somehow: list[Sequence[int]] = []
    for index, extension in enumerate(site.extensions):
        forward = extension.forward
        at: Path = ("extensions", index, "forward")
        ways = (
            ("always", forward.always),
            ("busy", forward.busy),
            ("no_answer", forward.no_answer.to if forward.no_answer else None),
        )
        targets: dict[str, int] = {}
        for way, destination in ways:
            target = _extension_index(destination, index_of)
            if target == index:
                path = (*at, way, "to") if way == "no_answer" else (*at, way)
                yield Problem(path, "forward_to_self", {"number": extension.number})
            elif target is not None:
                targets[way] = target
        always.append((targets["always"],) if "always" in targets else ())
        somehow.append(tuple(targets.values()))

    dead: set[int] = set()
    for circle in circles(always):
        dead.update(circle)
        at = ("extensions", circle[0], "forward", "always")
        yield Problem(at, "forward_loop", {"numbers": _told(site, circle)})
    for circle in circles(somehow):
        if dead.isdisjoint(circle):
            at = ("extensions", circle[0], "forward")
            yield Problem(at, "forward_circle", {"numbers": _told(site, circle)}, "warning")


def circles(edges: Sequence[Sequence[int]]) -> list[list[int]]:
    """Groups of at least two nodes that reach each other, each beginning at its first node in the order
    walked there.

    edges: for each node the nodes it leads to. Tarjan's strongly connected components, without recursion:
    O(n).
    """
    found: list[list[int]] = []
    order: dict[int, int] = {}
    low: dict[int, int] = {}
    open_nodes: list[int] = []
    is_open: set[int] = set()
    for root, targets in enumerate(edges):
        if not targets or root in order:
            continue
        order[root] = low[root] = len(order)
        open_nodes.append(root)
        is_open.add(root)
        work = [(root, iter(targets))]
        while work:
            node, remaining = work[-1]
            for target in remaining:
                if target not in order:
                    order[target] = low[target] = len(order)
                    open_nodes.append(target)
                    is_open.add(target)
                    work.append((target, iter(edges[target])))
                    break
                if target in is_open:
                    low[node] = min(low[node], order[target])
            else:
                work.pop()
                if work:
                    parent = work[-1][0]
                    low[parent] = min(low[parent], low[node])
                if low[node] == order[node]:
                    group = [open_nodes.pop()]
                    while group[-1] != node:
                        group.append(open_nodes.pop())
                    is_open.difference_update(group)
                    if len(group) > 1:
                        found.append(_from_first(group, edges))
    return sorted(found)


def _from_first(group: list[int], edges: Sequence[Sequence[int]]) -> list[int]:
    """A group in the order a call would walk it, from its first node; nodes off that walk follow in their
    order.
    """
    members = set(group)
    node = min(group)
    walk = [node]
    seen = {node}
    while (step := next((n for n in edges[node] if n in members and n not in seen), None)) is not None:
        walk.append(step)
        seen.add(step)
        node = step
    return walk + sorted(members - seen)


def _extension_index(destination: Destination | None, index_of: Mapping[str, int]) -> int | None:
    if destination is None or destination.kind != DestinationKind.EXTENSION:
        return None
    return index_of.get(destination.name)


def _told(site: Site, circle: Iterable[int]) -> str:
    numbers = [site.extensions[index].number for index in circle]
    shown = numbers if len(numbers) <= _SHOWN else [*numbers[:_SHOWN], "…"]
    return " → ".join([*shown, numbers[0]])
