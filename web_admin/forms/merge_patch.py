"""The difference between two documents as a merge patch (RFC 7396), which is how edits travel to the daemon."""

from __future__ import annotations

from typing import Any

from appliance.model.destinations import DestinationKind


def merge_patch(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """What turns ``before`` into ``after``. A member that is gone is named with None; equal ones are left out."""
    patch: dict[str, Any] = {name: None for name in before if name not in after}
    for name, value in after.items():
        if name not in before:
            patch[name] = value
        elif isinstance(value, dict) and isinstance(before[name], dict) and not _is_destination(value):
            if inner := merge_patch(before[name], value):
                patch[name] = inner
        elif value != before[name]:
            patch[name] = value
    return patch


def _is_destination(value: dict[str, Any]) -> bool:
    """A destination is one value: the daemon replaces it whole (:mod:`appliance.model.merge`)."""
    return len(value) == 1 and next(iter(value)) in set(DestinationKind)
