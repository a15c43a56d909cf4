"""The rules of a field, taken from the published schema of the model, so that each is written once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import BaseModel

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """What a value must be. ``None`` where the schema says nothing.

    choices: of an enumeration, or of the members of a list of one.
    optional: the value may be absent (null); required: it has no default, nor may what holds it be absent.
    """

    kind: str = "string"
    required: bool = False
    optional: bool = False
    pattern: str | None = None
    min_length: int | None = None
    max_length: int | None = None
    minimum: int | None = None
    maximum: int | None = None
    choices: tuple[str, ...] = ()
    default: Any = None


@cache
def rules_of(noun: type[BaseModel], path: Path) -> Rules:
    """The rules of the field at ``path``. Raises ``KeyError`` for a path that the noun does not have."""
    whole = noun.model_json_schema(by_alias=True)
    node, required, may_lack = whole, False, False
    for step in path:
        holder, absent = _resolved(whole, node)
        may_lack = may_lack or absent
        required = not may_lack and step in holder.get("required", ())
        node = holder["properties"][step]
    default = node.get("default")
    node, optional = _resolved(whole, node)
    members = _resolved(whole, node["items"])[0] if node.get("type") == "array" and "items" in node else {}
    return Rules(
        kind=str(node.get("type", "string")),
        required=required,
        optional=optional,
        pattern=members.get("pattern") or node.get("pattern"),
        min_length=node.get("minLength"),
        max_length=node.get("maxLength"),
        minimum=node.get("minimum"),
        maximum=node.get("maximum"),
        choices=tuple(node.get("enum") or members.get("enum") or ()),
        default=default,
    )


def _resolved(whole: dict[str, Any], node: dict[str, Any]) -> tuple[dict[str, Any], bool]:
    """Follow references and ``anyOf [X, null]``: the schema of the value, and whether it may be null."""
    optional = False
    for _ in range(8):
        if "$ref" in node:
            node = whole["$defs"][node["$ref"].rsplit("/", 1)[-1]]
        elif "anyOf" in node:
            others = [choice for choice in node["anyOf"] if choice.get("type") != "null"]
            optional = optional or len(others) < len(node["anyOf"])
            node = others[0]
        elif len(node.get("allOf", ())) == 1:
            node = node["allOf"][0]
        else:
            break
    return node, optional
