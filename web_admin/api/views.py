"""Serve the table of routes: read the request into arguments, ask the verb, write the answer."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, request
from pydantic import BaseModel, ValidationError
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import MethodNotAllowed

from appliance.control.client import ControlClient, ControlError
from appliance.control.messages import Auth
from appliance.model.changes import ProblemShown
from appliance.model.problems import Problem, path_text
from appliance.model.site import problems_of
from appliance.model.texts import sentences
from web_admin.access import by_token, public
from web_admin.api import openapi
from web_admin.api.problems import from_control, problem
from web_admin.api.routes import ROUTES, Route

PREFIX = "/api/v1"
blueprint = Blueprint("api", __name__, url_prefix=PREFIX)

# What a query string may look like by the type of its parameter. pydantic alone would take " 1_0 ", "yes" and
# seconds since 1970, which the published schema does not promise.
_QUERY_FORMS = {
    "integer": re.compile(r"-?(0|[1-9][0-9]{0,18})"),
    "boolean": re.compile(r"true|false"),
    "date-time": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{5,16}(Z|[+-][0-9]{2}:[0-9]{2})", re.IGNORECASE),
}


class BadRequestError(ValueError):
    """A request whose query or body has not the published shape; problems: where and why."""

    def __init__(self, problems: list[Problem], status: int = 400) -> None:
        self.problems = problems
        self.status = status
        super().__init__("; ".join(found.code for found in problems))


def _client() -> ControlClient:
    """The daemon, asked in the name of the token in the ``Authorization`` header. Raises :class:`ControlError`."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise ControlError("not_signed_in")
    agent = request.headers.get("User-Agent", "")[:200]
    auth = Auth(token=token.strip(), address=request.remote_addr, user_agent=agent)
    return ControlClient(current_app.config["CONTROL_SOCKET"], auth=auth)


def _query(shape: type[BaseModel], given: MultiDict[str, str]) -> dict[str, Any]:
    """Arguments from the query string. Raises :class:`BadRequestError`."""
    properties = shape.model_json_schema()["properties"]
    wrong = []
    for name, values in given.lists():
        described = properties.get(name)
        if described is None:
            wrong.append(Problem((name,), "unknown_field", {"field": name[:40]}))
            continue
        kinds = {
            part.get("format", part.get("type"))
            for part in (described, *described.get("anyOf", ()))
            if isinstance(part, dict)
        }
        forms = [_QUERY_FORMS[kind] for kind in kinds if kind in _QUERY_FORMS]
        if len(values) != 1 or (forms and not any(form.fullmatch(values[0]) for form in forms)):
            wrong.append(Problem((name,), "bad_request"))
    if wrong:
        raise BadRequestError(wrong)
    try:
        parsed = shape.model_validate(given.to_dict())
    except ValidationError as error:
        raise BadRequestError(list(problems_of(shape, error))) from None
    arguments = parsed.model_dump(mode="json", exclude_none=True, by_alias=True)
    if str(arguments.get("which", "")).isdigit():
        arguments["which"] = int(arguments["which"])
    return arguments


def _body(route: Route) -> dict[str, Any]:
    """Arguments from the body. Raises :class:`BadRequestError`; the nouns inside are the daemon's to check."""
    if request.mimetype not in {"application/json", "application/merge-patch+json"}:
        raise BadRequestError([Problem((), "bad_request")], status=415)
    assert route.body is not None
    try:
        content = json.loads(request.get_data(cache=False))
    except (ValueError, RecursionError):
        raise BadRequestError([Problem((), "bad_request")]) from None
    if not isinstance(content, dict):
        raise BadRequestError([Problem((), "mapping")])
    if route.body_as is not None:
        return {route.body_as: content}
    try:
        parsed = route.body.model_validate_json(json.dumps(content), strict=True)
    except ValidationError as error:
        raise BadRequestError(list(problems_of(route.body, error))) from None
    return parsed.model_dump(mode="json", exclude_none=True, by_alias=True)


def _shown(found: Problem) -> ProblemShown:
    return ProblemShown(
        path=found.path,
        where=path_text(found.path),
        code=found.code,
        params=found.params,
        text=sentences(found.code, found.params),
    )


def _view(route: Route) -> Callable[..., Response]:
    def view(**path: str) -> Response:
        for name, value in path.items():
            if re.fullmatch(route.path_rules[name].strip("^$"), value) is None:
                return problem("no_such_path")
        arguments: dict[str, Any] = {
            name: int(value) if route.verb == "history.get" else value for name, value in path.items()
        }
        try:
            if route.query is not None:
                arguments |= _query(route.query, request.args)
            elif request.args:
                raise BadRequestError(
                    [Problem((name,), "unknown_field", {"field": name[:40]}) for name in request.args]
                )
            if route.body is not None:
                arguments |= _body(route)
            answer = _client().ask(route.verb, **arguments)
        except BadRequestError as error:
            return problem("bad_request", status=error.status, problems=[_shown(found) for found in error.problems])
        except ControlError as error:
            return from_control(error)
        response = jsonify(answer)
        response.status_code = route.status
        response.headers["Cache-Control"] = "no-store"
        return response

    view.__name__ = route.name
    view.__doc__ = route.summary
    return by_token(route.permission)(view)


for _route in ROUTES:
    blueprint.add_url_rule(
        re.sub(r"\{(\w+)\}", r"<\1>", _route.path),
        endpoint=_route.name,
        view_func=_view(_route),
        methods=[_route.method],
    )


@blueprint.get("/openapi.json")
@public
def document() -> Response:
    """The OpenAPI document of this very table."""
    return jsonify(openapi.document(ROUTES, PREFIX))


@blueprint.after_app_request
def _as_problem(response: Response) -> Response:
    """Errors that arise before a view is chosen (no such path, no such method) as problem details too."""
    if response.status_code < 400 or not request.path.startswith(f"{PREFIX}/") or response.is_streamed:
        return response
    if response.mimetype == "application/problem+json":
        return response
    code = {404: "no_such_path", 405: "method_not_allowed", 413: "line_too_long"}.get(response.status_code)
    answer = problem(code or "internal", status=response.status_code)
    if isinstance(request.routing_exception, MethodNotAllowed):
        answer.headers["Allow"] = ", ".join(sorted(request.routing_exception.valid_methods or ()))
    return answer
