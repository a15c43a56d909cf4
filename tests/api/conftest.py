"""The API in front of a really wired daemon."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from appliance.model.access import Permission, Role
from tests.control.conftest import House, house
from tests.web.application import application

__all__ = ["house"]


@dataclass(frozen=True)
class Api:
    """A client of the API with one token."""

    http: FlaskClient
    token: str

    def __call__(self, method: str, path: str, **request: Any) -> TestResponse:
        headers = {"Authorization": f"Bearer {self.token}", **request.pop("headers", {})}
        return self.http.open(f"/api/v1{path}", method=method, headers=headers, **request)


@pytest.fixture
def http(house: House) -> Iterator[FlaskClient]:
    with application(house.web_socket) as app:
        yield app.test_client()


def token(house: House, *scopes: Permission) -> str:
    """An API token of an administrator, held to ``scopes``."""
    admin = house.account("admin", Role.ADMIN)
    return str(admin.ask("token.add", label="test", scopes=[scope.value for scope in scopes])["token"])


@pytest.fixture
def api(house: House, http: FlaskClient) -> Api:
    return Api(http, token(house, *Permission))
