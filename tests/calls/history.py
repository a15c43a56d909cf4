"""Comparing the history with what a scenario says it must hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from appliance.control.messages import ContactView


def differences(expected: Sequence[dict[str, Any]], found: Sequence[ContactView]) -> list[str]:
    """What is not as expected, in words; empty when the history holds just these contacts, oldest first.

    An expected value is compared as it is; ``"1-8"`` under a name ending in ``_s`` is a range of seconds; a
    list of mappings (segments) is compared element by element; ``"*"`` is any value but none.
    """
    wrong = [] if len(expected) == len(found) else [f"{len(found)} contacts instead of {len(expected)}"]
    for number, (row, contact) in enumerate(zip(expected, found, strict=False), start=1):
        wrong += _rows(f"contact {number}", row, contact.model_dump(mode="json"))
    return wrong


def table(found: Sequence[ContactView]) -> str:
    """The contacts found, as text for a failure message."""
    return "\n".join(contact.model_dump_json(exclude_defaults=True) for contact in found)


def _rows(where: str, expected: dict[str, Any], found: dict[str, Any]) -> list[str]:
    wrong = []
    for name, value in expected.items():
        if name not in found:
            wrong.append(f"{where}: there is no field {name}")
        elif isinstance(value, list):
            if len(value) != len(found[name]):
                wrong.append(f"{where}: {len(found[name])} {name} instead of {len(value)}")
            for number, (row, other) in enumerate(zip(value, found[name], strict=False), start=1):
                wrong += _rows(f"{where}, {name} {number}", row, other)
        elif not _fits(name, value, found[name]):
            wrong.append(f"{where}: {name} is {found[name]!r} instead of {value!r}")
    return wrong


def _fits(name: str, expected: Any, found: Any) -> bool:
    if expected == "*":
        return found not in (None, "")
    if name.endswith("_s") and isinstance(expected, str) and found is not None:
        least, _, most = expected.partition("-")
        return float(least) <= float(found) <= float(most)
    return bool(expected == found)
