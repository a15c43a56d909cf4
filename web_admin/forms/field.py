"""A field of a form: how a value is typed, and what was typed as a value."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from web_admin.forms.rules import Path

Kind = Literal[
    "text",
    "dialable",
    "email",
    "password",
    "whole",
    "yes",
    "choice",
    "choices",
    "order",
    "words",
    "numbers",
    "maybe",
    "destination",
]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form.

    label: what people call it; empty takes the model's words. kind: how it is typed. ``dialable`` is shown
    left-to-right with Western digits; ``words`` is a list typed with spaces, ``numbers`` one of whole numbers;
    ``maybe`` is yes, no or left open; ``order`` a list of codes whose order counts; ``destination`` a pair of kind and
    name. words: the words for its choices, by code. empty: the word for no choice, where there may be none.
    """

    path: Path
    kind: Kind = "text"
    hint: Any = ""
    words: Mapping[str, Any] = field(default_factory=dict)
    empty: Any = ""
    label: Any = ""
    autocomplete: str = "off"

    @property
    def name(self) -> str:
        """The name of the input: ``voicemail.enabled``."""
        return ".".join(self.path)

    @property
    def id(self) -> str:
        """The id of the input in the page."""
        return "field-" + "-".join(self.path)


@dataclass(frozen=True, slots=True)
class Section:
    """Fields under one heading; ``hint`` is a sentence below it."""

    title: Any
    fields: tuple[Field, ...]
    hint: Any = ""


def western(text: str) -> str:
    """Digits of any script as Western ones: keyboards in Arabic and Persian type their own."""
    return "".join(
        str(unicodedata.digit(character)) if character.isdigit() and not character.isascii() else character
        for character in text
    )


def typed(of: Field, value: Any) -> Any:
    """A value as it stands in the input; a password is never shown."""
    match of.kind:
        case "yes":
            return bool(value)
        case "choices" | "order":
            return list(value or ())
        case "words" | "numbers":
            return " ".join(map(str, value or ()))
        case "maybe":
            return {True: "yes", False: "no"}.get(value, "")
        case "destination":
            return next(iter(value.items())) if value else ("", "")
        case "password":
            return ""
    return "" if value is None else str(value)


def parsed(of: Field, given: Any) -> Any:
    """The value of what was typed; text that is no number stays text, and the model says what is wrong with it."""
    match of.kind:
        case "yes":
            return bool(given)
        case "choices" | "order":
            return list(given or ())
        case "words":
            return _words(given)
        case "numbers":
            return [int(part) if part.isdecimal() else part for part in _words(given)]
        case "maybe":
            return {"yes": True, "no": False}.get(str(given or ""))
        case "destination":
            kind, name = given or ("", "")
            return {kind: western(str(name)).strip()} if kind else None
        case "whole":
            text = western(str(given or "")).strip()
            return int(text) if text.removeprefix("-").isdecimal() else (text or None)
        case "dialable" | "email":
            return western(str(given or "")).strip() or None
        case "password":
            return str(given or "") or None
    return str(given or "").strip() or None


def _words(given: Any) -> list[str]:
    return western(str(given or "")).replace(",", " ").replace("،", " ").split()
