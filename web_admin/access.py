"""Who may open a view: deny by default.

Every view carries one mark, ``@permission(Permission.X)`` or ``@public``. A view without one keeps the application from
starting. The daemon checks again with the same permissions; the mark here decides what page a person gets instead.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask, current_app, g, redirect, request, url_for
from werkzeug.wrappers import Response

from appliance.control.messages import WhoAmI
from appliance.model.access import Permission
from web_admin import daemon

ViewT = TypeVar("ViewT", bound=Callable[..., Any])

_MARK = "__access__"
_PUBLIC = "public"
_FLASKS_OWN = frozenset({"static"})
"""Flask's route for style sheets and scripts: files that everybody may read."""


@dataclass(frozen=True, slots=True)
class ByToken:
    """The mark of an API route: the daemon alone decides, by the token in the request."""

    needed: Permission


class UnmarkedViewError(RuntimeError):
    """Views that do not say who may open them; ``endpoints`` names them."""

    def __init__(self, endpoints: list[str]) -> None:
        self.endpoints = endpoints
        super().__init__(f"views without @permission or @public: {', '.join(endpoints)}")


class NotSignedInError(Exception):
    """Nobody is signed in, or the session has ended."""


class ForbiddenError(Exception):
    """The person signed in may not do this."""

    def __init__(self, needed: Permission) -> None:
        self.needed = needed
        super().__init__(needed.value)


def permission(needed: Permission) -> Callable[[ViewT], ViewT]:
    """Mark a view: only people holding ``needed`` may open it."""

    def mark(view: ViewT) -> ViewT:
        setattr(view, _MARK, needed)
        return view

    return mark


def public(view: ViewT) -> ViewT:
    """Mark a view that needs no sign-in."""
    setattr(view, _MARK, _PUBLIC)
    return view


def by_token(needed: Permission) -> Callable[[ViewT], ViewT]:
    """Mark an API route: only an API token holding ``needed`` may call it; a browser's cookie never does.

    Without that, a page of another site could act through the browser of somebody signed in here.
    """

    def mark(view: ViewT) -> ViewT:
        setattr(view, _MARK, ByToken(needed))
        return view

    return mark


def unmarked(app: Flask) -> list[str]:
    """Endpoints whose view carries no mark."""
    return sorted(
        endpoint
        for endpoint, view in app.view_functions.items()
        if endpoint not in _FLASKS_OWN and not hasattr(view, _MARK)
    )


def refuse_unmarked(app: Flask) -> None:
    """Raise :class:`UnmarkedViewError` if any view carries no mark."""
    if found := unmarked(app):
        raise UnmarkedViewError(found)


def init_app(app: Flask) -> None:
    """Check the mark before each request."""
    app.before_request(_check)


def who() -> WhoAmI | None:
    """The person signed in, as the daemon sees them, or None. Asked once a request."""
    if "who" not in g:
        g.who = _ask_who()
    found: WhoAmI | None = g.who
    return found


def forget_who() -> None:
    """Ask the daemon again: the session has just begun or ended."""
    g.pop("who", None)


def may(needed: Permission | str) -> bool:
    """Whether the person signed in holds a permission; an API token is held to its scopes as well.

    Until a person who came by a reset link has a password of their own, only their own account is theirs.
    """
    person = who()
    if person is None or needed not in person.permissions:
        return False
    if person.must_change_password and needed != Permission.SELF:
        return False
    return person.scopes is None or needed in person.scopes


def _ask_who() -> WhoAmI | None:
    asking = daemon.auth()
    if asking.session is None and asking.token is None:
        return None
    try:
        return WhoAmI.model_validate(daemon.ask("whoami"))
    except daemon.RefusedError as refused:
        if refused.code in {"not_signed_in", "forbidden"}:
            return None
        raise


def must_change_password() -> bool:
    """Whether the person signed in came by a reset link and has to choose a password first."""
    person = who()
    return person is not None and person.must_change_password


def _check() -> Response | None:
    if request.endpoint is None or request.endpoint in _FLASKS_OWN:
        return None
    mark = getattr(current_app.view_functions[request.endpoint], _MARK, None)
    if mark == _PUBLIC or isinstance(mark, ByToken):
        return None
    if who() is None:
        raise NotSignedInError
    if must_change_password() and mark != Permission.SELF:
        return redirect(url_for("account.password"))
    if not isinstance(mark, Permission) or not may(mark):
        raise ForbiddenError(mark if isinstance(mark, Permission) else Permission.SELF)
    return None
