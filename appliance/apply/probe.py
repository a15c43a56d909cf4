"""Looking over AMI whether Asterisk really has what was rendered.

Asterisk answers a reload with success when it could not use a file, and keeps what it had
(main/config.c, ``CONFIG_STATUS_FILEINVALID``; res_sorcery_config.c keeps the old objects). So what it holds
is compared with what the renderer says it must hold: each endpoint carries a fingerprint of its own sections,
each number and code its place in the dialplan, and the dialplan a mark of its whole file.

Only what differs between the two sites is asked for. A few things are asked one by one; many are listed once,
and the values of some of them, spread over the list, are looked at closely. Objects may appear a moment after
the reload has been answered (sorcery's observers run behind it), so what is missing is asked for again until
a deadline. No answer is a failure of its own.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from appliance.ami.actions import PJSIPShowEndpoint, PJSIPShowEndpoints, ShowDialPlan
from appliance.ami.connection import AmiError, Connection, Response
from appliance.apply.errors import NotTakenError
from appliance.live.headers import Headers, text
from appliance.model.site import Site
from appliance.render.asterisk.extensions import MARK
from appliance.render.expected import Expected

DEADLINE_S = 10.0
"""For all of one probe. A list of 5,000 endpoints takes about half a second."""
ONE_BY_ONE = 24
"""Up to so many things of a kind are asked for one by one."""
SAMPLE = 12
"""Of a list, so many endpoints are looked at closely."""
AGAIN_S = (0.02, 0.05, 0.1, 0.2, 0.4)
"""Pauses before asking again; the last one repeats."""

_DETAIL = "EndpointDetail"
_VARIABLE = "SetVar:"


@dataclass(frozen=True, slots=True)
class Difference:
    """What must be there with which values, and what must be gone.

    endpoints: number -> header of ``EndpointDetail`` -> value. dialplan: (context, extension).
    """

    endpoints: dict[str, dict[str, str]]
    endpoints_gone: frozenset[str]
    dialplan: frozenset[tuple[str, str]]
    dialplan_gone: frozenset[tuple[str, str]]


def difference(
    before: Site | None, after: Site, expected: Callable[[Site], Expected], mark: str | None = None
) -> Difference:
    """What a probe of a change from ``before`` to ``after`` looks for; everything of ``after`` without
    ``before``."""
    marked = frozenset({(MARK, mark)} if mark is not None else ())
    if before is None:
        wanted = expected(after)
        return Difference(wanted.endpoints, frozenset(), wanted.dialplan | marked, frozenset())
    old, new = (expected(site) for site in _narrowed(before, after))
    return Difference(
        endpoints={number: values for number, values in new.endpoints.items() if old.endpoints.get(number) != values},
        endpoints_gone=frozenset(old.endpoints.keys() - new.endpoints.keys()),
        dialplan=(new.dialplan - old.dialplan) | marked,
        dialplan_gone=old.dialplan - new.dialplan,
    )


def probe(connection: Connection, wanted: Difference, deadline_s: float = DEADLINE_S) -> None:
    """Raises :class:`NotTakenError` when Asterisk has it not before the deadline, or does not answer."""
    deadline = time.monotonic() + deadline_s
    checks: list[Callable[[], None]] = [
        lambda: _endpoints(connection, wanted),
        lambda: _dialplan(connection, wanted),
    ]
    for check in checks:
        until(check, deadline)


def until(check: Callable[[], None], deadline: float) -> None:
    """Try a check again while it fails and there is time."""
    attempt = 0
    while True:
        try:
            check()
        except NotTakenError as error:
            pause = AGAIN_S[min(attempt, len(AGAIN_S) - 1)]
            if error.code == "probe_silent" or time.monotonic() + pause >= deadline:
                raise
            attempt += 1
            time.sleep(pause)
        else:
            return


def _endpoints(connection: Connection, wanted: Difference) -> None:
    names = wanted.endpoints.keys() | wanted.endpoints_gone
    closely: Iterable[str] = wanted.endpoints
    gone: Iterable[str] = wanted.endpoints_gone
    if len(names) > ONE_BY_ONE:
        answer = ask(lambda: connection.send(PJSIPShowEndpoints(), DEADLINE_S), "endpoints")
        there = {text(event, "ObjectName") for event in answer.events}
        for number in wanted.endpoints:
            if number not in there:
                raise NotTakenError("probe_missing", answer.message, what="endpoint", name=number)
        for number in wanted.endpoints_gone:
            if number in there:
                raise NotTakenError("probe_remains", what="endpoint", name=number)
        closely, gone = spread(sorted(wanted.endpoints)), ()
    for number in closely:
        _endpoint(connection, number, wanted.endpoints[number])
    for number in gone:
        answer = ask(partial(connection.send, PJSIPShowEndpoint(number)), "endpoint")
        if answer.ok:
            raise NotTakenError("probe_remains", what="endpoint", name=number)


def _endpoint(connection: Connection, number: str, values: dict[str, str]) -> None:
    answer = ask(lambda: connection.send(PJSIPShowEndpoint(number)), "endpoint")
    details = [event for event in answer.events if text(event, "Event") == _DETAIL]
    if not answer.ok or not details:
        raise NotTakenError("probe_missing", answer.message, what="endpoint", name=number)
    for field, value in values.items():
        found = _value(details[0], field)
        if found != value:
            raise NotTakenError("probe_differs", what="endpoint", name=number, field=field, expected=value, found=found)


def _value(detail: Headers, field: str) -> str:
    """A header, or with ``SetVar:NAME`` one value of the list ``name=value,name=value``."""
    if not field.startswith(_VARIABLE):
        return text(detail, field)
    name = field.removeprefix(_VARIABLE)
    for pair in text(detail, "SetVar").split(","):
        key, _, value = pair.partition("=")
        if key == name:
            return value
    return ""


def _dialplan(connection: Connection, wanted: Difference) -> None:
    asked = wanted.dialplan | wanted.dialplan_gone
    there: frozenset[tuple[str, str]] = frozenset()
    if len(asked) > ONE_BY_ONE:
        for context in sorted({context for context, _ in asked}):
            there |= _entries(connection, context, None)
    else:
        for context, extension in sorted(asked):
            there |= _entries(connection, context, extension)
    for context, extension in sorted(wanted.dialplan - there):
        raise NotTakenError("probe_missing", what="dialplan", name=f"{extension}@{context}")
    for context, extension in sorted(wanted.dialplan_gone & there):
        raise NotTakenError("probe_remains", what="dialplan", name=f"{extension}@{context}")


def _entries(connection: Connection, context: str, extension: str | None) -> frozenset[tuple[str, str]]:
    """What the dialplan has of a context; an error is Asterisk's way to say that there is nothing."""
    answer = ask(lambda: connection.send(ShowDialPlan(context, extension), DEADLINE_S), "dialplan")
    return frozenset((text(event, "Context"), text(event, "Extension")) for event in answer.events)


def ask(send: Callable[[], Response], what: str) -> Response:
    """An answer; none at all is a failure of the probe. Raises :class:`NotTakenError`."""
    try:
        return send()
    except AmiError as error:
        raise NotTakenError("probe_silent", str(error) or error.code, what=what) from error


def spread(names: list[str]) -> list[str]:
    """At most SAMPLE of them, the first and the last among them."""
    if len(names) <= SAMPLE:
        return names
    step = (len(names) - 1) / (SAMPLE - 1)
    return [names[round(index * step)] for index in range(SAMPLE)]


def _narrowed(before: Site, after: Site) -> tuple[Site, Site]:
    """Both sites without the extensions they share, where nothing but extensions differs.

    An edit leaves the other extensions the very same objects, so that identity finds them without looking
    inside.
    """
    if before.model_copy(update={"extensions": ()}) != after.model_copy(update={"extensions": ()}):
        return before, after
    old = {id(extension) for extension in before.extensions}
    new = {id(extension) for extension in after.extensions}
    return (
        before.model_copy(update={"extensions": tuple(one for one in before.extensions if id(one) not in new)}),
        after.model_copy(update={"extensions": tuple(one for one in after.extensions if id(one) not in old)}),
    )
