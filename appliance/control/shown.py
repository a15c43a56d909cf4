"""Stored rows as they travel."""

from __future__ import annotations

from dataclasses import asdict

from appliance.control.messages import Account, ApiToken, AuditEntry, Session
from appliance.store.accounts import AccountRow
from appliance.store.audit import AuditRow
from appliance.store.sessions import SessionRow
from appliance.store.tokens import TokenRow


def account_shown(row: AccountRow) -> Account:
    """An account."""
    return Account.model_validate(asdict(row))


def session_shown(row: SessionRow, current: str | None) -> Session:
    """A session; ``current`` is the id of the asker's own."""
    return Session.model_validate(asdict(row) | {"current": row.id == current})


def token_shown(row: TokenRow) -> ApiToken:
    """An API token."""
    return ApiToken.model_validate(asdict(row))


def audit_shown(row: AuditRow) -> AuditEntry:
    """A line of the audit log."""
    return AuditEntry.model_validate(asdict(row))
