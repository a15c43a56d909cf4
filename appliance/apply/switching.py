"""The swap itself: ``current`` moves, the modules of the changed files read them again, the probe looks.

Used for a change, for its way back, and to settle a doubt after a crash. Every path sets a doubt before it
moves anything and removes it when the probe has seen what it should.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from appliance.apply import reloads
from appliance.apply.asterisk import Asterisk
from appliance.apply.generations import Generations, Manifest, changed_paths
from appliance.apply.journal import Doubt, Journal, Waiting
from appliance.model.changes import ReloadClass
from appliance.model.site import Site
from appliance.render.asterisk.extensions import mark_of

log = logging.getLogger(__name__)

DIALPLAN_FILE = "asterisk/extensions.conf"
START_MARGIN_S = 2.0
"""Asterisk tells its uptime in whole seconds, so its start is known only so well."""


def seconds_since_boot() -> float:
    """The clock that no time server moves and that stands still at no suspend."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


@dataclass(frozen=True, slots=True)
class Runnable:
    """A generation that lies on disk, and the site it was rendered from."""

    number: int
    site: Site
    manifest: Manifest

    def modules(self) -> set[str]:
        """Every module that reads a file of it and can be reloaded."""
        return {stored.reload for stored in self.manifest.values() if stored.reload is not None}

    def equals(self, site: Site, manifest: Manifest) -> bool:
        """Whether a change to these would change nothing, not even a value that no file shows."""
        same_site = self.site is site or (self.site == site and self.site.document() == site.document())
        return same_site and not changed_paths(self.manifest, manifest)


@dataclass(slots=True)
class Timings:
    """Milliseconds by step."""

    ms: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time a step; steps of one name add up."""
        started = time.perf_counter()
        try:
            yield
        finally:
            self.ms[name] = round(self.ms.get(name, 0.0) + (time.perf_counter() - started) * 1000, 2)


class Switch:
    """Moves Asterisk from one generation to another."""

    def __init__(
        self,
        generations: Generations,
        journal: Journal,
        asterisk: Asterisk,
        uptime: Callable[[], float] = seconds_since_boot,
    ) -> None:
        self._generations = generations
        self._journal = journal
        self._asterisk = asterisk
        self._uptime = uptime

    def move(self, before: Runnable | None, after: Runnable, timings: Timings) -> None:
        """Point ``current`` at ``after``, reload, probe, and be free of doubt.

        before: what Asterisk has in memory. Raises :class:`NotTakenError` with the doubt left standing.
        """
        with timings.step("swap"):
            modules = self.point(before, after)
        self.load(before, after, modules, timings)

    def point(self, before: Runnable | None, after: Runnable, *, unproven: bool = False) -> set[str]:
        """Point ``current`` at ``after`` with a doubt set; the modules that are to be reloaded."""
        old: Manifest = before.manifest if before is not None else {}
        paths = changed_paths(old, after.manifest)
        modules = reloads.modules(old, after.manifest, paths, ReloadClass.RELOAD)
        earlier = self._journal.doubt()
        if earlier is not None:
            # What a move that failed left unsettled stays in doubt until a probe has seen everything.
            modules |= set(earlier.modules)
        self._journal.set_doubt(Doubt(before.number if before is not None else None, tuple(sorted(modules)), unproven))
        self._generations.make_current(after.number)
        if before is not None:
            self._note_waiting(before, after, paths)
        return modules

    def load(self, before: Runnable | None, after: Runnable, modules: set[str], timings: Timings) -> None:
        """Reload and probe; then there is no doubt. Raises :class:`NotTakenError`."""
        taking_away = before is not None and _only_takes_away(before.site, after.site)
        with timings.step("reload"):
            for module in reloads.in_order(modules, taking_away=taking_away):
                with timings.step(f"reload {module}"):
                    self._asterisk.reload(module)
        with timings.step("probe"):
            mark = mark_of(self._generations.text(after.number, DIALPLAN_FILE))
            self._asterisk.probe(before.site if before is not None else None, after.site, mark)
        self._journal.set_doubt(None)

    def expect_start(self) -> None:
        """Asterisk is about to start: one that starts from now on has read what waits."""
        waiting = self._journal.waiting()
        if waiting is not None:
            self._journal.set_waiting(replace(waiting, since=self._uptime() - START_MARGIN_S))

    def waiting_class(self, current: Manifest) -> ReloadClass | None:
        """The hardest reload class of files that Asterisk has not read again yet."""
        waiting = self._journal.waiting()
        if waiting is None:
            return None
        return reloads.hardest_changed(
            self._generations.manifest(waiting.base), current, self.waiting_paths(waiting, current)
        )

    def waiting_paths(self, waiting: Waiting, current: Manifest) -> list[str]:
        """The files that Asterisk has not read again yet."""
        base = self._generations.manifest(waiting.base)
        return _read_at_start(base, current, changed_paths(base, current))

    def _note_waiting(self, before: Runnable, after: Runnable, paths: list[str]) -> None:
        """Remember, or forget, that Asterisk has to restart before everything is effective."""
        waiting = self._journal.waiting()
        if _read_at_start(before.manifest, after.manifest, paths):
            since = self._uptime()
            waiting = Waiting(before.number, since) if waiting is None else replace(waiting, since=since)
            self._journal.set_waiting(waiting)
        if waiting is not None and self.waiting_class(after.manifest) is None:
            self._journal.set_waiting(None)


def _read_at_start(before: Manifest, after: Manifest, paths: list[str]) -> list[str]:
    """Those of the changed files that no reload makes effective."""
    return [path for path in paths if (after.get(path) or before[path]).reload_class is not ReloadClass.RELOAD]


def _only_takes_away(before: Site, after: Site) -> bool:
    """Whether extensions go and none comes."""
    old = {extension.number for extension in before.extensions}
    new = {extension.number for extension in after.extensions}
    return old > new
