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
    beside: gives what else the function takes behind the site, told apart by equality; asked at every call.
    """

    def __init__(self, function: Callable[..., Result], beside: Callable[[], tuple[object, ...]] = tuple) -> None:
        self._function = function
        self._beside = beside
        self._kept: tuple[tuple[Site, tuple[object, ...], Result], ...] = ()

    def __call__(self, site: Site) -> Result:
        beside = self._beside()
        for known, those, result in self._kept:
            if known is site and those == beside:
                return result
        result = self._function(site, *beside)
        self._kept = ((site, beside, result), *self._kept[: KEPT - 1])
        return result


verified: Remembered[list[Problem]] = Remembered(verify)
"""Every problem of a site; not to be changed by who gets it."""
