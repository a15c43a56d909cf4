"""The published JSON schema (2020-12) of the site document: for editors, integrators and the web's forms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from inspect import cleandoc
from typing import Any

from pydantic import BaseModel

from appliance.model.site import SCHEMA_ID, Site
from appliance.model.structure import attributes, noun_of
from appliance.model.texts.labels import FIELDS

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_FIELD_LINE = re.compile(r"(\w+(?:, \w+)*): (.*)")


def schema() -> dict[str, Any]:
    """The JSON schema of a site document. Nouns that are planned but not built are not accepted by it.

    It says what one field may hold; rules between fields are :func:`appliance.model.verify.verify`'s.
    """
    return deepcopy(_schema())


@cache
def _schema() -> dict[str, Any]:
    published: dict[str, Any] = Site.model_json_schema(mode="validation")
    definitions = published.get("$defs", {})
    for noun, place in _nouns(Site, ""):
        at = published if noun is Site else definitions.get(noun.__name__, {})
        said = _described(noun)
        at["description"] = said.pop("", "")
        for name, field in at.get("properties", {}).items():
            label = FIELDS.get(f"{place}.{name}" if place else name)
            if label is not None:
                field["title"] = label["en"]
            if name in said:
                field["description"] = said[name]
    return {"$schema": DIALECT, "$id": SCHEMA_ID, **published, "title": "Site of a Loopstart box"}


def _nouns(noun: type[BaseModel], place: str) -> Iterator[tuple[type[BaseModel], str]]:
    """Every noun of the document and its path without indexes."""
    yield noun, place
    for name in attributes(noun):
        inner = noun_of(noun, name)
        if inner is not None:
            yield from _nouns(inner, f"{place}.{name}" if place else name)


def _described(noun: type[BaseModel]) -> dict[str, str]:
    """What the docstring of a noun says of it (under ``""``) and of its fields (lines ``name: what it
    is``).
    """
    said: dict[str, str] = {}
    names = [""]
    for line in cleandoc(noun.__doc__ or "").splitlines():
        found = _FIELD_LINE.fullmatch(line)
        if found and all(name in attributes(noun) for name in found[1].split(", ")):
            names = found[1].split(", ")
            line = found[2]  # noqa: PLW2901  what is left of the line is the field's
        elif not line.strip():
            names = [""]
        for name in names:
            said[name] = f"{said.get(name, '')} {line.strip()}".strip()
    return said
