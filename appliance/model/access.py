"""Who may do what: permissions, and the roles that hold them.

Every verb of the control socket and every web view and API route names one permission. What names none is
refused.
"""

from __future__ import annotations

from enum import StrEnum


class Permission(StrEnum):
    """One thing a person may be allowed to do."""

    SELF = "self"
    """Their own account: password, second factor, sessions, language."""
    STATUS_READ = "status.read"
    SITE_READ = "site.read"
    SITE_EDIT = "site.edit"
    SITE_APPLY = "site.apply"
    SITE_SECRETS = "site.secrets"
    """See SIP passwords and PINs."""
    CALLS_READ = "calls.read"
    """Everybody's live calls."""
    HISTORY_READ = "history.read"
    """Everybody's call history."""
    HISTORY_OWN = "history.own"
    """The history of their own extension."""
    ACCOUNTS_MANAGE = "accounts.manage"
    AUDIT_READ = "audit.read"
    TOKENS_MANAGE = "tokens.manage"


class Role(StrEnum):
    """Roles of accounts, as the design page names the people."""

    ADMIN = "admin"
    TECHNICIAN = "technician"
    SUPERVISOR = "supervisor"
    AGENT = "agent"
    USER = "user"


ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.ADMIN: frozenset(Permission),
    Role.TECHNICIAN: frozenset(
        {
            Permission.SELF, Permission.STATUS_READ, Permission.SITE_READ, Permission.SITE_EDIT,
            Permission.SITE_APPLY, Permission.SITE_SECRETS, Permission.CALLS_READ, Permission.HISTORY_READ,
            Permission.HISTORY_OWN,
        }
    ),
    Role.SUPERVISOR: frozenset(
        {
            Permission.SELF, Permission.STATUS_READ, Permission.SITE_READ, Permission.CALLS_READ,
            Permission.HISTORY_READ, Permission.HISTORY_OWN,
        }
    ),
    Role.AGENT: frozenset({Permission.SELF, Permission.HISTORY_OWN}),
    Role.USER: frozenset({Permission.SELF, Permission.HISTORY_OWN}),
}  # fmt: skip


def may(role: Role, permission: Permission) -> bool:
    """Whether a role holds a permission."""
    return permission in ROLE_PERMISSIONS[role]
