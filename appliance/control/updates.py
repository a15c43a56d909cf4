"""Updates in the daemon: checking, installing beside running calls, restarting when asked, and how it ended.

States are those of :class:`appliance.model.update.Stage`; what is known is in ``/data/update/state.json``, which both
systems read. RAUC does the work in a process of its own: a daemon that is restarted meanwhile picks the thread up.

The system that is installed is made the next one only when the box restarts for it: a power cut in between starts the
system that people know.
"""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections.abc import Callable
from pathlib import Path

from pydantic import ValidationError

from appliance.control.bundle_files import BundleFiles
from appliance.control.errors import RefusedError
from appliance.control.rauc import Installer, RaucError, Slot
from appliance.control.update_state import Proof, Surroundings, UpdateState, keep, kept, reason, refusal, texts
from appliance.model.update import (
    BundleChecked,
    Meanwhile,
    Outcome,
    Progress,
    Reason,
    Restart,
    SlotShown,
    Stage,
    is_older,
    release,
)
from appliance.store import before_update
from appliance.store.paths import DataPaths
from appliance.worker import Worker

log = logging.getLogger(__name__)

TICK_S = 1.0
IDLE_S = 3.0
"""So long no call must have been up: a call that is being transferred is not the last one."""
_BUSY = "already processing"

Told = Callable[[str, Outcome], None]
"""Called with ``proven``, ``fallen_back``, ``failed`` or ``unproven`` when an update has come to its end."""


