"""The OpenAPI 3.1 document, written from the table of routes and the types it names."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from appliance import VERSION
from web_admin.api.problems import ProblemDetails
from web_admin.api.routes import Route
from web_admin.api.shapes import WhichQuery

_Names = dict[tuple[Any, str], str]
"""Component name by type and direction, ``validation`` or ``serialization``."""

_REF = "#/components/schemas/{model}"


def document(routes: Iterable[Route], prefix: str) -> dict[str, Any]:
    """The whole document. prefix: path under which the routes are served."""
    table = tuple(routes)
    names, components = _components(table)
    paths: dict[str, dict[str, Any]] = {}
    for route in table:
        paths.setdefault(prefix + route.path, {})[route.method.lower()] = _operation(route, names, components)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Loopstart",
            "version": VERSION,
            "description": "The verbs of the box over HTTP. Changes go to the draft; `POST /apply` makes them run.",
            "license": {"name": "Proprietary", "url": "about:blank"},
        },
        "servers": [{"url": "/"}],
        "security": [{"token": []}],
        "tags": [{"name": tag} for tag in dict.fromkeys(route.tag for route in table)],
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "An API token: Accounts → API tokens, or `loopstart token add`.",
                }
            },
        },
    }


def _components(table: tuple[Route, ...]) -> tuple[_Names, dict[str, Any]]:
    """Schemas of all types named, and the component's name of each type in each direction."""
    wanted: list[tuple[type[BaseModel], Any]] = [(ProblemDetails, "serialization")]
    for route in table:
        wanted.append((route.result, "serialization"))
        for asked in (route.body, route.patch_of):
            if asked is not None:
                wanted.append((asked, "validation"))
    schemas, shared = models_json_schema(list(dict.fromkeys(wanted)), ref_template=_REF)
    names: _Names = {
        (model, str(mode)): str(schema["$ref"]).rsplit("/", 1)[-1] for (model, mode), schema in schemas.items()
    }
    return names, shared["$defs"]


def _operation(route: Route, names: _Names, components: dict[str, Any]) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": route.name,
        "summary": route.summary,
        "description": f"Needs the permission `{route.permission.value}`.",
        "tags": [route.tag],
        "parameters": [*_path_parameters(route), *_query_parameters(route)],
        "responses": {
            str(route.status): {
                "description": "Done.",
                "content": {"application/json": {"schema": _ref(names[route.result, "serialization"])}},
            },
            **{str(status): _problem_answer(meaning) for status, meaning in _problem_statuses(route).items()},
        },
    }
    if route.body is not None:
        schema = _ref(names[route.body, "validation"])
        if route.patch_of is not None:
            schema = _patch_schema(components[names[route.patch_of, "validation"]], components)
        operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": schema}}}
    return operation


_NAMES_IN_THE_BODY = frozenset(
    {"hardware.test", "revision.diff", "site.rollback", "update.receive", "update.check", "update.install"}
)


def _problem_statuses(route: Route) -> dict[int, str]:
    statuses = {
        400: "The request has not the published shape.",
        401: "No token, or one that does not hold.",
        403: "The token has not the permission.",
        503: "The daemon, or Asterisk behind it, does not answer.",
    }
    names_revision = route.query is not None and issubclass(route.query, WhichQuery)
    if route.path_rules or names_revision or route.verb in _NAMES_IN_THE_BODY:
        statuses[404] = "There is no such thing."
    if route.method != "GET":
        statuses[409] = "The draft moved on, or the state of the box forbids it."
        statuses[422] = "The content breaks a rule; `problems` tells where."
        statuses[507] = "The disk is full."
    if route.body is not None:
        statuses[413] = "Too large."
        statuses[415] = "Not JSON."
    return dict(sorted(statuses.items()))


def _problem_answer(meaning: str) -> dict[str, Any]:
    return {
        "description": meaning,
        "content": {"application/problem+json": {"schema": _ref("ProblemDetails")}},
    }


def _path_parameters(route: Route) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": {"type": "string", "pattern": route.path_rules[name]},
        }
        for name in re.findall(r"\{(\w+)\}", route.path)
    ]


def _query_parameters(route: Route) -> list[dict[str, Any]]:
    if route.query is None:
        return []
    schema = route.query.model_json_schema()
    parameters = []
    for name, described in schema["properties"].items():
        kinds = [kind for kind in described.get("anyOf", ()) if kind.get("type") != "null"]
        plain = {**described, **kinds[0]} if kinds else dict(described)
        plain.pop("anyOf", None)
        if plain.get("default", "") is None:
            plain.pop("default")
        parameters.append(
            {"name": name, "in": "query", "required": name in schema.get("required", ()), "schema": plain}
        )
    return parameters


def _patch_schema(noun: dict[str, Any], components: Mapping[str, Any], within: tuple[str, ...] = ()) -> dict[str, Any]:
    """A merge patch of a noun (RFC 7396): the same members, none required, each may be null to remove it.

    So are those of the objects in it. Lists are not merged: one that is given is whole. within: the names of the
    components that it is inside of.
    """
    patch = {key: copy.deepcopy(value) for key, value in noun.items() if key not in {"required", "description"}}
    patch["title"] = f"{noun.get('title', 'Noun')}Patch"
    patch["properties"] = {
        name: {"anyOf": [_patched(described, components, within), {"type": "null"}]}
        for name, described in patch.get("properties", {}).items()
    }
    return patch


def _patched(described: dict[str, Any], components: Mapping[str, Any], within: tuple[str, ...]) -> dict[str, Any]:
    """What a member of a patch may be, besides null."""
    found = {key: value for key, value in described.items() if key != "default"}
    if "anyOf" in found:
        found["anyOf"] = [_patched(one, components, within) for one in found["anyOf"]]
    name = str(found.get("$ref", "")).rpartition("/")[2]
    if name and name not in within and "properties" in components[name]:
        return _patch_schema(components[name], components, (*within, name))
    return found


def _ref(name: str) -> dict[str, str]:
    return {"$ref": _REF.format(model=name)}
