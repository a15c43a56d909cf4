"""How one AMI message looks once it is off the wire: header names to values, a repeated header as a tuple."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

Headers: TypeAlias = Mapping[str, str | tuple[str, ...]]
"""A header given once is a string; given several times, a tuple of strings in the order they came."""


def text(headers: Headers, name: str) -> str:
    """The value of a header: the last one where it was repeated, ``""`` where it is missing.

    Asterisk writes ``<null>``, ``<unknown>`` and ``<none>`` for values it does not have
    (main/manager_channels.c, apps/app_queue.c); they read as ``""``.
    """
    value = headers.get(name, "")
    if isinstance(value, tuple):
        value = value[-1] if value else ""
    return "" if value in _ABSENT else value


_ABSENT = frozenset({"<null>", "<unknown>", "<none>", "(null)"})
