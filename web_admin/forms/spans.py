"""The form of a span."""

from __future__ import annotations

from flask_babel import lazy_gettext

from appliance.model.spans import Span
from web_admin import texts
from web_admin.forms.field import Field, Section
from web_admin.forms.form import Form

_USUAL = lazy_gettext("as usual")
_YES_NO = {"yes": lazy_gettext("on"), "no": lazy_gettext("off")}


def span_form() -> Form:
    """An empty form of a span."""
    return Form(
        Span,
        (
            Section(
                lazy_gettext("Ports"),
                (
                    Field(("name",), "dialable", lazy_gettext("Small letters, digits and hyphens.")),
                    Field(("card",), "dialable", lazy_gettext("auto takes the first card that fits.")),
                    Field(("kind",), "choice", words=texts.SPAN_KINDS),
                    Field(("port",), "whole", lazy_gettext("Of a digital line, as printed on the bracket.")),
                    Field(
                        ("ports",), "numbers", lazy_gettext("Of analog lines or telephones, with spaces between them.")
                    ),
                ),
            ),
            Section(
                lazy_gettext("Signalling"),
                (
                    Field(
                        ("signalling",),
                        "choice",
                        lazy_gettext("fxo for telephones, fxs for analog lines, cpe where the telephone company is."),
                    ),
                    Field(("switch",), "choice", empty=_USUAL),
                    Field(("timing",), "whole", lazy_gettext("0 gives the clock; empty: as usual.")),
                    Field(("framing",), "choice", empty=_USUAL),
                    Field(("coding",), "choice", empty=_USUAL),
                    Field(("line_build_out",), "whole"),
                    Field(("crc4",), "maybe", words=_YES_NO, empty=_USUAL),
                ),
            ),
            Section(
                lazy_gettext("MFC/R2"),
                (
                    Field(("r2", "variant"), "choice"),
                    Field(("r2", "caller_digits"), "whole"),
                    Field(("r2", "called_digits"), "whole"),
                ),
                lazy_gettext("For lines with the signalling mfcr2 alone."),
            ),
        ),
        "hardware.spans",
    )
