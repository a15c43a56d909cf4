"""The words for names that travel as codes: roles, states, outcomes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask
from flask_babel import lazy_gettext, pgettext

from appliance.model.accounts import PASSWORD_MIN
from appliance.model.texts import field_label
from web_admin import languages

ROLES: Mapping[str, Any] = {
    "admin": lazy_gettext("Administrator"),
    "technician": lazy_gettext("Technician"),
    "supervisor": lazy_gettext("Supervisor"),
    "agent": lazy_gettext("Agent"),
    "user": lazy_gettext("User"),
}
ROLE_HINTS: Mapping[str, Any] = {
    "admin": lazy_gettext("everything"),
    "technician": lazy_gettext("set-up, changes, status, calls"),
    "supervisor": lazy_gettext("watches calls and history, changes nothing"),
    "agent": lazy_gettext("their own calls"),
    "user": lazy_gettext("their own calls"),
}
CALL_STATES: Mapping[str, Any] = {
    "dialling": lazy_gettext("Dialling"),
    "ringing": lazy_gettext("Ringing"),
    "talking": lazy_gettext("Talking"),
    "up": lazy_gettext("Talking"),
    "held": lazy_gettext("On hold"),
    "service": lazy_gettext("Service"),
}
OUTCOMES: Mapping[str, Any] = {
    "answered": lazy_gettext("Answered"),
    "busy": lazy_gettext("Busy"),
    "no_answer": lazy_gettext("No answer"),
    "cancelled": lazy_gettext("Cancelled by the caller"),
    "voicemail": lazy_gettext("Voicemail"),
    "service": lazy_gettext("Service"),
    "rejected": lazy_gettext("Rejected"),
    "failed": lazy_gettext("Failed"),
    "no_line": lazy_gettext("No line free"),
    "not_allowed": lazy_gettext("Not allowed"),
    "unrouted": lazy_gettext("No route fits"),
    "unknown": lazy_gettext("Not known"),
}
ENDED_BY: Mapping[str, Any] = {
    "caller": lazy_gettext("the caller"),
    "target": lazy_gettext("the called party"),
    "system": lazy_gettext("the box"),
}
CAUSES: Mapping[int, Any] = {
    1: lazy_gettext("no such number"),
    3: lazy_gettext("no way there"),
    16: lazy_gettext("hung up as usual"),
    17: lazy_gettext("busy"),
    18: lazy_gettext("nobody there answers the line"),
    19: lazy_gettext("rang, and nobody answered"),
    21: lazy_gettext("declined"),
    22: lazy_gettext("the number has changed"),
    27: lazy_gettext("out of order there"),
    28: lazy_gettext("the number is not complete"),
    34: lazy_gettext("no line free"),
    38: lazy_gettext("the network is out of order"),
    41: lazy_gettext("a passing fault"),
    42: lazy_gettext("the exchange is overloaded"),
    44: lazy_gettext("that channel cannot be had"),
    58: lazy_gettext("not offered just now"),
    88: lazy_gettext("the two ends do not fit"),
    102: lazy_gettext("no answer from the exchange in time"),
    127: lazy_gettext("not told by the network"),
}
"""ITU-T Q.850, 2.2.7: those that telephone companies send."""
DIRECTIONS: Mapping[str, Any] = {
    "internal": lazy_gettext("Internal"),
    "inbound": lazy_gettext("Inbound"),
    "outbound": lazy_gettext("Outbound"),
}
GENERATION_STATES: Mapping[str, Any] = {
    "staged": lazy_gettext("Prepared"),
    "awaiting": lazy_gettext("Waiting to be confirmed"),
    "confirmed": lazy_gettext("Confirmed"),
    "rejected": lazy_gettext("Rejected"),
    "undone": lazy_gettext("Undone"),
}
RELOADS: Mapping[str, Any] = {
    "reload": lazy_gettext("takes effect at once; running calls do not notice"),
    "recreate": lazy_gettext("takes effect for each phone when its calls have ended"),
    "restart_when_idle": lazy_gettext("takes effect when no call is up: Asterisk restarts then"),
    "reboot": lazy_gettext("takes effect after the box restarts"),
}
KINDS: Mapping[str, Any] = {
    "added": lazy_gettext("New"),
    "removed": lazy_gettext("Removed"),
    "changed": lazy_gettext("Changed"),
}
TOUCHES: Mapping[str, Any] = {
    "ends": lazy_gettext("would end"),
    "waits": lazy_gettext("the change waits for its end"),
}
MAY_CALL: Mapping[str, Any] = {
    "internal": lazy_gettext("Inside only"),
    "local": lazy_gettext("Local numbers"),
    "national": lazy_gettext("National numbers"),
    "international": lazy_gettext("International numbers"),
}
SPAN_KINDS: Mapping[str, Any] = {
    "e1": "E1",
    "t1": "T1",
    "j1": "J1",
    "bri": "BRI",
    "analog": lazy_gettext("Analog"),
}
MEDIA_ENCRYPTION: Mapping[str, Any] = {
    "off": lazy_gettext("Off"),
    "offered": lazy_gettext("Offered, used when the phone can"),
    "required": lazy_gettext("Required"),
}
MAIL_SECURITY: Mapping[str, Any] = {
    "starttls": "STARTTLS",
    "tls": "TLS",
    "none": lazy_gettext("Off"),
}
HANG_UP_CAUSES: Mapping[str, Any] = {
    "normal": lazy_gettext("Hang up"),
    "busy": lazy_gettext("Busy tone"),
    "congestion": lazy_gettext("Congestion tone"),
    "rejected": lazy_gettext("Reject the call"),
}
DESTINATIONS: Mapping[str, Any] = {
    "extension": lazy_gettext("Extension"),
    "voicemail": lazy_gettext("Voicemail"),
    "hang_up": lazy_gettext("Hang up"),
}
SCOPES: Mapping[str, Any] = {
    "self": lazy_gettext("own account"),
    "status.read": lazy_gettext("see the status"),
    "site.read": lazy_gettext("see the set-up"),
    "site.edit": lazy_gettext("change the draft"),
    "site.apply": lazy_gettext("apply and undo changes"),
    "site.secrets": lazy_gettext("see SIP passwords and PINs"),
    "calls.read": lazy_gettext("see live calls"),
    "history.read": lazy_gettext("see everybody's call history"),
    "history.own": lazy_gettext("see their own call history"),
    "accounts.manage": lazy_gettext("manage accounts"),
    "audit.read": lazy_gettext("read the audit log"),
    "tokens.manage": lazy_gettext("manage API tokens"),
}
LANGUAGES: Mapping[str, Any] = {
    "en": lazy_gettext("English"),
    "ar": lazy_gettext("Arabic"),
    "fa": lazy_gettext("Persian"),
    "zh": lazy_gettext("Chinese (Traditional)"),
}

_TABLES: Mapping[str, Mapping[str, Any]] = {
    "role": ROLES,
    "call_state": CALL_STATES,
    "outcome": OUTCOMES,
    "ended_by": ENDED_BY,
    "direction": DIRECTIONS,
    "generation_state": GENERATION_STATES,
    "reload": RELOADS,
    "kind": KINDS,
    "touch": TOUCHES,
    "may_call": MAY_CALL,
    "scope": SCOPES,
    "language": LANGUAGES,
}


def init_app(app: Flask) -> None:
    """Offer ``{{ code | word("outcome") }}`` and ``{{ code | service }}`` to the templates."""
    app.jinja_env.filters |= {"word": word, "service": service}
    app.jinja_env.globals |= {
        "role_hints": ROLE_HINTS,
        "destination_words": DESTINATIONS,
        "cause_words": HANG_UP_CAUSES,
        "password_min": PASSWORD_MIN,
    }


def word(code: Any, table: str) -> str:
    """The words for a code; the code itself where a newer daemon sends one that is not known here."""
    return str(_TABLES[table].get(str(code), code))


def service(code: str) -> str:
    """What people call a service of the box: the words of its feature code."""
    return field_label(("feature_codes", code), languages.language())


def yes_or_no(value: bool) -> str:
    """The word for a truth value."""
    return str(pgettext("a setting", "yes") if value else pgettext("a setting", "no"))
