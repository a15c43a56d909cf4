"""The rules of single fields, each written once. Forms, API, command line and site file all get them from here.

A :class:`Rule` is both the check and its published form: pydantic runs it, and the JSON schema (and through it
the HTML forms) shows its pattern and lengths.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema


class Noun(BaseModel):
    """A part of the site document: frozen, and closed to names it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=False, populate_by_name=True)


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern and length for a string, with the code of the problem a breach of it raises.

    pattern: the whole string must match; ECMA-compatible, since it is published in the JSON schema.
    """

    code: str
    pattern: str
    min_length: int = 1
    max_length: int = 128

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self.check, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        published = handler(schema)
        published |= {"pattern": self.pattern, "minLength": self.min_length, "maxLength": self.max_length}
        return published

    def check(self, value: str) -> str:
        """Give the value back, or raise the problem ``code`` with the allowed lengths."""
        fits = self.min_length <= len(value) <= self.max_length
        if not fits or re.fullmatch(self.pattern.strip("^$"), value) is None:
            raise PydanticCustomError(
                self.code,  # type: ignore[arg-type]  # pydantic wants a literal; ours comes from the table
                "the value breaks the rule {code}",
                {"code": self.code, "min": self.min_length, "max": self.max_length},
            )
        return value


# Bidirectional overrides can make one name look like another on a screen (Unicode TR 36, 2.1).
_DECEIVING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def _shown_text(value: str) -> str:
    """Refuse text that cannot be shown on one line: control characters, line breaks, direction overrides."""
    for character in value:
        if unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} or character in _DECEIVING:
            raise PydanticCustomError(
                "control_character",
                "control character U+{codepoint}",
                {"codepoint": f"{ord(character):04X}"},
            )
    if value != value.strip():
        raise PydanticCustomError("surrounding_space", "space around the text", {})
    return value


class Language(StrEnum):
    """Languages of the box, as BCP 47 primary tags."""

    EN = "en"
    AR = "ar"
    FA = "fa"
    ZH = "zh"


class MayCall(StrEnum):
    """How far an extension may call; each class includes those before it."""

    INTERNAL = "internal"
    LOCAL = "local"
    NATIONAL = "national"
    INTERNATIONAL = "international"


Name = Annotated[
    str, Field(min_length=1, max_length=80), AfterValidator(_shown_text)
]
Note = Annotated[str, Field(max_length=400), AfterValidator(_shown_text)]
Label = Annotated[str, Rule("label", r"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", 1, 63)]
"""A lower-case name that is also a host label (RFC 1123, section 2.1)."""
GroupName = Annotated[str, Rule("group_name", r"^[A-Za-z0-9_-]{1,32}$", 1, 32)]
Dialable = Annotated[str, Rule("dialable", r"^[0-9]{2,10}$", 2, 10)]
"""A number that people dial inside: two to ten digits."""
FeatureCode = Annotated[str, Rule("feature_code", r"^[*#][0-9*#]{1,6}$", 2, 7)]
OutsideNumber = Annotated[str, Rule("e164", r"^\+[1-9][0-9]{6,14}$", 8, 16)]
"""An outside number in E.164 (ITU-T E.164, 6.1: at most fifteen digits)."""
Secret = Annotated[str, Rule("secret", r"^[!-~]{8,64}$", 8, 64)]
"""A SIP password: printable ASCII without space, so that every phone's keypad and file format can carry it."""
Pin = Annotated[str, Rule("pin", r"^[0-9]{4,10}$", 4, 10)]
Email = Annotated[str, Rule("email", r"^[^@\s<>\"',;:\\]{1,64}@[A-Za-z0-9]([A-Za-z0-9.-]{0,190}[A-Za-z0-9])?$", 3, 254)]
TimeZone = Annotated[str, Rule("time_zone", r"^[A-Za-z]+(/[A-Za-z0-9_+-]+){0,2}$", 3, 64)]
CountryCode = Annotated[str, Rule("country", r"^[A-Z]{2}$", 2, 2)]
