"""The web's way to the daemon: every question goes with the session of the person asking.

The only module here that knows the control client.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import current_app, g, request

from appliance.control.client import ControlClient, ControlError
from appliance.control.client import Watch as ClientWatch
from appliance.control.messages import Auth
from appliance.model.changes import ProblemShown

SESSION_COOKIE = "__Host-session"
_AWAY = frozenset({"unavailable", "timeout", "protocol"})


class UnavailableError(Exception):
    """The daemon does not answer: it is starting, stopped or overloaded."""


class RefusedError(Exception):
    """The daemon said no.

    code: see :class:`appliance.control.messages.ErrorBody`; text: its sentence in each language, possibly empty;
    problems: with the code ``problems``.
    """

    def __init__(self, error: ControlError) -> None:
        self.code: str = error.code
        self.params: dict[str, str | int] = error.params
        self.problems: tuple[ProblemShown, ...] = error.problems
        self.text: dict[str, str] = error.text
        super().__init__(str(error))


def ask(verb: str, /, **args: Any) -> Any:
    """Ask a verb as the person of this request. Raises :class:`RefusedError` or :class:`UnavailableError`."""
    try:
        return _client().ask(verb, **args)
    except ControlError as error:
        raise _refusal(error) from error


class Watch(Iterator[Any]):
    """Results of a verb that streams; raises as :func:`ask` does, at the first result or at any later one."""

    def __init__(self, watch: ClientWatch) -> None:
        self._watch = watch
        self.end = watch.end
        self.close = watch.close

    @property
    def ended(self) -> bool:
        """Whether it was ended here, not by the daemon."""
        return self._watch.ended

    def __next__(self) -> Any:
        try:
            return next(self._watch)
        except ControlError as error:
            raise _refusal(error) from error


def watch(verb: str, /, **args: Any) -> Watch:
    """Ask a verb that streams, as the person of this request; the daemon sends something every 15 seconds at least."""
    return Watch(_client().watch(verb, **args))


def hello() -> dict[str, Any]:
    """Name, version and languages of the box, asked once a request. Raises :class:`UnavailableError`."""
    if "hello" not in g:
        g.hello = ask("hello")
    found: dict[str, Any] = g.hello
    return found


def hello_or_empty() -> dict[str, Any]:
    """:func:`hello`, or an empty one while the daemon is away: the page that says so needs a language too."""
    try:
        return hello()
    except (UnavailableError, RefusedError):
        g.hello = {}
        return {}


def auth() -> Auth:
    """What goes with every question: the browser's session or the API token, and where the person sits."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    bearer = token.strip() if kind.lower() == "bearer" and token.strip() else None
    return Auth(
        session=None if bearer else request.cookies.get(SESSION_COOKIE),
        token=bearer,
        address=request.remote_addr,
        user_agent=request.headers.get("User-Agent", "")[:300],
    )


def _client() -> ControlClient:
    return ControlClient(current_app.config["CONTROL_SOCKET"], auth())


def _refusal(error: ControlError) -> Exception:
    return UnavailableError(str(error)) if error.code in _AWAY else RefusedError(error)
