"""The ways back: what Asterisk did not take, what nobody confirmed, what turned out not to run.

Each ends with ``current`` at what should run and, as far as Asterisk can be asked, with Asterisk running it. Where
it cannot be asked a doubt stays, which is settled when it answers again.
"""

from __future__ import annotations

import logging

from appliance.apply.asterisk import Asterisk
from appliance.apply.errors import NotTakenError
from appliance.apply.ledger import Ledger
from appliance.apply.switching import Runnable, Switch, Timings
from appliance.model.changes import GenerationState
from appliance.store.site_rows import GenerationRow

log = logging.getLogger(__name__)


class WayBack:
    """Takes generations back. The caller holds the lock of the change path."""

    def __init__(self, ledger: Ledger, switch: Switch, asterisk: Asterisk) -> None:
        self._ledger = ledger
        self._switch = switch
        self._asterisk = asterisk

    def reject(self, before: Runnable | None, after: Runnable, error: NotTakenError) -> None:
        """Asterisk did not take ``after``: swap back, reload the same modules, probe the old."""
        log.warning("generation %s rejected: %s", after.number, error)
        if before is not None:
            try:
                self._switch.move(after, before, Timings())
            except (NotTakenError, OSError) as worse:
                log.error("on the way back to generation %s: %s", before.number, worse)
        self._set(after.number, error)

    def undo(self, awaiting: GenerationRow, reason: str, params: dict[str, str | int]) -> None:
        """Take back a generation that awaited confirmation."""
        self._ledger.store.set_generation(awaiting.number, GenerationState.UNDONE, None, reason, params)
        self._return_from(awaiting)

    def fall_back(self, row: GenerationRow, error: NotTakenError) -> bool:
        """Reject a confirmed generation for the confirmed one before it. False where there is none."""
        confirmed = self._ledger.store.generations(GenerationState.CONFIRMED, limit=2)
        if all(other.number == row.number for other in confirmed):
            return False
        self._set(row.number, error)
        self._return_from(row)
        return True

    def _return_from(self, left: GenerationRow) -> None:
        row = self._ledger.store.running()
        if row is None:
            return
        before, after = self._ledger.runnable(left), self._ledger.runnable(row)
        modules = self._switch.point(before, after)
        if self._asterisk.answers():
            try:
                self._switch.load(before, after, modules, Timings())
            except NotTakenError as error:
                log.error("back at generation %s, but Asterisk: %s", row.number, error)
        log.warning("generation %s is taken back, %s runs", left.number, row.number)

    def _set(self, number: int, error: NotTakenError) -> None:
        self._ledger.store.set_generation(
            number, GenerationState.REJECTED, None, error.code, error.params, error.detail
        )
