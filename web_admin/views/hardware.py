"""Telephony cards: what is there, what is away, and how the spans are."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from appliance.model.access import Permission
from appliance.model.alarms import AlarmShown
from appliance.model.hardware_shown import CardShown, HardwareShown, SpanShown
from appliance.model.texts.hardware import LABELS
from web_admin import access, daemon, languages

blueprint = Blueprint("hardware", __name__, url_prefix="/cards")
PAGE = 50


@blueprint.get("")
@access.permission(Permission.STATUS_READ)
def show() -> str:
    """Cards and spans; asked for again every few seconds by the page itself."""
    hardware = HardwareShown.model_validate(daemon.ask("hardware.list"))
    template = "parts/hardware_now.html" if request.headers.get("HX-Request") else "hardware.html"
    alarms = [AlarmShown.model_validate(each) for each in daemon.ask("hardware.alarms", lasting=True)["alarms"]]
    return render_template(template, hardware=hardware, alarms=alarms, label=label, kinds=kinds)


@blueprint.get("/card")
@access.permission(Permission.STATUS_READ)
def card() -> str:
    """One card: its sockets, its spans, and what is known of it. Its name comes in the query: it may be a path."""
    result = daemon.ask("hardware.show", identity=request.args.get("name", ""))
    shown = CardShown.model_validate(result["card"])
    spans = [SpanShown.model_validate(each) for each in result["spans"]]
    pictures = list(dict.fromkeys(port.connector for port in shown.ports if port.connector))
    return render_template(
        "hardware_card.html", card=shown, spans=spans, pictures=pictures, label=label, said=said, kinds=kinds
    )


@blueprint.get("/alarms")
@access.permission(Permission.STATUS_READ)
def alarms() -> str:
    """Alarms of lines, newest first."""
    before = request.args.get("before", type=int)
    lasting = "lasting" in request.args
    asked = {"limit": PAGE, "lasting": lasting} | ({"before": before} if before else {})
    result = daemon.ask("hardware.alarms", **asked)
    shown = [AlarmShown.model_validate(each) for each in result["alarms"]]
    return render_template("hardware_alarms.html", alarms=shown, more=result["more"], lasting=lasting, label=label)


@blueprint.post("/forget")
@access.permission(Permission.SITE_EDIT)
def forget() -> Response:
    """Free the numbers of a card that is not coming back."""
    daemon.ask("hardware.forget", identity=request.form.get("name", ""))
    flash(gettext("The card is forgotten; its numbers are free again."), "success")
    return redirect(url_for("hardware.show"))


def label(key: str) -> str:
    """The word for a state, an alarm or a count in the language of the page."""
    return said(LABELS[key]) if key in LABELS else key


def said(texts: dict[str, str]) -> str:
    """A text of the daemon in the language of the page."""
    return texts.get(languages.language()) or texts["en"]


def kinds(card: CardShown) -> Iterable[tuple[str, int]]:
    """How many ports of each kind a card has, in the order of its sockets; the kind of an empty one is ``–``."""
    counted: dict[str, int] = {}
    for port in card.ports:
        name = port.kind.value.upper() if port.kind else "–"
        counted[name] = counted.get(name, 0) + 1
    return counted.items()
