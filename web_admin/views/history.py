"""Call history: search, one call with its segments, and the list as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from flask import Blueprint, Response, render_template, request
from flask_babel import get_timezone, gettext

from appliance.control.messages import ContactView
from appliance.model.access import Permission
from web_admin import access, daemon, texts
from web_admin.csv_cells import safe_cell
from web_admin.forms.field import western

blueprint = Blueprint("history", __name__, url_prefix="/history")

PAGE = 50
CSV_PAGE = 500
CSV_ROWS = 20_000


@blueprint.get("")
@access.permission(Permission.HISTORY_OWN)
def show() -> str:
    """Calls, newest first."""
    wanted = _filters()
    before = request.args.get("before", type=int)
    found = daemon.ask("history.list", limit=PAGE, before=before, **wanted)
    return render_template(
        "history.html",
        contacts=[ContactView.model_validate(each) for each in found["contacts"]],
        more=found["more"],
        outcomes=texts.OUTCOMES,
        typed=request.args,
        filters={name: value for name, value in request.args.items() if name != "before" and value},
        before=before,
    )


@blueprint.get("/<int:contact_id>")
@access.permission(Permission.HISTORY_OWN)
def one(contact_id: int) -> str:
    """One call: who was rung, who talked, who ended it."""
    contact = ContactView.model_validate(daemon.ask("history.get", id=contact_id))
    return render_template("contact.html", contact=contact, causes=texts.CAUSES)


@blueprint.get("/calls.csv")
@access.permission(Permission.HISTORY_OWN)
def export() -> Response:
    """The calls of the filters as CSV, at most :data:`CSV_ROWS`, with a byte order mark for spreadsheets.

    Collected before it is sent: a daemon that goes away midway gives an error, not a list that silently lacks calls.
    """
    wanted = _filters()
    response = Response("".join(_lines(wanted)), mimetype="text/csv")
    response.headers["Content-Disposition"] = 'attachment; filename="calls.csv"'
    return response


def _filters() -> dict[str, Any]:
    """What was asked for, as the verb takes it. Days are those of the box's time zone."""
    typed = request.args
    extension = western(typed.get("extension", "")).strip()
    since, until = _day(typed.get("since")), _day(typed.get("until"))
    return {
        "search": western(typed.get("search", "")).strip(),
        "extension": extension if extension.isdecimal() else None,
        "outcome": typed.get("outcome") if typed.get("outcome") in texts.OUTCOMES else None,
        "since": _start(since).isoformat() if since else None,
        "until": _start(until + timedelta(days=1)).isoformat() if until else None,
    }


def _day(typed: str | None) -> date | None:
    try:
        return date.fromisoformat(typed or "")
    except ValueError:
        return None


def _start(day: date) -> datetime:
    return datetime.combine(day, time.min, get_timezone()).astimezone(UTC)


def _lines(wanted: Mapping[str, Any]) -> Iterator[str]:
    yield "\ufeff" + _line(
        (
            gettext("Started"),
            gettext("Caller"),
            gettext("Caller's name"),
            gettext("Called"),
            gettext("Outcome"),
            gettext("Seconds of talk"),
            gettext("Ended"),
            gettext("Ended by"),
            gettext("Trunk"),
            gettext("Cause of the line"),
        )
    )
    before, rows = None, 0
    while rows < CSV_ROWS:
        found = daemon.ask("history.list", limit=CSV_PAGE, before=before, **wanted)
        contacts = [ContactView.model_validate(each) for each in found["contacts"]]
        for contact in contacts:
            yield _line(_row(contact))
        rows += len(contacts)
        if not contacts or not found["more"]:
            return
        before = contacts[-1].id


def _row(contact: ContactView) -> tuple[str, ...]:
    zone = get_timezone()
    ended = contact.ended.astimezone(zone).isoformat(sep=" ", timespec="seconds") if contact.ended else ""
    return (
        contact.started.astimezone(zone).isoformat(sep=" ", timespec="seconds"),
        contact.caller,
        contact.caller_name,
        contact.called,
        texts.word(contact.outcome, "outcome"),
        str(round(contact.talk_s)),
        ended,
        texts.word(contact.ended_by, "ended_by") if contact.ended_by else "",
        contact.trunk,
        str(contact.cause or ""),
    )


def _line(cells: tuple[str, ...]) -> str:
    text = io.StringIO()
    csv.writer(text).writerow([safe_cell(cell) for cell in cells])
    return text.getvalue()
