"""What every page has around it: the menu, the state of the draft, the colour scheme."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Flask, g, request
from flask_babel import lazy_gettext

from appliance.model.access import Permission
from web_admin import access, daemon

THEME_COOKIE = "__Host-theme"
THEMES = ("light", "dark")


_LINES = ("spans", "inbound_routes", "outbound_routes")
_SETTINGS = ("mail", "sip", "feature_codes", "devices")


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the menu: the endpoint it opens, its words, its icon, and who sees it.

    also: blueprints whose pages are tabs beside that endpoint's.
    """

    endpoint: str
    label: str
    icon: str
    needed: Permission
    also: tuple[str, ...] = ()

    def holds(self, endpoint: str | None) -> bool:
        """Whether a page is one of this line's."""
        return (endpoint or "").split(".")[0] in (self.endpoint.split(".")[0], *self.also)


@dataclass(frozen=True, slots=True)
class Group:
    """A heading of the menu with its lines."""

    label: str
    entries: tuple[Entry, ...]


MENU = (
    Group(
        lazy_gettext("Calls"),
        (
            Entry("calls.show", lazy_gettext("Live calls"), "phone-call", Permission.CALLS_READ),
            Entry("history.show", lazy_gettext("Call history"), "history", Permission.HISTORY_OWN),
            Entry("registrations.show", lazy_gettext("Phones"), "device-landline-phone", Permission.CALLS_READ),
        ),
    ),
    Group(
        lazy_gettext("Set-up"),
        (
            Entry("extensions.show", lazy_gettext("Extensions"), "users", Permission.SITE_READ),
            Entry("trunks.show", lazy_gettext("Lines"), "phone", Permission.SITE_READ, _LINES),
            Entry("box.show", lazy_gettext("Box settings"), "settings", Permission.SITE_READ, _SETTINGS),
            Entry("changes.show", lazy_gettext("Changes"), "arrows-diff", Permission.SITE_READ),
        ),
    ),
    Group(
        lazy_gettext("Box"),
        (
            Entry("status.show", lazy_gettext("Status"), "activity-heartbeat", Permission.STATUS_READ),
            Entry("hardware.show", lazy_gettext("Cards"), "server", Permission.STATUS_READ, ("port_tests",)),
            Entry("update.show", lazy_gettext("Updates"), "versions", Permission.STATUS_READ),
            Entry("power.show", lazy_gettext("Restart and reset"), "refresh", Permission.STATUS_READ),
            Entry("network.show", lazy_gettext("Network"), "network", Permission.STATUS_READ),
            Entry("accounts.show", lazy_gettext("Accounts"), "user-circle", Permission.ACCOUNTS_MANAGE),
            Entry("tokens.show", lazy_gettext("API tokens"), "api", Permission.TOKENS_MANAGE),
            Entry("audit.show", lazy_gettext("Audit log"), "list-details", Permission.AUDIT_READ),
        ),
    ),
)


def init_app(app: Flask) -> None:
    """Offer the surroundings to the templates."""
    app.context_processor(
        lambda: {
            "menu": menu,
            "may": access.may,
            "who": access.who,
            "hello": daemon.hello_or_empty,
            "draft_state": draft_state,
            "theme": theme(),
            "Permission": Permission,
        }
    )


def menu() -> list[Group]:
    """The menu of the person signed in."""
    shown = []
    for group in MENU:
        entries = tuple(entry for entry in group.entries if access.may(entry.needed))
        if entries:
            shown.append(Group(group.label, entries))
    return shown


def theme() -> str:
    """``light`` or ``dark`` where the person chose one, else empty: the browser's wish decides."""
    chosen = request.cookies.get(THEME_COOKIE, "")
    return chosen if chosen in THEMES else ""


def draft_state() -> dict[str, Any]:
    """Whether changes wait to be applied or confirmed; empty for those who may not see the site."""
    if "draft_state" not in g:
        g.draft_state = {}
        if access.may(Permission.SITE_READ):
            g.draft_state = daemon.ask("site.state")
    found: dict[str, Any] = g.draft_state
    return found


def forget_draft_state() -> None:
    """Ask again: this request has just changed it."""
    g.pop("draft_state", None)
