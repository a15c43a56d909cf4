"""Which modules read changed files again, and in which order.

The modules of one change are reloaded one after another, so for some milliseconds Asterisk holds new and old
files side by side. The order keeps that harmless: what others refer to comes before what refers to it, and
when things are only taken away, the other way round.

* Mailboxes, music and features come first: endpoints and dialplan refer to them, they refer to nothing.
* Cards come first of all: what reads their spans finds them.
* Endpoints come before the dialplan: a number that can be dialled always has a phone behind it. When
  extensions are only removed, the dialplan goes first, so that nobody dials an endpoint that is gone.
"""

from __future__ import annotations

from collections.abc import Iterable

from appliance.apply.generations import Manifest
from appliance.model.changes import ReloadClass
from appliance.render.dahdi import SET_UP

_HARDNESS = list(ReloadClass)

ENDPOINTS = "res_pjsip.so"
DIALPLAN = "pbx_config.so"
AFTER_RESTART = frozenset({"chan_dahdi.so"})
"""Modules that modules.conf names only on some boxes: one that is not loaded reads its files when it comes."""
_RANK = {SET_UP: -1, ENDPOINTS: 1, DIALPLAN: 2}


def modules(before: Manifest, after: Manifest, paths: Iterable[str], only: ReloadClass) -> set[str]:
    """The modules that read the changed ``paths`` of one class again."""
    found = set()
    for path in paths:
        stored = after.get(path) or before[path]
        if stored.reload_class is only and stored.reload is not None:
            found.add(stored.reload)
    return found


def in_order(names: Iterable[str], *, taking_away: bool) -> list[str]:
    """The modules in the order in which reloading them leaves nothing referring to what is not there."""
    ordered = sorted(names, key=lambda name: (_RANK.get(name, 0), name))
    return ordered[::-1] if taking_away else ordered


def hardest(classes: Iterable[ReloadClass]) -> ReloadClass | None:
    """The hardest of some reload classes; None of none."""
    return max(classes, key=_HARDNESS.index, default=None)


def hardest_changed(before: Manifest, after: Manifest, paths: Iterable[str]) -> ReloadClass | None:
    """The hardest class among the changed ``paths``."""
    return hardest((after.get(path) or before[path]).reload_class for path in paths)
