"""The live stream: parts of pages, rendered anew when something changes, as server-sent events.

A stream lives for a bounded time and the browser opens the next one; so a session that was revoked or a role that was
changed counts again after minutes, and no worker thread is held for ever.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from threading import Lock
from typing import Any

from flask import Blueprint, Response, copy_current_request_context, current_app, render_template, request

from appliance.control.messages import LiveView
from appliance.model.access import Permission
from web_admin import access, daemon

blueprint = Blueprint("live", __name__, url_prefix="/live")

PARTS = {"calls": "parts/live_calls.html", "registrations": "parts/live_registrations.html"}


class Places:
    """The streams that are open in this worker process, in the order in which they began.

    Somebody who pages back and forth leaves streams behind: that a browser has gone is noticed when the next event is
    sent to it, up to 15 seconds later. So where there is no place left, the oldest stream of whoever has most of them
    ends, and only where nobody has two, nobody else can come.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._open: dict[object, tuple[str, Callable[[], None]]] = {}

    def take(self, session: str, end: Callable[[], None], per_session: int, in_all: int) -> object | None:
        """A place for a stream that ``end`` ends, from any thread; None if there is none."""
        with self._lock:
            held = Counter(holder for holder, _ in self._open.values())
            holder = session if held[session] >= per_session else None
            if holder is None and held.total() >= in_all:
                holder, most = held.most_common(1)[0]
                if most == 1:
                    return None
            oldest = next((place for place, (who, _) in self._open.items() if who == holder), None)
            ending = self._open.pop(oldest)[1] if oldest is not None else None
            place = object()
            self._open[place] = (session, end)
        if ending is not None:
            ending()
        return place

    def give_back(self, place: object) -> None:
        """Give a place back, if it was not taken away before."""
        with self._lock:
            self._open.pop(place, None)


places = Places()


@blueprint.get("/stream")
@access.permission(Permission.CALLS_READ)
def stream() -> Response:
    """Events named ``live``, each the part of the page that ``show`` names; comments keep the connection awake."""
    part = PARTS.get(request.args.get("show", ""), PARTS["calls"])
    person = access.who()
    session = (person.session if person else None) or request.remote_addr or ""
    config = current_app.config
    watch = daemon.watch("live.watch")
    place = places.take(session, watch.end, config["STREAMS_PER_SESSION"], config["STREAMS_PER_WORKER"])
    if place is None:
        return Response(status=503, headers={"Retry-After": "10"})
    until = time.monotonic() + config["STREAM_SECONDS"]

    @copy_current_request_context
    def render(view: dict[str, Any]) -> str | None:
        """The part, or None once the person may watch no more: each event asks the daemon anew who they are."""
        return render_template(part, live=LiveView.model_validate(view)) if access.may(Permission.CALLS_READ) else None

    response = Response(
        _events(watch, render, until),
        mimetype="text/event-stream",
        # nginx would otherwise collect the events before it passes them on.
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )
    response.call_on_close(lambda: places.give_back(place))
    return response


def _events(views: daemon.Watch, render: Callable[[dict[str, Any]], str | None], until: float) -> Iterator[str]:
    yield "retry: 2000\n\n"
    last = ""
    # A daemon that goes away ends the stream; the browser comes back after two seconds.
    with suppress(daemon.UnavailableError, daemon.RefusedError):
        for view in views:
            html = render(view) if view else last
            if html is None:
                return
            yield ": awake\n\n" if html == last else _event(html)
            last = html
            if time.monotonic() > until:
                return
    if views.ended:
        # Windows that take each other's places do so slowly.
        yield "retry: 15000\n\n"


def _event(html: str) -> str:
    """One event; every line of the text is a field of its own (WHATWG HTML, 9.2.6)."""
    lines = "".join(f"data: {line}\n" for line in html.splitlines() if line.strip())
    return f"event: live\n{lines}\n"