class Updates(Worker):
    """Looks after what waits, from :meth:`start` until :meth:`stop`; an installation goes on without it.

    Safe to use from any thread.
    """

    def __init__(
        self, paths: DataPaths, files: BundleFiles, installer: Installer, around: Surroundings, told: Told
    ) -> None:
        super().__init__("updates")
        self.files = files
        self.installer = installer
        self.around = around
        self._paths = paths
        self._told = told
        self._path = paths.update / "state.json"
        self._lock = threading.RLock()
        self._state = kept(self._path)
        self._idle_since: float | None = None
        self._ordered = False
        self._failing = ""

    def tick(self) -> None:
        """See how far the last update has come, and restart when that is due."""
        if not self.installer.supported():
            return
        with self._lock:
            last = self._state.last
            if last is None:
                return
            match last.stage:
                case Stage.INSTALLING:
                    self._watch_installation(last)
                case Stage.INSTALLED if self._state.restart is not None and self._is_due(self._state.restart):
                    self._restart(last)
                case Stage.RESTARTING:
                    self._arrived(last)
                case Stage.PROVING | Stage.UNPROVEN:
                    self._watch_proof(last)

    # --- what is asked

    @property
    def state(self) -> UpdateState:
        """As it is kept."""
        return self._state

    def progress(self) -> Progress:
        """Of the installation that runs, or how the last update ended."""
        last = self._state.last
        if last is None or last.stage is not Stage.INSTALLING:
            return Progress(running=False, percent=100 if last else 0, last=last)
        try:
            _, percent, message, _ = self.installer.progress()
        except RaucError:
            percent, message = 0, ""
        return Progress(running=True, percent=percent, message=message, last=last)

    def slots(self) -> tuple[SlotShown, ...]:
        """Both. Raises :class:`RaucError`."""
        try:
            primary = self.installer.primary()
        except RaucError:
            primary = ""  # none has proved itself yet: GRUB begins counting anew
        return tuple(
            SlotShown(
                name=slot.name, device=slot.device, running=slot.booted, next=slot.rauc_name == primary, good=slot.good,
                version=self._version(slot), installed=slot.installed,
            )
            for slot in self.installer.slots()
        )  # fmt: skip

    def check(self, name: str) -> BundleChecked:
        """A bundle by its name. Raises :class:`RefusedError` with the reason why it cannot be installed."""
        self._must_be_supported()
        found = self.files.get(name)
        try:
            bundle, wanted = self.installer.inspect(Path(found.path)), self.installer.compatible()
        except RaucError as error:
            raise RefusedError(refusal(str(error)), detail=str(error)) from None
        if bundle.compatible != wanted:
            raise RefusedError("update_hardware", found=bundle.compatible, wanted=wanted)
        if release(bundle.version) is None:
            raise RefusedError("update_version", found=bundle.version)
        return BundleChecked(
            name=name, file=found.file, version=bundle.version, compatible=bundle.compatible, size=found.size,
            running=self.around.version, older=is_older(bundle.version, self.around.version),
        )  # fmt: skip

    def install(self, name: str, by: str, *, older: bool = False) -> Outcome:
        """Begin to install. older: also a version before the running one. Raises :class:`RefusedError`."""
        with self._lock:
            self._must_be_free()
            checked = self.check(name)
            if checked.older and not older:
                raise RefusedError("update_older", found=checked.version, running=checked.running)
            self._must_have_room()
            other = self._other()
            outcome = Outcome(
                id=secrets.token_hex(8), stage=Stage.INSTALLING, version=checked.version, before=self.around.version,
                slot=other.name, at=self.around.clock(), by=by,
            )  # fmt: skip
            before = self._state
            self._save(UpdateState(last=outcome, versions=self._versions(other, "")))
            try:
                self.installer.install(Path(self.files.get(name).path))
            except RaucError as error:
                self._save(before)
                code = "update_running" if _BUSY in str(error).lower() else "update_failed"
                raise RefusedError(code, detail=str(error)) from None
            log.info("update to %s begins, into slot %s", outcome.version, outcome.slot)
            return outcome

    def plan_restart(self, restart: Restart) -> UpdateState:
        """Have the box restart into what is installed. Raises :class:`RefusedError` when nothing is."""
        with self._lock:
            last = self._state.last
            if last is None or last.stage is not Stage.INSTALLED:
                raise RefusedError("update_none_installed")
            self._must_have_room()
            self._idle_since = None
            self._save(self._state.model_copy(update={"restart": restart}))
            self.tick()
            return self._state

    def cancel(self) -> str:
        """Forget the restart that waits, else what was installed, else what was sent up. What it was.

        Raises :class:`RefusedError`.
        """
        with self._lock:
            last = self._state.last
            if last is not None and last.stage is Stage.INSTALLING:
                raise RefusedError("update_installing")
            if self._state.restart is not None:
                self._save(self._state.model_copy(update={"restart": None}))
                return "restart"
            if last is not None and last.stage is Stage.INSTALLED:
                self._ended(last, Stage.WITHDRAWN)
                return "installed"
            if self.files.drop():
                return "upload"
            raise RefusedError("update_none_to_cancel")

    def roll_back(self, restart: Restart) -> UpdateState:
        """Have the box restart into the system in the other slot. Raises :class:`RefusedError` when there is none."""
        with self._lock:
            self._must_be_supported()
            self._must_be_free(proving_too=True)
            other = self._other()
            version = self._version(other)
            if not other.good or not version:
                raise RefusedError("update_no_other")
            outcome = Outcome(
                id=secrets.token_hex(8), kind="rollback", stage=Stage.INSTALLED, version=version,
                before=self.around.version, slot=other.name, at=self.around.clock(), by=restart.by,
            )  # fmt: skip
            self._idle_since = None
            self._save(UpdateState(last=outcome, restart=restart, versions=self._versions(other, version)))
            self.tick()
            return self._state

    def returned(self) -> None:
        """At the start: tell what the preparation put back, when this system came back."""
        found = before_update.take_returned(self._paths)
        if found is None:
            return
        with self._lock:
            last = self._state.last
            if last is not None:
                meanwhile = Meanwhile.model_validate(found["meanwhile"])
                update = {"restored": tuple(found["restored"]), "meanwhile": meanwhile}
                self._save(self._state.model_copy(update={"last": last.model_copy(update=update)}))
        before_update.forget_returned(self._paths)

    # --- steps

    def _watch_installation(self, last: Outcome) -> None:
        running, _, _, error = self.installer.progress()
        if running:
            return
        other = self._other()
        if not error and other.name == last.slot and other.version == last.version:
            self.files.drop()
            versions = self._versions(other, last.version)
            self._save(self._state.model_copy(update={"versions": versions}))
            self._ended(last, Stage.INSTALLED)
        elif error:
            self._ended(last, Stage.FAILED, reason(refusal(error), detail=error))
        else:
            self._ended(last, Stage.FAILED, reason("update_interrupted"))

    def _is_due(self, restart: Restart) -> bool:
        if restart.at is not None and self.around.clock() < restart.at:
            return False
        if not restart.idle:
            return True
        now = time.monotonic()
        if self.around.calls() != 0:
            self._idle_since = None
            return False
        if self._idle_since is None:
            self._idle_since = now
        return now - self._idle_since >= IDLE_S

    def _restart(self, last: Outcome) -> None:
        """Note what is up, make the other slot the next one, and restart."""
        if self._ordered:
            return
        slot = self._other()
        self._save(
            UpdateState(
                last=last.model_copy(update={"stage": Stage.RESTARTING, "reasons": ()}),
                versions=self._versions(slot, last.version),
                boot_id=self.around.boot_id(),
                lines=self.around.lines(),
            )
        )
        self._order(slot)

    def _order(self, slot: Slot) -> None:
        self.installer.activate(slot.rauc_name)
        log.info("the box restarts into slot %s", slot.name)
        self.around.restart()
        self._ordered = True

    def _arrived(self, last: Outcome) -> None:
        """Where the box has come out of its restart."""
        if self.around.boot_id() == self._state.boot_id:
            if not self._ordered:
                self._order(self._other())  # the daemon died between noting the restart and ordering it
            return
        self._stage(last, Stage.PROVING)
        self._watch_proof(last.model_copy(update={"stage": Stage.PROVING}))

    def _watch_proof(self, last: Outcome) -> None:
        if next(slot.name for slot in self.installer.slots() if slot.booted) != last.slot:
            self._fallen_back(last)
            return
        proof = self._proof(last)
        if proof is None:
            return
        if proof.good:
            self._ended(last, Stage.PROVEN)
        elif proof.stays and last.stage is not Stage.UNPROVEN:
            self._ended(last, Stage.UNPROVEN, *proof.reasons)

    def _fallen_back(self, last: Outcome) -> None:
        proof = self._proof(last)
        reasons = proof.reasons if proof is not None and not proof.good else (reason("update_not_started"),)
        self._ended(last, Stage.FALLEN_BACK, *reasons)

    def _proof(self, last: Outcome) -> Proof | None:
        """What the new system wrote of itself, if it is about this update."""
        try:
            text = (self._paths.proofs / f"proof-{last.slot}.json").read_text(encoding="utf-8")
            proof = Proof.model_validate_json(text)
        except (OSError, ValidationError):
            return None
        return proof if proof.update == last.id else None

    def _ended(self, last: Outcome, stage: Stage, *reasons: Reason) -> None:
        """A stage that is told to people."""
        told = tuple(one.model_copy(update={"text": texts(one)}) for one in reasons)
        self._stage(last.model_copy(update={"reasons": told}), stage)
        if self._state.last is not None:
            log.info("update to %s: %s %s", last.version, stage, "; ".join(f"{one.code} {one.params}" for one in told))
            self._told(stage.value, self._state.last)

    def _stage(self, last: Outcome, stage: Stage) -> None:
        moved = last.model_copy(update={"stage": stage, "at": self.around.clock()})
        self._save(self._state.model_copy(update={"last": moved, "restart": None}))

    def _must_be_supported(self) -> None:
        if not self.installer.supported():
            raise RefusedError("update_unsupported")

    def _must_be_free(self, *, proving_too: bool = False) -> None:
        """proving_too: going back is possible while the new system still proves itself; installing would write over the
        one to go back to.
        """
        self._must_be_supported()
        last = self._state.last
        if last is None:
            return
        if last.stage in (Stage.INSTALLING, Stage.RESTARTING):
            raise RefusedError("update_running")
        if last.stage is Stage.PROVING and not proving_too:
            raise RefusedError("update_proving")

    def _must_have_room(self) -> None:
        """The new system copies the databases before it opens them."""
        free = before_update.free(self._paths)
        needed = before_update.room_needed(self._paths) + before_update.SPARE
        if free < needed:
            raise RefusedError("update_disk_full", needed=-(-needed // 1_000_000), free=free // 1_000_000)

    def _version(self, slot: Slot) -> str | None:
        return self.around.version if slot.booted else self._state.versions.get(slot.name) or slot.version

    def _versions(self, other: Slot, version: str) -> dict[str, str]:
        """By slot, when the other one holds this version."""
        running = {slot.name: self.around.version for slot in self.installer.slots() if slot.booted}
        return {**running, other.name: version}

    def _other(self) -> Slot:
        try:
            return next(slot for slot in self.installer.slots() if not slot.booted)
        except RaucError as error:
            raise RefusedError("update_failed", detail=str(error)) from None
        except StopIteration:
            raise RefusedError("update_unsupported") from None

    def _save(self, state: UpdateState) -> None:
        keep(self._path, state)
        self._state = state

    def _run(self) -> None:
        while not self._stopping.wait(TICK_S):
            try:
                self.tick()
                self._failing = ""
            except Exception as error:
                if self._failing != str(error):  # once, not at every try
                    self._failing = str(error)
                    log.exception("updates cannot be looked after")
