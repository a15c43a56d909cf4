"""Schemathesis finds a planted breach of the document, and none where there is none.

The whole API is tried on the running box by ``tests/box/test_api.py``.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from werkzeug.serving import make_server

from appliance.model.access import Permission
from tests.api.conftest import token
from tests.api.fuzz import fuzz
from tests.control.conftest import House
from tests.web.application import application
from web_admin.api import openapi
from web_admin.api.routes import ROUTES

ONE = ("--include-path", "/api/v1/whoami")


@pytest.fixture
def address(house: House) -> Iterator[str]:
    with application(house.web_socket) as app:
        server = make_server("127.0.0.1", 0, app, threaded=True)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield f"http://127.0.0.1:{server.port}"
        server.shutdown()
        thread.join()


@pytest.mark.slow
def test_an_answer_that_breaks_the_document_is_found(house: House, address: str, tmp_path: Path) -> None:
    document = openapi.document(ROUTES, "/api/v1")
    document["components"]["schemas"]["WhoAmI"]["properties"]["name"] = {"type": "integer"}
    planted = tmp_path / "planted.json"
    planted.write_text(json.dumps(document))
    said = fuzz(str(planted), token(house, *Permission), "--url", address, *ONE, examples=3)
    assert said is not None
    assert "Response violates schema" in said


@pytest.mark.slow
def test_the_document_as_it_is_holds(house: House, address: str) -> None:
    assert fuzz(f"{address}/api/v1/openapi.json", token(house, *Permission), *ONE, examples=3) is None
