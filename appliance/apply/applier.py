"""The change path from a draft to a confirmed generation, and every way back.

States of a generation (``site.db``)::

    STAGED ──── Asterisk took it ───────────────> CONFIRMED
      │  └───── and a person shall confirm it ──> AWAITING ──── confirmed ────────> CONFIRMED
      │                                              └── in vain, or taken back ──> UNDONE
      └──────── Asterisk did not take it, or the daemon died meanwhile ───────────> REJECTED
    CONFIRMED ── the restart it waited for showed that Asterisk cannot run it ────> REJECTED

Steps of a change, each on disk before the next begins::

    1  files under a name nothing refers to      .staging-…/
    2  revision and generation N, STAGED         one transaction in site.db
    3  the files get their number                N/             on disk together with
    4  doubt: Asterisk may hold parts of N       .doubt.json
    5  current -> N
    6  modules reloaded, probed                  (Asterisk's memory)
    7  N is CONFIRMED or AWAITING                one transaction: the change has happened
    8  no doubt                                  not waited for

What should run is therefore always one row: the AWAITING generation, else the last CONFIRMED one. Killed
before 7, N is STAGED, which :meth:`Applier.recover` turns to REJECTED; then it points ``current`` at what
should run and, where there is a doubt, reloads the modules in doubt and probes. Killed after 7, the same
reload is merely superfluous. A way back writes its state (REJECTED, UNDONE) before it moves, so that killed
at any point it is finished by ``recover``. A rejected change is the one exception: it moves back at once,
while its row still says STAGED, which means the same to ``recover``.

At boot :mod:`appliance.apply.preparation` comes before Asterisk does. A change that comes while Asterisk restarts for
the one before waits until that has been probed: it changes what then runs.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TypeAlias

from appliance.apply.asterisk import Asterisk
from appliance.apply.deadline import CONFIRM_WITHIN_S, Deadline
from appliance.apply.errors import ApplyRefusedError, NotTakenError
from appliance.apply.faults import Fault, broken
from appliance.apply.generations import Generations, manifest_of
from appliance.apply.journal import Journal
from appliance.apply.ledger import Ledger
from appliance.apply.remembered import Remembered, verified
from appliance.apply.restart import Restart
from appliance.apply.switching import Switch, Timings, seconds_since_boot
from appliance.apply.way_back import WayBack
from appliance.model.changes import GenerationState, Outcome, ReloadClass
from appliance.model.problems import ProblemsError
from appliance.model.site import Site
from appliance.model.verify import errors
from appliance.render.files import RenderedFile
from appliance.store.errors import OvertakenError
from appliance.store.site import SiteStore
from appliance.store.site_rows import GenerationRow

log = logging.getLogger(__name__)

Told: TypeAlias = Callable[[str, Outcome], None]
"""Called with an action (``undone``, ``rejected``) when the box itself ended a change."""

AUTHOR = "loopstart"
"""Author of what the box does by itself."""
LOCK_TIMEOUT_S = 45.0
"""Less than the patience of the control client: it hears ``busy``, not silence."""


class Applier:
    """The one place that changes what Asterisk runs. Safe to call from any thread; one change at a time.

    render: the files of a site, pure; beside: gives what else it takes, asked each time. clock: now, in UTC.
    told: hears of what nobody asked for. faults: whether a file may be broken on purpose
    (see :mod:`appliance.apply.faults`).
    """

    def __init__(
        self,
        *,
        store: SiteStore,
        generations: Generations,
        asterisk: Asterisk,
        render: Callable[..., dict[str, RenderedFile]],
        beside: Callable[[], tuple[object, ...]] = tuple,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        told: Told = lambda action, outcome: None,
        faults: bool = False,
        uptime: Callable[[], float] = seconds_since_boot,
    ) -> None:
        self.store = store
        self.generations = generations
        self.asterisk = asterisk
        self.render = Remembered(render, beside)
        self.clock = clock
        self.told = told
        self.journal = Journal(generations.root)
        self.switch = Switch(generations, self.journal, asterisk, uptime)
        self.ledger = Ledger(store, generations)
        self._back = WayBack(self.ledger, self.switch, asterisk)
        self._faults = faults
        self._lock = threading.RLock()
        self.unsettled: tuple[int, str] | None = None
        self._untidy = True
        self._deadline = Deadline(clock)
        self._restart = Restart(asterisk, uptime)

    # --- what a person asks for

    def apply(
        self,
        author: str,
        note: str = "",
        *,
        confirm_within_s: int | None = None,
        expect_version: int | None = None,
        fault: Fault | None = None,
    ) -> Outcome:
        """Make the draft effective. A draft that changes nothing gives the outcome of what runs.

        confirm_within_s: undo it after so many seconds unless :meth:`confirm` came; within CONFIRM_WITHIN_S.
        expect_version: of the draft; another one raises ``OvertakenError``.
        Raises :class:`ProblemsError`, :class:`ApplyRefusedError`, ``OvertakenError``: then nothing was
        changed.
        """
        if fault is not None and not self._faults:
            raise ApplyRefusedError("faults_off")
        with self.locked():
            draft = self.store.draft()
            if expect_version is not None and expect_version != draft.version:
                raise OvertakenError(expected=expect_version, version=draft.version, changed_by=draft.changed_by or "")
            return self._change(draft.site, author, note, confirm_within_s, fault)

    def confirm(self) -> Outcome:
        """Keep the generation that awaits it. Raises :class:`ApplyRefusedError` when none does."""
        with self.locked():
            awaiting = self.store.awaiting()
            if awaiting is None:
                raise ApplyRefusedError("nothing_to_confirm")
            self.store.set_generation(awaiting.number, GenerationState.CONFIRMED)
            self._deadline.set(None)
            log.info("generation %s confirmed", awaiting.number)
            return self.outcome(awaiting.number)

    def roll_back(self, author: str, revision: int | None = None, note: str = "") -> Outcome:
        """Go back to a revision, as a new revision that equals it; or take back what awaits confirmation.

        revision: None is the one before. A draft without edits follows; one with edits keeps them.
        Raises as :meth:`apply` does, and ``MissingError``.
        """
        with self.locked():
            awaiting = self.store.awaiting()
            confirmed = self.store.last_confirmed()
            wanted = None if confirmed is None else confirmed.revision
            if awaiting is not None and revision in (None, wanted):
                return self._undo(awaiting, "rolled_back", by=author)
            number = self.ledger.revision_before() if revision is None else revision
            site = self.store.revision_site(number)
            draft = self.store.draft()
            base = draft.base_revision
            edited = base is None or draft.site != self.store.revision_site(base)
            outcome = self._change(site, author, note or f"↩ {number}", None, None)
            if not edited and outcome.state is GenerationState.CONFIRMED:
                self.store.save_draft(site, author, None)
            return outcome

    def pending(self) -> ReloadClass | None:
        """The hardest reload class that still waits (for calls to end, for a restart, for a reboot)."""
        if self.journal.waiting() is None:
            return None
        return self.switch.waiting_class(self.generations.manifest(self.generations.current()))

    def outcome(self, number: int, timings: Timings | None = None) -> Outcome:
        """A generation as people are told of it."""
        row = self.store.generation(number)
        return Outcome(
            generation=row.number,
            revision=row.revision,
            state=row.state,
            confirm_by=row.confirm_by,
            reason=row.reason,
            params=row.params,
            detail=row.detail,
            pending=self.pending(),
            timings_ms=timings.ms if timings is not None else {},
        )

    # --- what the box does by itself

    def recover(self) -> None:
        """At the start of the daemon: finish what a daemon before it left half done."""
        with self.locked():
            self.ledger.sweep()
            row = self.store.running()
            if row is None:
                return
            if row.state is GenerationState.AWAITING:
                if row.confirm_by is None or row.confirm_by <= self.clock():
                    self._undo(row, "not_confirmed")
                    return
                self._deadline.set(row.confirm_by)
            current = self.generations.current()
            if current != row.number:
                self.switch.point(self.ledger.runnable_or_none(current), self.ledger.runnable(row))
                log.warning("generation %s was left unfinished: back at %s", current, row.number)
            self.settle()

    def settle(self) -> bool:
        """Where Asterisk may not run what ``current`` points at, see to it. Whether there is no doubt
        left."""
        if self.journal.doubt() is None:
            return True
        with self.locked():
            doubt = self.journal.doubt()
            row = self.store.running()
            if doubt is None or row is None:
                return True
            if not self.asterisk.answers():
                return False
            after = self.ledger.runnable(row)
            modules = set(doubt.modules) or after.modules()
            try:
                self.switch.load(self.ledger.runnable_or_none(doubt.other), after, modules, Timings())
            except NotTakenError as error:
                if self.unsettled != (row.number, str(error)):  # once, not at every try
                    self.unsettled = (row.number, str(error))
                    log.warning("Asterisk does not run generation %s: %s", row.number, error)
                return doubt.unproven and not error.silent and self._fall_back(row, error)
            self.unsettled = None
            log.info("Asterisk runs generation %s", row.number)
            return True

    def give_up_unproven(self) -> None:
        """Asterisk stays silent with files that were never probed: those of before, which it did run."""
        with self.locked():
            doubt, row = self.journal.doubt(), self.store.running()
            if doubt is not None and doubt.unproven and row is not None:
                self._fall_back(row, NotTakenError("restart_failed"))

    def render_again(self, note: str) -> Outcome:
        """What runs, from what its files are made of beside the site (:attr:`render`), as :meth:`apply`. The draft
        stays."""
        with self.locked():
            return self._change(None, AUTHOR, note, None, None)

    def expire(self) -> None:
        """Undo the generation that nobody confirmed in time."""
        if not self._deadline.passed:
            return
        with self.locked():
            awaiting = self.store.awaiting()
            if awaiting is not None and self._deadline.passed:
                self._undo(awaiting, "not_confirmed")

    def tidy(self) -> None:
        """After a change, when nobody waits any more: remove generations that are too old. Raises OSError."""
        if not self._untidy:
            return
        with self.locked():
            waiting = self.journal.waiting()
            self.ledger.retire(() if waiting is None else (waiting.base,))
            self._untidy = False

    def reject_confirmed(self, base: int, error: NotTakenError) -> bool:
        """Everything since ``base`` turned out not to run: go back to ``base``. Whether Asterisk runs
        that."""
        with self.locked():
            if (awaiting := self.store.awaiting()) is not None:
                self._undo(awaiting, error.code, **error.params)
                return self.journal.doubt() is None
            later = [row for row in self.store.generations(GenerationState.CONFIRMED) if row.number > base]
            if not later:
                return False
            newest, *others = later
            for row in others:
                self.store.set_generation(
                    row.number, GenerationState.REJECTED, None, error.code, error.params, error.detail
                )
            return self._fall_back(newest, error)

    def see_restart(self) -> None:
        """Where Asterisk has restarted and so read what waited: see that it has it, or take it back."""
        with self.locked():
            waiting, row = self.journal.waiting(), self.store.running()
            if waiting is None or row is None or self.pending() is ReloadClass.REBOOT:
                return
            if not self._restart.is_over(waiting):
                return  # a change came meanwhile, or it went away
            try:
                self.asterisk.probe(None, self.store.revision_site(row.revision), None)
            except NotTakenError as error:
                if error.silent:
                    return  # asked again at the next look
                log.error("after its restart Asterisk has not what it should: %s", error)
                self.journal.set_waiting(None)
                self.reject_confirmed(waiting.base, error)
                return
            self.journal.set_waiting(None)
            log.info("Asterisk has restarted: generation %s is wholly effective", row.number)

    def restart_asterisk(self, configured: Site | None = None) -> bool:
        """Have Asterisk restart for what it reads only at its start, where no call is up. Whether it was asked.

        Never in the middle of a change; one that comes next waits until Asterisk is back. configured: see
        :meth:`Asterisk.restart_when_idle`.
        """
        with self.locked():
            return self._restart.ask(configured)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """One change at a time. Raises :class:`ApplyRefusedError` (``busy``) when another one takes too
        long."""
        if not self._lock.acquire(timeout=LOCK_TIMEOUT_S):
            raise ApplyRefusedError("busy")
        try:
            yield
        finally:
            self._lock.release()

    # --- steps

    def _change(
        self, site: Site | None, author: str, note: str, confirm_within_s: int | None, fault: Fault | None
    ) -> Outcome:
        """Verify, render, stage, switch; swap back when Asterisk does not take it. site: None is the one that runs."""
        timings = Timings()
        # What runs is known when the restart for the change before is over, and has shown what it is worth.
        up = self._restart.answers()
        self.settle()
        self.see_restart()
        running = self.store.running()
        if running is not None and running.state is GenerationState.AWAITING:
            raise ApplyRefusedError("awaiting_confirmation", revision=running.revision)
        before = None if running is None else self.ledger.runnable(running)
        if site is None:
            site = self.store.draft().site if before is None else before.site  # as at the first start
        with timings.step("verify"):
            found = errors(verified(site))
        if found:
            raise ProblemsError(found)
        with timings.step("render"):
            files = self.render(site)
        if fault is not None:
            files = broken(files, fault)
        if before is not None and before.equals(site, manifest_of(files)):
            return self.outcome(before.number, timings)
        if not up:
            raise ApplyRefusedError("asterisk_down")
        if not self.settle():
            raise ApplyRefusedError("unsettled")
        like = None if before is None else before.number
        after = self.ledger.enter(files, site, author, note, like=like, revision=None, timings=timings)
        try:
            if before is not None:
                self.asterisk.forget(_numbers(site) - _numbers(before.site))
            self.switch.move(before, after, timings)
        except (NotTakenError, OSError) as error:
            # OSError: the disk filled up, or failed, between staging and swap.
            reason = error if isinstance(error, NotTakenError) else NotTakenError("swap_failed", str(error))
            with timings.step("swap back"):
                self._back.reject(before, after, reason)
            return self.outcome(after.number, timings)
        confirm_by = None
        if confirm_within_s is not None:
            shortest, longest = CONFIRM_WITHIN_S
            confirm_by = self.clock() + timedelta(seconds=min(max(confirm_within_s, shortest), longest))
        state = GenerationState.CONFIRMED if confirm_by is None else GenerationState.AWAITING
        with timings.step("store"):
            self.store.set_generation(after.number, state, confirm_by)
        self._deadline.set(confirm_by)
        log.info("generation %s by %s is %s", after.number, author, state)
        self._untidy = True
        return self.outcome(after.number, timings)

    def _undo(self, awaiting: GenerationRow, reason: str, **params: str | int) -> Outcome:
        """Take back a generation that awaited confirmation."""
        self._deadline.set(None)
        self._back.undo(awaiting, reason, params)
        outcome = self.outcome(awaiting.number)
        self.told("undone", outcome)
        return outcome

    def _fall_back(self, row: GenerationRow, error: NotTakenError) -> bool:
        """A confirmed generation turned out not to run: back to the one before it, where there is one."""
        if not self._back.fall_back(row, error):
            return False
        self.told("rejected", self.outcome(row.number))
        return self.journal.doubt() is None


def _numbers(site: Site) -> frozenset[str]:
    return frozenset(extension.number for extension in site.extensions)
