"""Tests of ports: a button for each, and what was found in words."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from appliance.model.access import Permission
from appliance.model.port_tests import NEED_NUMBER, PortShownForTest, PortTestKind, PortTestShown, PortTestsShown
from appliance.model.texts.port_tests import LABELS
from web_admin import access, daemon, errors, languages

blueprint = Blueprint("port_tests", __name__, url_prefix="/cards/tests")


@blueprint.get("")
@access.permission(Permission.STATUS_READ)
def show() -> str:
    """Every port with its newest results; asked for again every few seconds by the page itself."""
    tests = PortTestsShown.model_validate(daemon.ask("hardware.tests"))
    template = "parts/port_tests_now.html" if request.headers.get("HX-Request") else "port_tests.html"
    return render_template(
        template, tests=tests, ports=_listed(tests.ports), called=_to_call(tests.ports), say=say, found=found
    )


@blueprint.post("")
@access.permission(Permission.SITE_APPLY)
def test() -> Response:
    """Begin one; the page shows how it ends."""
    span, _, port = request.form.get("port", "").rpartition("/")
    asked: dict[str, object] = {"span": span, "port": int(port) if port.isdecimal() and len(port) < 4 else 0}
    asked |= {name: value for name in ("kind", "number", "loop") if (value := request.form.get(name, "").strip())}
    try:
        daemon.ask("hardware.test", **asked)
    except daemon.RefusedError as refused:
        flash(errors.sentence(refused), "danger")
    return redirect(url_for("port_tests.show"))


def say(key: str) -> str:
    """A word of :data:`LABELS` in the language of the page."""
    return LABELS[key].get(languages.language(), LABELS[key]["en"])


def found(test: PortTestShown) -> str:
    """What a test found, in the language of the page."""
    return test.text.get(languages.language()) or test.text.get("en") or test.code


def _listed(ports: Sequence[PortShownForTest]) -> list[PortShownForTest]:
    """Of a digital span, whose channels share one wire, the first, and others that were tested."""
    return [one for one in ports if PortTestKind.LOOP not in one.kinds or one.port == 1 or one.last]


def _to_call(ports: Sequence[PortShownForTest]) -> list[PortShownForTest]:
    """Ports with tests that need a number or a plug."""
    return [one for one in ports if (NEED_NUMBER | {PortTestKind.LOOP}) & set(one.kinds) and one.channel]
