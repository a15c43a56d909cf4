"""How one AMI message looks once it is off the wire: header names to values, a repeated header as a tuple."""

from __future__ import annotations

import re
import unicodedata
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


def person_name(headers: Headers, name: str) -> str:
    """The value of a header that names a person, as it was before Asterisk escaped it for C.

    Only caller's and connected party's names come escaped (main/manager_channels.c,
    ast_manager_build_channel_state_string_prefix; main/utils.c, ast_escape_c): O'Brien arrives as ``O\\'Brien``.
    Control characters and direction overrides, which a caller may well have sent, become spaces: a name is one
    line, and looks like what it is.
    """
    plain = _ESCAPED.sub(lambda found: _MEANT.get(found[1], found[1]), text(headers, name))
    return "".join(" " if _unshowable(character) else character for character in plain).strip()


def _unshowable(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} or character in _OVERRIDES


_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")  # Unicode TR 36, 2.1
_ESCAPED = re.compile(r"\\(.)")
_MEANT = dict.fromkeys("abfnrtv", " ")
_ABSENT = frozenset({"<null>", "<unknown>", "<none>", "(null)"})
