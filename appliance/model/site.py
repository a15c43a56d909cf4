"""The whole desired state of one box: one frozen value, one document.

``Site.from_document`` is the only way in: it gives a :class:`Site` or every problem at once.
``Site.document`` is the only way out: what was left out of the document that came in stays out of the one
that goes out, so that import, apply and export give the same document back.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar, Self, TypeVar

from pydantic import BaseModel, Field, ValidationError
from pydantic_core import ErrorDetails

from appliance.model.box import Box
from appliance.model.extensions import Extension
from appliance.model.feature_codes import FeatureCodes
from appliance.model.fields import Noun
from appliance.model.inbound_routes import InboundRoute
from appliance.model.mail import Mail
from appliance.model.outbound_routes import OutboundRoute
from appliance.model.problems import Path, Problem, ProblemsError
from appliance.model.sip import Sip
from appliance.model.spans import Hardware, Span
from appliance.model.structure import noun_of
from appliance.model.trunks import Trunk

NounT = TypeVar("NounT", bound=Noun)

SCHEMA_ID = "urn:loopstart:site:1"

# Codes of pydantic's own checks -> ours. Everything else arrives with our code already (fields.Rule).
_PYDANTIC_CODES = {
    "missing": "required",
    "string_type": "number_is_text",
    "string_too_short": "too_short",
    "string_too_long": "too_long",
    "too_short": "list_too_short",
    "too_long": "list_too_long",
    "greater_than_equal": "too_small",
    "less_than_equal": "too_large",
    "int_type": "whole_number",
    "int_parsing": "whole_number",
    "int_from_float": "whole_number",
    "bool_type": "yes_or_no",
    "bool_parsing": "yes_or_no",
    "enum": "one_of",
    "model_type": "mapping",
    "model_attributes_type": "mapping",
    "tuple_type": "list",
    "extra_forbidden": "unknown_field",
    "invalid_key": "key_is_text",
    "string_unicode": "control_character",
    "int_parsing_size": "whole_number",
    "finite_number": "whole_number",
}
_PARAM_NAMES = {"ge": "min", "le": "max", "min_length": "min", "max_length": "max", "expected": "allowed"}


class Site(Noun):
    """Everything an admin decides about one box."""

    PLANNED: ClassVar[frozenset[str]] = frozenset(
        {
            "toll_protection", "schedules", "menus", "ring_groups", "skills", "queues", "agents",
            "supervisors", "pause_reasons", "outcomes", "scripts", "conferences", "paging", "parking", "music",
            "recording",
        }
    )  # fmt: skip

    box: Box = Box()
    mail: Mail = Mail()
    sip: Sip = Sip()
    feature_codes: FeatureCodes = FeatureCodes()
    extensions: tuple[Extension, ...] = ()
    trunks: tuple[Trunk, ...] = Field(default=(), max_length=100)
    inbound_routes: tuple[InboundRoute, ...] = Field(default=(), max_length=5000)
    outbound_routes: tuple[OutboundRoute, ...] = Field(default=(), max_length=500)
    hardware: Hardware = Hardware()

    @classmethod
    def from_document(cls, document: Any) -> Self:
        """Parse a document (what YAML or JSON gave). Raises :class:`ProblemsError` with all problems of
        shape.

        Rules between fields are :func:`appliance.model.verify.verify`'s.
        """
        try:
            return cls.model_validate(document)
        except ValidationError as error:
            raise ProblemsError(problems_of(cls, error)) from None

    def document(self) -> dict[str, Any]:
        """The site as plain JSON types, secrets included, without what was never set."""
        return self.model_dump(mode="json", exclude_unset=True, by_alias=True)

    def extension(self, number: str) -> Extension | None:
        """The extension of that number, or None."""
        return next((extension for extension in self.extensions if extension.number == number), None)

    def trunk(self, name: str) -> Trunk | None:
        """The trunk of that name, or None."""
        return next((trunk for trunk in self.trunks if trunk.name == name), None)

    def span(self, name: str) -> Span | None:
        """The span of that name, or None."""
        return next((span for span in self.hardware.spans if span.name == name), None)


def parse_noun(noun: type[NounT], document: Any, at: Path = ()) -> NounT:
    """Parse one noun of the site, e.g. an :class:`Extension` from a form.

    at: path of the noun in the site, put before the path of each problem. Raises :class:`ProblemsError`.
    """
    try:
        return noun.model_validate(document)
    except ValidationError as error:
        raise ProblemsError(problems_of(noun, error, at)) from None


def problems_of(shape: type[BaseModel], error: ValidationError, at: Path = ()) -> tuple[Problem, ...]:
    """What pydantic found while parsing ``shape``, as problems, in document order."""
    found = error.errors(include_url=False)
    # It counts the members of a list that are well: one that is not would be told twice over.
    inside = {details["loc"][:-1] for details in found if details["loc"] and isinstance(details["loc"][-1], int)}
    return tuple(
        _problem(shape, details, at)
        for details in found
        if details["type"] != "too_short" or details["loc"] not in inside
    )


def _problem(root: type[BaseModel], details: ErrorDetails, at: Path = ()) -> Problem:
    """Translate one finding of pydantic's into a problem with our code and parameters."""
    path: Path = tuple(details["loc"])
    code = _PYDANTIC_CODES.get(details["type"], details["type"])
    params = {
        _PARAM_NAMES.get(name, name): value if isinstance(value, int) else _said(name, value)
        for name, value in details.get("ctx", {}).items()
        if name not in {"code", "error", "class_name", "field_type", "actual_length", "error_type"}
    }
    if code == "unknown_field" and path:
        name = str(path[-1])
        params = {"field": name[:40]}
        if name in getattr(_noun_at(root, path[:-1]), "PLANNED", ()):
            code = "not_built"
            params = {"noun": name}
    return Problem(path=(*at, *path), code=code, params=params)


def _said(name: str, value: Any) -> str:
    """A parameter as text. Pydantic lists what an enumeration allows as ``'a', 'b' or 'c'``: the quotes
    go.
    """
    text = str(value)
    return (", ".join(re.findall(r"'([^']*)'", text)) if name == "expected" else text)[:80]


def _noun_at(root: type[BaseModel], path: Path) -> type[BaseModel] | None:
    """The noun that holds the field at a path, by walking the annotations from the root."""
    noun: type[BaseModel] | None = root
    for step in path:
        if isinstance(step, int):
            continue
        if noun is None:
            return None
        noun = noun_of(noun, step)
    return noun
