"""Results kept for the sites last asked about, since saving, planning and applying ask the same of one site."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from appliance.model.problems import Problem
from appliance.model.site import Site
from appliance.model.verify import verify

Result = TypeVar("Result")
KEPT = 2
"""What runs, and the draft."""


class Remembered(Generic[Result]):
    """A pure function of a site that is not computed again for the very same site. Safe from any thread.

    Sites are told apart by identity: they are frozen, and the store hands out the same one until it changes.
    """

    def __init__(self, function: Callable[[Site], Result]) -> None:
        self._function = function
        self._kept: tuple[tuple[Site, Result], ...] = ()

    def __call__(self, site: Site) -> Result:
        for known, result in self._kept:
            if known is site:
                return result
        result = self._function(site)
        self._kept = ((site, result), *self._kept[: KEPT - 1])
        return result


verified: Remembered[list[Problem]] = Remembered(verify)
"""Every problem of a site; not to be changed by who gets it."""
