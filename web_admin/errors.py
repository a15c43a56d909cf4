"""What a person sees when something is wrong: what, where, and what to do next, in their language."""

from __future__ import annotations

import logging
from http import HTTPStatus

from flask import Flask, Response, make_response, redirect, render_template, request, url_for
from flask_babel import gettext, lazy_gettext
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from web_admin import access, daemon, languages

log = logging.getLogger(__name__)

RETRY_S = 5
"""After so many seconds the page of an absent daemon asks again by itself."""

_PAGES = {
    400: (
        lazy_gettext("That request was not understood"),
        lazy_gettext("Go back, reload the page and try again."),
    ),
    403: (
        lazy_gettext("You may not open this page"),
        lazy_gettext("Your role does not include it. Ask an administrator if you need it."),
    ),
    404: (
        lazy_gettext("There is nothing here"),
        lazy_gettext("The page or the thing on it is gone, or the address is mistyped. Use the menu to go on."),
    ),
    405: (
        lazy_gettext("That does not work this way"),
        lazy_gettext("Go back and use the buttons of the page."),
    ),
    409: (
        lazy_gettext("This could not be done"),
        lazy_gettext("Somebody or something else was faster. Reload the page and look again."),
    ),
    413: (
        lazy_gettext("That is too large"),
        lazy_gettext("At most 4 MiB can be sent at once. Send it in parts."),
    ),
    500: (
        lazy_gettext("Something went wrong in the web admin"),
        lazy_gettext("Calls are not affected. Try again; if it stays, look at the log of loopstart-web."),
    ),
    503: (
        lazy_gettext("The box is not answering just now"),
        lazy_gettext("Its control service is starting or busy. Calls go on. This page tries again by itself."),
    ),
}
_STATUS = {"not_found": 404, "forbidden": 403, "bad_request": 400, "internal": 500}


def init_app(app: Flask) -> None:
    """Give every way to fail its page."""
    app.register_error_handler(access.NotSignedInError, _to_sign_in)
    app.register_error_handler(access.ForbiddenError, lambda _error: page(403))
    app.register_error_handler(daemon.UnavailableError, lambda _error: page(503))
    app.register_error_handler(daemon.RefusedError, _refused)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def page(status: int, title: str | None = None, advice: str | None = None) -> Response:
    """The page of an error. ``title`` and ``advice`` replace the usual words for that status."""
    usual_title, usual_advice = _PAGES.get(status, _PAGES[500])
    template = "parts/error.html" if request.headers.get("HX-Request") else "error.html"
    response = make_response(
        render_template(
            template,
            status=status,
            title=title or usual_title,
            advice=advice or usual_advice,
            plain=status >= 500,
        ),
        status,
    )
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        response.headers["Retry-After"] = str(RETRY_S)
        if request.method == "GET":
            response.headers["Refresh"] = str(RETRY_S)
    return response


def sentence(refused: daemon.RefusedError) -> str:
    """What the daemon said, in the language of the page: its sentence, or those of the problems it found."""
    if refused.problems:
        return " ".join(problem.text.get(languages.language(), problem.code) for problem in refused.problems)
    said = refused.text.get(languages.language()) or refused.text.get("en")
    return said or gettext("The box refused this (%(code)s).", code=refused.code)


def _to_sign_in(_error: Exception) -> AnyResponse:
    back = request.full_path.rstrip("?") if request.method == "GET" else None
    address = url_for("sign_in.form", next=back if back != "/" else None)
    if request.headers.get("HX-Request"):
        # A redirect would land inside the part of the page that asked; this one takes the whole window.
        return Response(status=HTTPStatus.NO_CONTENT, headers={"HX-Redirect": url_for("sign_in.form")})
    return redirect(address)


def _refused(refused: daemon.RefusedError) -> AnyResponse:
    if refused.code == "not_signed_in":
        access.forget_who()
        return _to_sign_in(refused)
    if refused.code == "password_change_needed":
        return redirect(url_for("account.password"))
    status = _STATUS.get(refused.code, 409)
    return page(status, advice=sentence(refused)) if status != HTTPStatus.FORBIDDEN else page(status)


def _stale_form(_error: Exception) -> Response:
    return page(
        400,
        gettext("This form is out of date"),
        gettext("You were signed out, or cookies are blocked. Go back, reload the page and send the form again."),
    )


def _http(error: HTTPException) -> AnyResponse:
    if error.response is not None or (error.code or 500) < HTTPStatus.BAD_REQUEST:
        return error.get_response()
    return page(error.code if error.code in _PAGES else 400)


def _unexpected(error: Exception) -> Response:
    log.error("%s %s failed", request.method, request.path, exc_info=error)
    return page(500)
