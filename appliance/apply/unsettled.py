"""What is done when Asterisk does not take the generation that should run although it answers.

It may be that a module was left out: then every module reads its files again. It may be that a file was given a
reload that does not make it effective (a mistake of the version of the software that rendered it): then a restart
does, asked for when no call is up, and once for a generation, so that what a restart does not mend does not make
Asterisk restart for ever.
"""

from __future__ import annotations

import logging
from dataclasses import replace

from appliance.apply.applier import Applier

log = logging.getLogger(__name__)


class Unsettled:
    """Called after a try to settle a doubt that failed."""

    def __init__(self, applier: Applier) -> None:
        self._applier = applier
        self._restarted_for: int | None = None

    def step(self) -> None:
        """Prepare the next try: with every module, and after that with an Asterisk that has just started."""
        applier = self._applier
        with applier.locked():
            doubt, row = applier.journal.doubt(), applier.store.running()
            if doubt is None or row is None:
                return
            manifest = applier.generations.manifest(row.number)
            every = {stored.reload for stored in manifest.values() if stored.reload is not None}
            if doubt.modules and not every <= set(doubt.modules):
                applier.journal.set_doubt(replace(doubt, modules=tuple(sorted(every.union(doubt.modules)))))
            elif self._restarted_for != row.number and applier.restart_asterisk():
                log.warning("no call is up: Asterisk restarts, no reload made generation %s effective", row.number)
                self._restarted_for = row.number
