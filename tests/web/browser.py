"""A person at a browser, as the tests of the web drive one: cookies kept, form tokens sent."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

ORIGIN = "https://box.test"
_TOKEN = re.compile(r'X-CSRFToken": "([^"]+)"')


class Browser:
    """Opens pages of an application over (pretended) TLS."""

    def __init__(self, app: Flask, session: str | None = None, language: str | None = None) -> None:
        self.client = app.test_client()
        self._token = ""
        if session:
            self.client.set_cookie("__Host-session", session, domain="box.test", secure=True)
        if language:
            self.client.set_cookie("__Host-language", language, domain="box.test", secure=True)

    def get(self, address: str, **headers: str) -> TestResponse:
        """Open a page."""
        response = self.client.get(address, base_url=ORIGIN, headers={**headers})
        if response.mimetype == "text/html" and (found := _TOKEN.search(response.text)):
            self._token = found[1]
        return response

    def text(self, address: str) -> str:
        """The HTML of a page that must open."""
        response = self.get(address)
        assert response.status_code == 200, f"{address}: {response.status_code} {response.location}"
        return response.text

    def post(self, address: str, data: dict[str, Any] | None = None, **headers: str) -> TestResponse:
        """Send a form, with the token of the last page seen."""
        if not self._token:
            self.get("/account")
        return self.client.post(
            address,
            base_url=ORIGIN,
            data={**(data or {}), "csrf_token": self._token},
            headers={"Referer": f"{ORIGIN}/", **headers},
        )

    def message(self, response: TestResponse) -> str:
        """The page that a form led to, with its messages."""
        assert response.status_code == 302, response.text
        return self.text(response.location.removeprefix(ORIGIN))


class Tags(HTMLParser):
    """Every tag of a page with its attributes, and what stands inside script and style."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.inside: list[tuple[str, str]] = []
        self._open = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._open = tag

    def handle_data(self, data: str) -> None:
        if self._open in {"script", "style"} and data.strip():
            self.inside.append((self._open, data))

    def handle_endtag(self, tag: str) -> None:
        self._open = ""
