"""Live calls, phones, and the stream that keeps them up to date."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask import render_template

from appliance.control.messages import CallView, LiveView, PartyView, RegistrationView
from appliance.model.access import Role
from tests.web.browser import ORIGIN, Browser
from tests.web.conftest import Box
from web_admin.views.live import PARTS, Places

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
HOSTILE = '\u202e<img src=x onerror="alert(1)">'
LIVE = LiveView(
    at=AT,
    connected=True,
    calls=(
        CallView(
            id="1",
            state="talking",
            started=AT,
            answered=AT,
            parties=(
                PartyView(channel="PJSIP/101-1", number="101", name=HOSTILE, state="up"),
                PartyView(channel="PJSIP/102-1", number="102", name="Layla", state="up"),
            ),
        ),
        CallView(
            id="2", state="service", started=AT, parties=(PartyView(channel="c", number="103"),), service="echo_test"
        ),
    ),
    registrations=(
        RegistrationView(
            extension="101", uri=HOSTILE, user_agent=HOSTILE, transport="tls", reachable=True, rtt_ms=12.4
        ),
    ),
)


@pytest.mark.parametrize("address", ["/calls", "/phones"])
def test_the_page_says_when_asterisk_does_not_answer(admin: Browser, address: str) -> None:
    text = admin.text(address)
    assert "Asterisk does not answer just now" in text
    assert "sse-connect" in text


@pytest.mark.parametrize("part", PARTS.values())
def test_what_callers_and_phones_call_themselves_is_shown_harmlessly(box: Box, part: str) -> None:
    with box.app.test_request_context(base_url=ORIGIN):
        text = render_template(part, live=LIVE)
    assert "<img" not in text
    assert "<bdi>\u202e&lt;img" in text or '<bdi dir="ltr">\u202e&lt;img' in text


def test_the_stream_sends_the_part_of_the_page_at_once(box: Box) -> None:
    browser = box.browser("layla")
    with browser.client.get("/live/stream?show=calls", base_url=ORIGIN, buffered=False) as response:
        assert response.mimetype == "text/event-stream"
        assert response.headers["X-Accel-Buffering"] == "no"
        parts = iter(response.response)
        assert b"retry:" in _octets(next(parts))
        event = _octets(next(parts)).decode()
    assert event.startswith("event: live\n")
    assert all(line.startswith("data: ") for line in event.strip().splitlines()[1:])
    assert "Nobody is on the phone" in event


def test_streams_of_one_session_are_few_and_their_places_come_back(box: Box) -> None:
    browser = box.browser("layla")
    allowed = box.app.config["STREAMS_PER_SESSION"]
    streams = [browser.client.get("/live/stream", base_url=ORIGIN, buffered=False) for _ in range(allowed)]
    refused = browser.client.get("/live/stream", base_url=ORIGIN)
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "10")
    for stream in streams:
        stream.close()
    with browser.client.get("/live/stream", base_url=ORIGIN, buffered=False) as again:
        assert again.status_code == 200


def test_streams_leave_threads_of_the_worker_for_pages() -> None:
    places = Places()
    assert places.take("a", 2, 2)
    assert places.take("b", 2, 2)
    assert not places.take("c", 2, 2)
    places.give_back("a")
    assert places.take("c", 2, 2)


def test_an_agent_cannot_watch_everybodys_calls(box: Box) -> None:
    assert box.browser("agent-only", Role.AGENT).get("/live/stream").status_code == 403


def _octets(part: str | bytes) -> bytes:
    return part.encode() if isinstance(part, str) else part
