"""What a change is: the files it alters, what it does to running calls, and how it ended.

These values are shown in the web, printed by the command line and sent over the API, so they are plain and
frozen.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from appliance.model.problems import Severity


class Shown(BaseModel):
    """A value made to be shown or sent: frozen. A reader of an older version passes over new fields."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class ReloadClass(StrEnum):
    """What it takes for a changed file to take effect, from the mildest to the hardest."""

    RELOAD = "reload"
    """A module's own reload; running calls do not notice."""
    RECREATE = "recreate"
    """The object is removed and made again; calls on that object would be lost, so it waits for them."""
    RESTART_WHEN_IDLE = "restart_when_idle"
    """Asterisk reads it only at start: it restarts once no call is up."""
    REBOOT = "reboot"


class ProblemShown(Shown):
    """A problem as it travels: see :class:`appliance.model.problems.Problem`."""

    path: tuple[str | int, ...]
    where: str
    code: str
    params: dict[str, str | int] = {}
    severity: Severity = "error"
    text: dict[str, str] = {}
    """The sentence in each language: ``{"en": …, "ar": …, "fa": …, "zh": …}``."""


class ValueChange(Shown):
    """One value of the site that changes. Secrets show as ``"***"``.

    path: as :func:`appliance.model.problems.path_text` writes it, with list members named by their key:
    ``extensions[101].name``.
    """

    path: str
    kind: Literal["added", "removed", "changed"]
    before: Any = None
    after: Any = None


class FileChange(Shown):
    """One rendered file that changes.

    diff: unified diff with secrets masked.
    reload: module to reload, e.g. ``res_pjsip.so``; None where the class is not a reload.
    """

    path: str
    kind: Literal["added", "removed", "changed"]
    reload_class: ReloadClass
    reload: str | None = None
    diff: str = ""


class CallTouched(Shown):
    """A running call that a change would affect: it ``ends``, or the change ``waits`` for its end."""

    call_id: str
    caller: str
    called: str
    how: Literal["ends", "waits"]


class Plan(Shown):
    """What applying the draft would do. Empty ``files`` means there is nothing to apply.

    draft_version: of the draft this plan is of; ``site.apply`` refuses a plan that has been overtaken.
    """

    draft_version: int
    base_revision: int | None
    problems: tuple[ProblemShown, ...] = ()
    values: tuple[ValueChange, ...] = ()
    files: tuple[FileChange, ...] = ()
    reload_class: ReloadClass | None = None
    calls_touched: tuple[CallTouched, ...] = ()

    @property
    def appliable(self) -> bool:
        """Whether no problem is an error."""
        return all(problem.severity != "error" for problem in self.problems)


class GenerationState(StrEnum):
    """The life of a generation."""

    STAGED = "staged"
    AWAITING = "awaiting"
    """Running and probed, waiting for a person to confirm it."""
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    """Asterisk did not take it; the one before was swapped back."""
    UNDONE = "undone"
    """Nobody confirmed it in time, or a person rolled it back."""


class Outcome(Shown):
    """How an apply ended.

    pending: the hardest reload class still waiting (``restart_when_idle``), None when everything is
    effective.
    reason: why it was rejected or undone, a code of the texts with ``params``; ``detail`` is what Asterisk
    said.
    timings_ms: milliseconds by step: verify, render, stage, swap, reload, probe.
    """

    generation: int
    revision: int
    state: GenerationState
    confirm_by: datetime | None = None
    reason: str | None = None
    params: dict[str, str | int] = {}
    detail: str | None = None
    pending: ReloadClass | None = None
    timings_ms: dict[str, float] = {}


class Revision(Shown):
    """A numbered state of the site that was applied.

    state: of the generation that carried it last; reason and params: why, as :class:`Outcome` has them; current:
    whether it runs now.
    """

    number: int
    author: str
    note: str
    created: datetime
    state: GenerationState
    current: bool = False
    generation: int | None = None
    reason: str | None = None
    params: dict[str, str | int] = {}
