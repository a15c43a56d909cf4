"""The audit log: who signed in, who changed what."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from appliance.control.messages import AuditEntry
from appliance.model.access import Permission
from web_admin import access, daemon

blueprint = Blueprint("audit", __name__, url_prefix="/audit")

PAGE = 50


@blueprint.get("")
@access.permission(Permission.AUDIT_READ)
def show() -> str:
    """The log, newest first, and whether its chain of hashes is whole."""
    search = request.args.get("search", "").strip()
    before = request.args.get("before", type=int)
    found = daemon.ask("audit.list", search=search, before=before, limit=PAGE + 1)
    entries = [AuditEntry.model_validate(each) for each in found["entries"]]
    return render_template(
        "audit.html",
        entries=entries[:PAGE],
        more=len(entries) > PAGE,
        whole=found["whole"],
        search=search,
        before=before,
    )
