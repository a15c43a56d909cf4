"""The rules of single fields, each written once. Forms, API, command line and site file all get them from
here.

A :class:`Rule` is both the check and its published form: pydantic runs it, and the JSON schema (and through
it the HTML forms) shows its pattern and lengths.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler, GetJsonSchemaHandler, Strict
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema


class Noun(BaseModel):
    """A part of the site document: frozen, and closed to names it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=False, populate_by_name=True)


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern and length for a string, with the code of the problem a breach of it raises.

    pattern: the whole string must match. It is published in the JSON schema and in HTML forms, so it must
    mean the same to ECMA-262 (flags u and v) as to Python: no ``\\s \\d \\w``, and ``- / { } |`` escaped
    inside a class.
    """

    code: str
    pattern: str
    min_length: int = 1
    max_length: int = 128

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self.check, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        published = handler(schema)
        published |= {"pattern": self.pattern, "minLength": self.min_length, "maxLength": self.max_length}
        return published

    def fits(self, value: str) -> bool:
        """Whether the value keeps the rule."""
        return self.min_length <= len(value) <= self.max_length and re.fullmatch(self.pattern, value) is not None

    def check(self, value: str) -> str:
        """Give the value back, or raise the problem ``code`` with the allowed lengths."""
        if not self.fits(value):
            raise PydanticCustomError(
                self.code,
                "the value breaks the rule {code}",
                {"code": self.code, "min": self.min_length, "max": self.max_length},
            )
        return value


# Control characters, line and paragraph separators, lone surrogates; and the bidirectional overrides, which
# can make one name look like another on a screen (Unicode TR 36, 2.1).
_NOT_SHOWN = r"\u0000-\u001f\u007f-\u009f\u2028\u2029\ud800-\udfff\u202a-\u202e\u2066-\u2069"
# What Python's str.strip takes for space, less the control characters above.
_SPACE = r"\u0020\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_NOT_SHOWN_AT = re.compile(f"[{_NOT_SHOWN}]")


@dataclass(frozen=True, slots=True)
class ShownText:
    """Text that can be shown on one line: no control characters, no direction overrides, no space around
    it.
    """

    min_length: int
    max_length: int

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self.check, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        published = handler(schema)
        published |= {"pattern": self.pattern, "minLength": self.min_length, "maxLength": self.max_length}
        return published

    @property
    def pattern(self) -> str:
        """The rule as a pattern for ECMA-262 and Python alike."""
        return f"^(?![{_SPACE}])[^{_NOT_SHOWN}]*(?<![{_SPACE}])$"

    def check(self, value: str) -> str:
        """Give the value back, or raise the first breach."""
        if len(value) < self.min_length:
            raise PydanticCustomError("string_too_short", "too short", {"min": self.min_length})
        if len(value) > self.max_length:
            raise PydanticCustomError("string_too_long", "too long", {"max": self.max_length})
        if (found := _NOT_SHOWN_AT.search(value)) is not None:
            raise PydanticCustomError(
                "control_character",
                "control character U+{codepoint}",
                {"codepoint": f"{ord(found.group()):04X}"},
            )
        if value != value.strip():
            raise PydanticCustomError("surrounding_space", "space around the text", {})
        return value


@dataclass(frozen=True, slots=True)
class Hidden:
    """Marks a field as secret: shown as ``"***"``, kept outside the site's own database
    (``secrets_of.py``).
    """

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        published = handler(schema)
        published |= {"writeOnly": True}
        return published


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


Whole = Annotated[int, Strict()]
"""A whole number. Strict, because the published schema is: ``"3"`` and ``true`` are not numbers."""
YesNo = Annotated[bool, Strict()]
Name = Annotated[str, ShownText(1, 80)]
Note = Annotated[str, ShownText(0, 400)]
Label = Annotated[str, Rule("label", r"^[a-z0-9]([a-z0-9\-]{0,61}[a-z0-9])?$", 1, 63)]
"""A lower-case name that is also a host label (RFC 1123, section 2.1)."""
GroupName = Annotated[str, Rule("group_name", r"^[A-Za-z0-9_\-]{1,32}$", 1, 32)]
DIALABLE = Rule("dialable", r"^[0-9]{2,10}$", 2, 10)
Dialable = Annotated[str, DIALABLE]
"""A number that people dial inside: two to ten digits."""
FeatureCode = Annotated[str, Rule("feature_code", r"^[*#][0-9*#]{1,6}$", 2, 7)]
OutsideNumber = Annotated[str, Rule("e164", r"^\+[1-9][0-9]{6,14}$", 8, 16)]
"""An outside number in E.164 (ITU-T E.164, 6.1: at most fifteen digits)."""
Secret = Annotated[str, Rule("secret", r"^[!-~]{8,64}$", 8, 64), Hidden()]
"""A SIP password: printable ASCII without space, so that every phone's keypad and file format can carry
it.
"""
Pin = Annotated[str, Rule("pin", r"^[0-9]{4,10}$", 4, 10), Hidden()]
_HOST_LABEL = r"[A-Za-z0-9]([A-Za-z0-9\-]{0,61}[A-Za-z0-9])?"
Email = Annotated[str, Rule("email", rf"^[A-Za-z0-9._+%&=~\-]{{1,64}}@({_HOST_LABEL}\.){{0,8}}{_HOST_LABEL}$", 3, 254)]
"""A mailbox (RFC 5321, 4.1.2) without quoted local parts and without what mail programs give another
meaning.
"""
TimeZone = Annotated[str, Rule("time_zone", r"^[A-Za-z]+(/[A-Za-z0-9_+\-]+){0,2}$", 3, 64)]
CountryCode = Annotated[str, Rule("country", r"^[A-Z]{2}$", 2, 2)]
