"""Live calls, phones, and the stream that keeps them up to date."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from flask import render_template

from appliance.control.messages import CallView, LiveView, PartyView, RegistrationView
from appliance.model.access import Role
from tests.web.browser import ORIGIN, Browser
from tests.web.conftest import Box
from web_admin.views.live import PARTS, Places

ROLES = Path(__file__).resolve().parents[2] / "ansible/roles"
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


def test_the_oldest_stream_of_a_session_ends_for_its_newest(box: Box) -> None:
    browser = box.browser("layla")
    allowed = box.app.config["STREAMS_PER_SESSION"]
    streams = [browser.client.get("/live/stream", base_url=ORIGIN, buffered=False) for _ in range(allowed + 1)]
    assert [stream.status_code for stream in streams] == [200] * (allowed + 1)
    oldest = b"".join(_octets(part) for part in streams[0].response)
    assert oldest.endswith(b"retry: 15000\n\n")
    for stream in streams[1:]:
        parts = iter(stream.response)
        assert b"retry: 2000" in _octets(next(parts))
        assert b"event: live" in _octets(next(parts))
    for stream in streams:
        stream.close()


def test_a_stream_that_waits_for_the_next_event_ends_at_once(box: Box) -> None:
    browser = box.browser("layla")
    oldest = browser.client.get("/live/stream", base_url=ORIGIN, buffered=False)
    parts = iter(oldest.response)
    next(parts), next(parts)
    ended = threading.Event()

    def wait() -> None:
        for _ in parts:
            pass
        ended.set()

    waiting = threading.Thread(target=wait)
    waiting.start()
    newer = [
        browser.client.get("/live/stream", base_url=ORIGIN, buffered=False)
        for _ in range(box.app.config["STREAMS_PER_SESSION"])
    ]
    assert ended.wait(10)  # the next event would come after 15 seconds
    waiting.join()
    for stream in newer:
        stream.close()


def test_who_has_most_streams_gives_way_and_who_has_one_keeps_it() -> None:
    places, ended = Places(), []

    def take(session: str) -> object | None:
        return places.take(session, lambda: ended.append(session), 3, 4)

    kept = [take(session) for session in ("busy", "calm", "busy", "busy")]
    assert None not in kept
    assert take("new") is not None
    assert ended == ["busy"]
    assert take("newer") is not None
    assert ended == ["busy", "busy"]
    assert take("newest") is None  # four people with one stream each
    assert take("calm") is None
    places.give_back(kept[1])
    assert take("newest") is not None
    assert ended == ["busy", "busy"]


def test_a_place_taken_away_is_not_given_back_twice() -> None:
    places = Places()
    first = places.take("a", lambda: None, 1, 1)
    second = places.take("a", lambda: None, 1, 1)
    places.give_back(first)
    assert places.take("b", lambda: None, 1, 1) is None
    places.give_back(second)
    assert places.take("b", lambda: None, 1, 1) is not None


def test_streams_leave_threads_of_the_worker_for_pages(box: Box) -> None:
    role = yaml.safe_load((ROLES / "web_admin/defaults/main.yml").read_text())
    assert box.app.config["STREAMS_PER_WORKER"] <= role["web_admin__threads"] - 4


def test_an_agent_cannot_watch_everybodys_calls(box: Box) -> None:
    assert box.browser("agent-only", Role.AGENT).get("/live/stream").status_code == 403


def _octets(part: str | bytes) -> bytes:
    return part.encode() if isinstance(part, str) else part
