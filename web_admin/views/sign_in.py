"""Signing in and out: password, second factor, one-time links."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response as AnyResponse

from appliance.model.access import Permission
from web_admin import access, daemon, errors, languages
from web_admin.addresses import local_address

blueprint = Blueprint("sign_in", __name__)


@blueprint.get("/sign-in")
@access.public
def form() -> str | AnyResponse:
    """Ask who it is."""
    if daemon.hello().get("first_run"):
        return redirect(url_for("first_run.show"))
    if access.who() is not None:
        return redirect(local_address(request.args.get("next")))
    return render_template("sign_in.html", next=request.args.get("next", ""), name="", totp=False, problem="")


@blueprint.post("/sign-in")
@access.public
def submit() -> AnyResponse:
    """Check name and password, then the code of the authenticator if the account has one.

    With htmx the question for the code is put into the page, and the password stays in its field: it is never sent
    back to the browser. Without, it is typed again together with the code.
    """
    typed = request.form
    try:
        answer = daemon.ask(
            "session.sign_in",
            name=typed.get("name", "").strip(),
            password=typed.get("password", ""),
            totp=typed.get("totp", "").replace(" ", "") or None,
        )
    except daemon.RefusedError as refused:
        needed = refused.code == "totp_needed"
        problem = "" if needed and not typed.get("totp") else errors.sentence(refused)
        whole = "parts/sign_in_rest.html" if request.headers.get("HX-Request") else "sign_in.html"
        page = render_template(
            whole,
            next=typed.get("next", ""),
            name=typed.get("name", ""),
            totp=needed or bool(typed.get("totp")),
            problem=problem,
        )
        return make_response(page, 200 if needed else 422)
    return begin(answer, local_address(typed.get("next")))


@blueprint.get("/sign-in/once")
@access.public
def once() -> str:
    """Show a button: programs that look at links in advance must not use one up."""
    return render_template("sign_in_once.html", token=request.args.get("token", ""), problem="")


@blueprint.post("/sign-in/once")
@access.public
def use_once() -> AnyResponse:
    """Use a one-time link up."""
    try:
        answer = daemon.ask("session.sign_in_once", token=request.form.get("token", ""))
    except daemon.RefusedError as refused:
        page = render_template("sign_in_once.html", token="", problem=errors.sentence(refused))
        return make_response(page, 422)
    return begin(answer, url_for("home.show"))


@blueprint.post("/sign-out")
@access.permission(Permission.SELF)
def leave() -> AnyResponse:
    """End this browser's session."""
    daemon.ask("session.sign_out")
    session.clear()
    response = redirect(url_for("sign_in.form"))
    response.delete_cookie(daemon.SESSION_COOKIE, secure=True, httponly=True, samesite="Lax")
    return response


def begin(answer: Mapping[str, Any], address: str) -> AnyResponse:
    """Give the browser the session that the daemon opened, and lead it to ``address``.

    The browser keeps the account's language too, so that the next sign-in page is in it.
    """
    session.clear()  # a form token made before signing in is of no use after it
    if request.headers.get("HX-Request"):
        response: AnyResponse = Response(status=204, headers={"HX-Redirect": address})
    else:
        response = redirect(address)
    response.set_cookie(daemon.SESSION_COOKIE, answer["session"], secure=True, httponly=True, samesite="Lax")
    if chosen := languages.parse(answer["account"]["language"]):
        languages.remember(response, chosen)
    return response
