"""Merge patches (RFC 7396) on the documents of nouns."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from appliance.model.destinations import Destination
from appliance.model.structure import is_list, noun_of


def merge_patch(noun: type[BaseModel], document: dict[str, Any], patch: dict[str, Any]) -> dict[str, Any]:
    """The document with the patch merged in: ``null`` takes a field away, mappings merge, everything else
    replaces.

    One thing is not as RFC 7396 has it: a destination is one value, so ``{"voicemail": "101"}`` replaces
    ``{"extension": "102"}`` instead of joining it to a pair that says nothing.
    """
    merged = dict(document)
    for name, value in patch.items():
        if value is None:
            merged.pop(name, None)
            continue
        inner = noun_of(noun, name)
        if inner is None or inner is Destination or is_list(noun, name) or not isinstance(value, dict):
            merged[name] = value
            continue
        before = merged.get(name)
        merged[name] = merge_patch(inner, before if isinstance(before, dict) else {}, value)
    return merged
