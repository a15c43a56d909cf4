"""The form of how phones reach the box."""

from __future__ import annotations

from flask_babel import lazy_gettext

from appliance.model.sip import TCP_PORT, TLS_PORT, UDP_PORT, Sip
from web_admin import texts
from web_admin.forms.field import Field, Section
from web_admin.forms.form import Form

_CODECS = {"g722": "G.722", "alaw": "G.711 A-law", "ulaw": "G.711 µ-law", "gsm": "GSM"}

SECTIONS = (
    Section(
        lazy_gettext("Transports"),
        (
            Field(("udp",), "yes", label=f"UDP {UDP_PORT}"),
            Field(("tcp",), "yes", label=f"TCP {TCP_PORT}"),
            Field(("tls",), "yes", label=f"TLS {TLS_PORT}"),
        ),
        lazy_gettext("Phones that are registered over a transport lose it when it is switched off."),
    ),
    Section(
        lazy_gettext("Voice"),
        (
            Field(
                ("media_encryption",),
                "choice",
                words=texts.MEDIA_ENCRYPTION,
            ),
            Field(
                ("codecs",),
                "order",
                lazy_gettext("The preferred one first."),
                words=_CODECS,
            ),
        ),
    ),
)


def sip_form() -> Form:
    """An empty form of the SIP settings."""
    return Form(Sip, SECTIONS, "sip")
