"""The rows of ``site.db`` as values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from appliance.model.changes import GenerationState
from appliance.model.site import Site


@dataclass(frozen=True, slots=True)
class Draft:
    """The one shared draft.

    version: grows by one with every save; base_revision: what runs, or None before the first apply.
    changed_by: name of the account, or None for the draft the box was born with.
    """

    site: Site
    version: int
    base_revision: int | None
    changed_by: str | None
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class GenerationRow:
    """A generation as it is remembered. ``reason`` is a code of the texts with ``params``.

    ``detail`` is verbatim.
    """

    number: int
    revision: int
    state: GenerationState
    created: datetime
    confirm_by: datetime | None = None
    reason: str | None = None
    params: dict[str, str | int] = field(default_factory=dict)
    detail: str | None = None
