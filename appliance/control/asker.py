"""Who asks a verb, and what is remembered of the asking."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from appliance.control.messages import WhoAmI
from appliance.model.access import ROLE_PERMISSIONS, Permission, Role


@dataclass(frozen=True, slots=True)
class Asker:
    """A person (or a script with a token) as the daemon found them out to be.

    name: of the account; ``root`` and the like for the local console; empty for nobody.
    local: at the console of the box, found from the socket's peer credentials.
    session, token: id of the browser session or API token used.
    """

    name: str = ""
    role: Role | None = None
    permissions: frozenset[Permission] = frozenset()
    local: bool = False
    account: str | None = None
    language: str | None = None
    extension: str | None = None
    address: str = ""
    user_agent: str = ""
    session: str | None = None
    token: str | None = None
    scopes: tuple[Permission, ...] | None = None
    must_change_password: bool = False

    @classmethod
    def console(cls, user: str) -> Asker:
        """The local console: everything, under the name of the unix user."""
        return cls(name=user, role=Role.ADMIN, permissions=ROLE_PERMISSIONS[Role.ADMIN], local=True)

    @property
    def known(self) -> bool:
        """Whether it is somebody."""
        return self.role is not None

    def may(self, permission: Permission) -> bool:
        """Whether they hold a permission."""
        return permission in self.permissions

    def who(self) -> WhoAmI:
        """As they are told. Only for a known asker."""
        assert self.role is not None
        return WhoAmI(
            name=self.name,
            role=self.role,
            permissions=tuple(sorted(self.permissions)),
            language=self.language,
            extension=self.extension,
            session=self.session,
            scopes=self.scopes,
            must_change_password=self.must_change_password,
        )


@dataclass(slots=True)
class Call:
    """One request being answered. A changing verb tells here what the audit line shall say.

    changed: set False by a verb that in the end changed nothing (a dry run); then no line is written.
    who: whom the line names: the asker, or whom a verb has just found out to be asking.
    """

    asker: Asker
    verb: str
    subject: str = ""
    detail: dict[str, Any] = field(default_factory=dict)
    changed: bool = True
    who: str = ""

    def audit(self, subject: str = "", **detail: Any) -> None:
        """Say what was changed. Never give a secret: the audit log is shown."""
        self.subject = subject or self.subject
        self.detail.update(detail)
