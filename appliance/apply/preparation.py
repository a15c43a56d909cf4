"""What is made ready before Asterisk starts, at boot.

Nobody is there to be reloaded, what waits for a restart has had one, and an unconfirmed generation is undone.
"""

from __future__ import annotations

import logging

from appliance.apply.applier import AUTHOR, Applier
from appliance.apply.generations import manifest_of
from appliance.apply.switching import Runnable, Timings
from appliance.model.changes import GenerationState

log = logging.getLogger(__name__)


def prepare(applier: Applier) -> None:
    """Have ``current`` be the last confirmed generation, whole, and rendered by this version of the software.

    Makes the first generation of a new box from its draft.
    """
    with applier.locked():
        applier.ledger.sweep()
        if (awaiting := applier.store.awaiting()) is not None:
            applier.store.set_generation(awaiting.number, GenerationState.UNDONE, reason="box_restarted")
            applier.told("undone", applier.outcome(awaiting.number))
        row = applier.store.last_confirmed()
        before = None if row is None else applier.ledger.runnable(row)
        whole = before is not None and applier.generations.is_whole(before.number)
        if before is not None and whole and not _renders_otherwise(applier, before):
            current = applier.generations.current()
            if current != before.number:
                applier.switch.point(applier.ledger.runnable_or_none(current), before)
        else:
            site = applier.store.draft().site if before is None else before.site
            after = applier.ledger.enter(
                applier.render(site), site, AUTHOR, "",
                like=before.number if before is not None and whole else None,
                revision=None if row is None else row.revision, timings=Timings(),
            )  # fmt: skip
            applier.switch.point(before, after, unproven=True)
            applier.store.set_generation(after.number, GenerationState.CONFIRMED)
            log.info("generation %s is ready for Asterisk", after.number)
        applier.switch.expect_start()


def _renders_otherwise(applier: Applier, before: Runnable) -> bool:
    """Whether this version of the software renders other files. Files that are whole outlive a failure."""
    try:
        return before.manifest != manifest_of(applier.render(before.site))
    except Exception:
        log.exception("generation %s cannot be rendered again: its files stay", before.number)
        return False
