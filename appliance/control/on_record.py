"""What the box does by itself goes into the audit log too, and nothing that was done is missing from it.

A daemon can be killed between a change and its line. At the next start the log is caught up: with what people had
begun, and with every generation whose end it does not tell.
"""

from __future__ import annotations

import logging

from appliance.model.changes import GenerationState, Outcome
from appliance.model.port_tests import PortTestShown
from appliance.model.update import Outcome as UpdateOutcome
from appliance.store.audit import AuditLog
from appliance.store.site import SiteStore

log = logging.getLogger(__name__)

BOX = "system"
"""Whom a line names when nobody asked for it."""
LATEST = 20
"""So many of the newest generations are looked at: a daemon that is killed leaves the end of one or two untold."""
_ENDS = {GenerationState.UNDONE: "undone", GenerationState.REJECTED: "rejected"}


def told(audit: AuditLog, action: str, outcome: Outcome) -> None:
    """A line about what the change path did by itself: ``undone``, ``rejected``."""
    _ended(audit, action, outcome.generation, outcome.revision, outcome.reason)


def catch_up(audit: AuditLog, site: SiteStore) -> None:
    """At the start of the daemon, when the change path has recovered: the lines that are missing."""
    count = audit.finish()
    ended = [row for state in _ENDS for row in site.generations(state, limit=LATEST)]
    known = audit.ended_generations() if ended else frozenset()
    for row in sorted(ended, key=lambda row: row.number):
        if row.number not in known:
            _ended(audit, _ENDS[row.state], row.number, row.revision, row.reason)
            count += 1
    if count:
        log.warning("the daemon before was killed at work: %d lines of the audit log caught up", count)


def update_ended(audit: AuditLog, action: str, outcome: UpdateOutcome) -> None:
    """A line about what became of an update: ``installed``, ``proven``, ``fallen_back`` and so on."""
    detail: dict[str, object] = {
        "slot": outcome.slot,
        "before": outcome.before,
        "reasons": [reason.text.get("en") or reason.code for reason in outcome.reasons],
    }
    if outcome.restored:
        meanwhile = outcome.meanwhile.model_dump() if outcome.meanwhile else None
        detail |= {"restored": list(outcome.restored), "meanwhile": meanwhile}
    audit.add(BOX, "", f"update.{action}", outcome.version, detail)


def port_tested(audit: AuditLog, test: PortTestShown) -> None:
    """A line about what a test of a port found."""
    detail = {"kind": test.kind, "outcome": test.outcome, "found": test.text.get("en", test.code), "for": test.by}
    audit.add(BOX, "", "hardware.tested", f"{test.span}/{test.port}", detail)


def _ended(audit: AuditLog, action: str, generation: int, revision: int, reason: str | None) -> None:
    audit.add(BOX, "", f"site.{action}", str(revision), {"generation": generation, "reason": reason})
