"""Extensions from a CSV file, with a preview of what is new, what changes and what is wrong; and out to one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, Response, flash, make_response, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from appliance.model import csv_file
from appliance.model.access import Permission
from appliance.model.changes import ProblemShown
from appliance.model.problems import Problem
from appliance.model.site import Site
from appliance.model.texts import field_label, sentence
from web_admin import access, daemon, errors, languages
from web_admin.views import saving

blueprint = Blueprint("extension_import", __name__, url_prefix="/extensions")

PROBLEMS_SHOWN = 100


@blueprint.get("/import")
@access.permission(Permission.SITE_EDIT)
def show() -> str:
    """Ask for the file."""
    return render_template("extension_import.html", columns=csv_file.columns(), problem="")


@blueprint.post("/import")
@access.permission(Permission.SITE_EDIT)
def preview() -> AnyResponse:
    """Show what the file would do. The text travels on in the page: nothing is kept on the box until it is taken."""
    upload = request.files.get("file")
    text = _text(upload.read()) if upload and upload.filename else request.form.get("text", "")
    if text is None or not text.strip():
        problem = (
            gettext("This is not a text file in UTF-8. Save it in the spreadsheet as “CSV UTF-8”.")
            if text is None
            else sentence("import_empty", language=languages.language())
        )
        page = render_template("extension_import.html", columns=csv_file.columns(), problem=problem)
        return make_response(page, 422)
    read = csv_file.parse(text)
    mode = "add" if request.form.get("mode") == "add" else "add_or_replace"
    found: dict[str, Any] = {"added": (), "changed": (), "problems": ()}
    problems = [_located(problem, read) for problem in read.problems]
    if read.documents:
        try:
            found = _import(read.documents, mode, dry_run=True)
        except daemon.RefusedError as refused:
            if not refused.problems:
                raise
            found["problems"] = refused.problems
        shown = [ProblemShown.model_validate(problem) for problem in found["problems"]]
        problems += [_shown(problem, read) for problem in shown]
    return make_response(
        render_template(
            "extension_import_preview.html",
            text=text,
            mode=mode,
            added=found["added"],
            changed=found["changed"],
            problems=problems[:PROBLEMS_SHOWN],
            further=max(0, len(problems) - PROBLEMS_SHOWN),
            wrong=any(problem["severity"] == "error" for problem in problems),
        )
    )


@blueprint.post("/import/take")
@access.permission(Permission.SITE_EDIT)
def take() -> AnyResponse:
    """Put what the preview showed into the draft."""
    read = csv_file.parse(request.form.get("text", ""))
    mode = "add" if request.form.get("mode") == "add" else "add_or_replace"
    if read.problems or not read.documents:
        return preview()
    try:
        saved = _import(read.documents, mode, dry_run=False)
    except daemon.RefusedError as refused:
        flash(errors.sentence(refused), "danger")
        return preview()
    flash(gettext("The extensions of the file are in the draft."), "success")
    return saving.go_on({**saved, "problems": ()}, url_for("extensions.show"))


@blueprint.get("/extensions.csv")
@access.permission(Permission.SITE_READ)
def export() -> Response:
    """The extensions of the draft, without secrets."""
    site = Site.from_document(_without_secrets(daemon.ask("site.show")["document"]))
    response = Response(csv_file.export(site.extensions), mimetype="text/csv")
    response.headers["Content-Disposition"] = 'attachment; filename="extensions.csv"'
    return response


def _import(documents: Iterable[dict[str, Any]], mode: str, dry_run: bool) -> dict[str, Any]:
    found: dict[str, Any] = daemon.ask("extension.import", extensions=list(documents), mode=mode, dry_run=dry_run)
    return found


def _text(octets: bytes) -> str | None:
    """The text of a file, or None when it is none: spreadsheets write UTF-8, or UTF-16 as "Unicode text"."""
    encoding = "utf-16" if octets[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return octets.decode(encoding)
    except UnicodeDecodeError:
        return None


def _located(problem: Problem, read: csv_file.CsvFile) -> dict[str, Any]:
    said = sentence(problem, language=languages.language())
    return _row(problem.path, problem.params.get("line"), said, problem.severity, read)


def _shown(problem: ProblemShown, read: csv_file.CsvFile) -> dict[str, Any]:
    index = next((step for step in problem.path if isinstance(step, int)), None)
    line = read.lines[index] if index is not None and index < len(read.lines) else None
    said = problem.text.get(languages.language(), problem.code)
    return _row(problem.path, line, said, problem.severity, read)


def _row(path: Any, line: Any, said: str, severity: str, read: csv_file.CsvFile) -> dict[str, Any]:
    names = tuple(step for step in path if isinstance(step, str) and step != "extensions")
    label = field_label(("extensions", *names), languages.language()) if names else ""
    return {"line": line, "field": label, "said": said, "severity": severity}


def _without_secrets(document: dict[str, Any]) -> dict[str, Any]:
    """The document without the places of secrets, which arrive as ``***`` and are no valid secrets."""
    extensions = []
    for each in document.get("extensions", ()):
        shown = {name: value for name, value in each.items() if name != "secret"}
        if "voicemail" in shown:
            shown["voicemail"] = {name: value for name, value in shown["voicemail"].items() if name != "pin"}
        extensions.append(shown)
    return {**document, "extensions": extensions}
