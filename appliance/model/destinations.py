"""Where a call may go: always one pair, ``{kind: name}``."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from pydantic import ConfigDict, GetJsonSchemaHandler, model_serializer, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

from appliance.model.fields import DIALABLE, Noun


class DestinationKind(StrEnum):
    """The kinds of destination the site language knows and this version builds."""

    EXTENSION = "extension"
    VOICEMAIL = "voicemail"
    HANG_UP = "hang_up"


PLANNED_KINDS = frozenset(
    {
        "ring_group", "queue", "menu", "conference", "fax", "directory", "announcement", "number", "dial",
        "emergency", "schedule",
    }
)  # fmt: skip
"""Kinds of the site language that this version refuses by name instead of ignoring."""

HANG_UP_CAUSES = ("normal", "busy", "congestion", "rejected")


class Destination(Noun):
    """One pair, e.g. ``{voicemail: "102"}``.

    name: the number of the extension or mailbox, or one of :data:`HANG_UP_CAUSES` for ``hang_up``.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: DestinationKind
    name: str

    @model_validator(mode="before")
    @classmethod
    def _from_pair(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        if isinstance(value.get("kind"), DestinationKind) and set(value) == {"kind", "name"}:
            pair = (value["kind"].value, value["name"])  # made by code, not read from a document
        elif len(value) == 1:
            [pair] = value.items()
        else:
            raise PydanticCustomError("one_destination", "a destination is one pair", {})
        kind, name = pair
        if kind in PLANNED_KINDS:
            raise PydanticCustomError("not_built", "{noun} is not built yet", {"noun": str(kind)})
        if kind not in set(DestinationKind):
            raise PydanticCustomError("unknown_destination", "no such kind {kind}", {"kind": str(kind)[:40]})
        if not isinstance(name, str):
            raise PydanticCustomError("number_is_text", "numbers people dial are text", {})
        if kind != DestinationKind.HANG_UP:
            DIALABLE.check(name)
        elif name not in HANG_UP_CAUSES:
            raise PydanticCustomError("hang_up_cause", "unknown cause", {"allowed": ", ".join(HANG_UP_CAUSES)})
        return {"kind": kind, "name": name}

    @model_serializer
    def _as_pair(self) -> dict[str, str]:
        return {self.kind.value: self.name}

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {
            "title": "Destination",
            "description": "Where a call goes: exactly one pair of kind and name.",
            "type": "object",
            "minProperties": 1,
            "maxProperties": 1,
            "additionalProperties": False,
            "properties": {
                "extension": {"type": "string", "pattern": DIALABLE.pattern},
                "voicemail": {"type": "string", "pattern": DIALABLE.pattern},
                "hang_up": {"enum": list(HANG_UP_CAUSES)},
            },
        }
