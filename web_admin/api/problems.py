"""Errors of the API as problem details (RFC 9457), ``application/problem+json``."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify

from appliance.control.client import ControlError
from appliance.model.changes import ProblemShown, Shown
from appliance.model.texts import sentence

STATUS_OF_CODE = {
    "problems": 422,
    "bad_request": 400,
    "not_signed_in": 401,
    "forbidden": 403,
    "not_found": 404,
    "no_such_revision": 404,
    "no_such_path": 404,
    "method_not_allowed": 405,
    "unknown_verb": 404,
    "conflict": 409,
    "overtaken": 409,
    "in_use": 409,
    "already_exists": 409,
    "last_admin": 409,
    "confirm_pending": 409,
    "nothing_to_confirm": 409,
    "nothing_to_apply": 409,
    "smdr_off": 409,
    "display_off": 409,
    "network_no_trial": 409,
    "machine_refused": 409,
    "line_too_long": 413,
    "internal": 500,
    "unavailable": 503,
    "asterisk_down": 503,
    "machine_silent": 503,
    "disk_full": 507,
}
"""HTTP status by error code of the control socket; a code not listed is a refusal of the content, 422."""


class ProblemDetails(Shown):
    """The body of every error.

    type: ``urn:loopstart:problem:<code>``; title: the sentence in English; problems: with ``code`` ``problems``, each
    with the path of its field.
    """

    type: str
    title: str
    status: int
    code: str
    params: dict[str, str | int] = {}
    problems: list[ProblemShown] = []


def problem(code: str, params: dict[str, str | int] | None = None, **extra: Any) -> Response:
    """An error answer. extra: further members, e.g. ``problems`` or ``status``."""
    status = int(extra.pop("status", 0)) or STATUS_OF_CODE.get(code, 422)
    details = ProblemDetails(
        type=f"urn:loopstart:problem:{code}",
        title=sentence(code, params or {}, "en"),
        status=status,
        code=code,
        params=params or {},
        **extra,
    )
    response = jsonify(details.model_dump(mode="json"))
    response.status_code = status
    response.mimetype = "application/problem+json"
    if status == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="loopstart"'
    return response


def from_control(error: ControlError) -> Response:
    """What the daemon refused, as HTTP."""
    return problem(error.code, dict(error.params), problems=list(error.problems))
