"""Trunks: ways out of the box and into it."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, ClassVar

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from appliance.model.fields import Label, Noun, OutsideNumber, Whole


class TrunkKind(StrEnum):
    """The kinds of trunk that this version builds."""

    DAHDI = "dahdi"


PLANNED_TRUNKS = frozenset({"sip"})
"""Kinds of the site language that this version refuses by name."""


class Trunk(Noun):
    """Lines that belong together.

    spans: names of the spans, tried in this order for calls out. max_calls: at once, both ways; ``None`` means as many
    as the spans carry. numbers: that callers reach it by; the first one is shown to those called.
    """

    PLANNED: ClassVar[frozenset[str]] = frozenset(
        {"host", "username", "secret", "transport", "register", "codecs", "authentication", "prefix"}
    )

    name: Label
    kind: TrunkKind
    spans: tuple[Label, ...] = Field(min_length=1, max_length=60)
    max_calls: Whole | None = Field(default=None, ge=1, le=1000)
    numbers: tuple[OutsideNumber, ...] = Field(default=(), max_length=1000)

    @model_validator(mode="before")
    @classmethod
    def _built(cls, value: Any) -> Any:
        # Before the fields, so that it is refused once by its kind and not once more for every field of that kind.
        kind = value.get("kind") if isinstance(value, dict) else None
        if isinstance(kind, str) and kind in PLANNED_TRUNKS:
            raise PydanticCustomError("not_built", "{noun} is not built yet", {"noun": f"kind: {kind}"})
        return value
