"""Phones that register, are asked whether they are there, and go."""

from __future__ import annotations

from dataclasses import replace

from appliance.live.events import ContactStatus
from appliance.live.state import Registration, State

_REACHABLE = {"Reachable": True, "Avail": True, "Unreachable": False, "Unavail": False}


def contact_status(state: State, event: ContactStatus) -> State:
    """A phone's registration came, changed or went."""
    key = (event.aor, event.uri)
    if event.status == "Removed":
        return replace(state, registrations=state.registrations.without(key))
    before = state.registrations.get(key)
    registration = registered(event, before)
    if registration == before:
        return state
    return replace(state, registrations=state.registrations.put(key, registration))


def registered(event: ContactStatus, before: Registration | None = None) -> Registration:
    """A registration as one event or one line of a listing shows it. since: when it was first seen."""
    reachable = _REACHABLE.get(event.status, before.reachable if before else None)
    return Registration(
        extension=event.aor,
        uri=event.uri,
        user_agent=event.user_agent or (before.user_agent if before else ""),
        transport=_transport(event.uri),
        reachable=reachable,
        rtt_ms=event.rtt_ms if reachable else None,
        since=before.since if before else event.at,
    )


def _transport(uri: str) -> str:
    """RFC 3261, 19.1.1: ``transport`` parameter; without it TLS for ``sips``, else UDP."""
    _, marked, rest = uri.lower().partition(";transport=")
    if marked:
        return rest.partition(";")[0].partition(">")[0]
    return "tls" if uri.lower().startswith("sips:") else "udp"
