"""The API serves what it describes, to whom it says, and nothing to cookies."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest
from flask.testing import FlaskClient

from appliance.cli import port_tests
from appliance.control.registry import all_verbs
from appliance.live.facts import Outcome
from appliance.model.access import Permission, Role
from appliance.model.port_tests import LoopMode, PortTestKind
from tests.api.conftest import Api, token
from tests.control.conftest import House
from web_admin.api import openapi, shapes
from web_admin.api.routes import ROUTES, Route
from web_admin.api.shapes import ContactOutcome
from web_admin.daemon import SESSION_COOKIE

DOCUMENT = Path(__file__).parents[2] / "docs" / "api.md"


@cache
def published() -> dict[str, Any]:
    """The OpenAPI document; no test changes it."""
    return openapi.document(ROUTES, "/api/v1")


def test_every_route_is_documented_and_nothing_else() -> None:
    rows = re.findall(r"^\| `([A-Z]+ /\S+)` \| (.+?) \| `([a-z.]+)` \|$", DOCUMENT.read_text(), re.MULTILINE)
    assert rows == [(f"{route.method} {route.path}", route.summary, route.permission.value) for route in ROUTES]


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.verb)
def test_a_route_names_a_verb_and_its_permission(route: Route) -> None:
    verb = all_verbs()[route.verb]
    needs = verb.needs if isinstance(verb.needs, tuple) else (verb.needs,)
    assert route.permission in needs or not isinstance(needs[0], Permission)


def test_the_outcomes_of_the_history_are_all_published() -> None:
    assert set(get_args(ContactOutcome)) == set(Outcome)


def test_the_document_refers_only_to_what_it_holds() -> None:
    document = published()
    refs = set(re.findall(r"'#/components/schemas/([^']+)'", str(document)))
    assert refs <= set(document["components"]["schemas"])
    assert len(document["paths"]) == len({route.path for route in ROUTES})


def test_without_a_token_nothing_is_served(http: FlaskClient) -> None:
    for route in ROUTES:
        path = re.sub(r"\{\w+\}", "any" if route.path.startswith("/inbound") else "101", route.path)
        answer = http.open(f"/api/v1{path}", method=route.method, json={"label": "x"} if route.body else None)
        assert (route.verb, answer.status_code in {400, 401}) == (route.verb, True)
        assert answer.mimetype == "application/problem+json"


def test_a_cookie_does_not_sign_in(house: House, http: FlaskClient) -> None:
    house.account("layla", Role.ADMIN)
    session, _ = house.stores.sessions.start("layla", "192.0.2.1", "browser")
    http.set_cookie(SESSION_COOKIE, session, secure=True)
    assert http.get("/api/v1/status", base_url="https://localhost").status_code == 401


def test_a_token_is_held_to_its_scopes(house: House, http: FlaskClient) -> None:
    reader = Api(http, token(house, Permission.SITE_READ))
    assert reader("GET", "/extensions").status_code == 200
    refused = reader("POST", "/extensions", json={"number": "101", "name": "Reception"})
    assert refused.status_code == 403
    assert refused.json["code"] == "forbidden"


def test_an_extension_is_added_changed_and_removed(api: Api) -> None:
    added = api("POST", "/extensions", json={"number": "101", "name": "Reception"})
    assert added.status_code == 201
    assert added.json["extension"]["secret"] == "***"
    changed = api("PATCH", "/extensions/101", json={"name": "Front desk"})
    assert changed.json["extension"]["name"] == "Front desk"
    stale = api("PATCH", f"/extensions/101?expect_version={added.json['version']}", json={"name": "Late"})
    assert (stale.status_code, stale.json["code"]) == (409, "overtaken")
    assert api("DELETE", "/extensions/101").status_code == 200
    assert api("GET", "/extensions/101").status_code == 404


def test_every_problem_comes_with_the_path_of_its_field(api: Api) -> None:
    refused = api("POST", "/extensions", json={"number": "1o1", "name": "", "trunk": 1})
    assert refused.status_code == 422
    assert {problem["path"][-1] for problem in refused.json["problems"]} == {"number", "name", "trunk"}
    assert api("GET", "/extensions").json["total"] == 0


@pytest.mark.parametrize(
    "route",
    [route for route in ROUTES if route.query is not None and "which" in route.query.model_fields],
    ids=lambda route: route.verb,
)
def test_a_revision_that_is_not_there_is_answered_as_published(api: Api, route: Route) -> None:
    address = re.sub(r"\{\w+\}", "101", route.path)
    assert api(route.method, f"{address}?which=76").status_code == 404
    operation = published()["paths"][f"/api/v1{route.path}"][route.method.lower()]
    assert "404" in operation["responses"]


@pytest.mark.parametrize(
    "query", ["?limit=1e1", "?limit=%201", "?limit=0", "?nonsense=1", "?limit=1&limit=2", "?which=yesterday"]
)
def test_a_query_that_is_not_as_published_is_refused(api: Api, query: str) -> None:
    assert api("GET", f"/extensions{query}").status_code == 400


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        ("{", "application/json", 400),
        ("[]", "application/json", 400),
        ("{}", "text/plain", 415),
        ("[" * 100_000, "application/json", 400),
    ],
)
def test_a_body_that_is_no_json_object_is_refused(api: Api, body: str, kind: str, status: int) -> None:
    refused = api("POST", "/extensions", data=body, content_type=kind)
    assert (refused.status_code, refused.mimetype) == (status, "application/problem+json")


def test_what_is_not_there_answers_as_a_problem(api: Api) -> None:
    assert api("GET", "/nothing").mimetype == "application/problem+json"
    refused = api("DELETE", "/status")
    assert (refused.status_code, refused.mimetype) == (405, "application/problem+json")
    assert "GET" in refused.headers["Allow"]


def test_a_merge_patch_may_remove_what_is_inside_a_member() -> None:
    """RFC 7396: null inside an object removes that member; a list is taken as it is given."""
    operation = openapi.document(ROUTES, "/api/v1")["paths"]["/api/v1/hardware"]["patch"]
    members = operation["requestBody"]["content"]["application/json"]["schema"]["properties"]
    smdr = members["smdr"]["anyOf"][0]
    assert {"type": "null"} in smdr["properties"]["speed"]["anyOf"]
    assert "required" not in smdr
    assert "$ref" in members["spans"]["anyOf"][0]["items"]


def test_the_tests_of_a_port_are_the_same_everywhere() -> None:
    """The command's list and the API's stand apart from the model: one for its quick start, one as it is published."""
    body = shapes.PortTestBody.model_fields
    assert get_args(body["kind"].annotation) == port_tests._KINDS == tuple(kind.value for kind in PortTestKind)
    assert get_args(body["loop"].annotation) == tuple(mode.value for mode in LoopMode)
