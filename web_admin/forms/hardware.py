"""The form of devices: echo canceller, call records, front panel. Spans have pages of their own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext

from appliance.model.smdr import SMDR_PORTS
from appliance.model.spans import Hardware
from web_admin.forms.field import Field, Section
from web_admin.forms.form import Form

_CANCELLERS: Mapping[str, Any] = {
    "oslec": lazy_gettext("OSLEC: the best of those in software"),
    "none": lazy_gettext("none: the cards take the echo out themselves"),
}
_LAYOUTS: Mapping[str, Any] = {
    "csv": lazy_gettext("CSV: thirteen named columns"),
    "fixed-80": lazy_gettext("80 columns, as key systems print them"),
    "ip-office": lazy_gettext("30 fields, as IP Office sends them"),
}
_FLOW: Mapping[str, Any] = {
    "none": lazy_gettext("none"),
    "rtscts": lazy_gettext("by wire (RTS/CTS)"),
    "xonxoff": lazy_gettext("by characters (XON/XOFF)"),
}
_DISPLAYS: Mapping[str, Any] = {
    "none": lazy_gettext("none"),
    "crystalfontz-635": "Crystalfontz 635",
    "matrix-orbital": "Matrix Orbital",
    "hd44780-serial": lazy_gettext("HD44780 with a serial back-pack"),
}


def hardware_form(ports: Mapping[str, str]) -> Form:
    """An empty form of the devices. ports: the serial ports that are there, and what is on them."""
    known = {"there": "; ".join(f"{name} ({what})" for name, what in ports.items()) or "–"}
    there = lazy_gettext("Serial ports that are there: %(there)s.", **known)
    range_ = {"first": SMDR_PORTS.start, "last": SMDR_PORTS.stop - 1}
    return Form(
        Hardware,
        (
            Section(
                lazy_gettext("Echo"),
                (Field(("echo_canceller",), "choice", words=_CANCELLERS),),
            ),
            Section(
                lazy_gettext("Call records (SMDR)"),
                (
                    Field(("smdr", "format"), "choice", words=_LAYOUTS),
                    Field(
                        ("smdr", "tcp_port"),
                        "whole",
                        lazy_gettext("From %(first)s to %(last)s; empty: nobody can connect.", **range_),
                    ),
                    Field(("smdr", "serial"), hint=there),
                    Field(("smdr", "speed"), "whole"),
                    Field(("smdr", "framing"), "choice"),
                    Field(("smdr", "flow"), "choice", words=_FLOW),
                ),
                lazy_gettext("A line for each call, for machines that bill or count calls."),
            ),
            Section(
                lazy_gettext("Front panel"),
                (
                    Field(("display", "kind"), "choice", words=_DISPLAYS),
                    Field(("display", "serial"), hint=lazy_gettext("Empty: where it is found.")),
                ),
            ),
        ),
        "hardware",
    )
