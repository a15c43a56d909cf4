"""A site with every kind of line, the cards for it, and sites whose line texts are anything."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from appliance.model.destinations import Destination, DestinationKind
from appliance.model.extensions import CallerId, Extension, Line
from appliance.model.hardware import FoundCard, FoundPort, Inventory, PortKind, SpanPlace
from appliance.model.inbound_routes import InboundRoute
from appliance.model.outbound_routes import OutboundRoute
from appliance.model.site import Site
from appliance.model.spans import Hardware, Span
from appliance.model.trunks import Trunk, TrunkKind
from tests.render.sites import FACTS, anything

TE435 = FoundCard("TE435-1234", "digium/te435", "pci:0000:03:04.0", tuple(
    FoundPort(number, PortKind.E1, number, 1, 31) for number in range(1, 5)
))  # fmt: skip
A8B = FoundCard("@pci:0000:04:00.0", "digium/a8b", "pci:0000:04:00.0", (
    *(FoundPort(number, PortKind.FXS, 1, number, 1) for number in range(1, 5)),
    *(FoundPort(number, PortKind.FXO, 1, number, 1) for number in range(5, 9)),
))  # fmt: skip
B410 = FoundCard("B410P-7", "digium/b410p", "pci:0000:05:00.0", tuple(
    FoundPort(number, PortKind.BRI, number, 1, 3) for number in range(1, 5)
))  # fmt: skip
PLACES = (
    *(SpanPlace(TE435.identity, number, number, 1 + 31 * (number - 1), 31) for number in range(1, 5)),
    SpanPlace(A8B.identity, 1, 5, 125, 8),
    *(SpanPlace(B410.identity, number, 5 + number, 133 + 3 * (number - 1), 3) for number in range(1, 5)),
)
INVENTORY = Inventory((TE435, A8B, B410), PLACES)
LINE_FACTS = replace(FACTS, inventory=INVENTORY)

SPANS: list[dict[str, Any]] = [
    {"name": "pri", "port": 1, "kind": "e1", "signalling": "pri_cpe"},
    {"name": "out", "port": 2, "kind": "e1", "signalling": "pri_net", "crc4": False},
    {"name": "r2", "port": 3, "kind": "e1", "signalling": "mfcr2", "r2": {"variant": "mx", "called_digits": 4}},
    {"name": "t1", "port": 4, "kind": "t1", "signalling": "em_w"},
    {"name": "bri", "port": 1, "kind": "bri", "signalling": "bri_cpe_ptmp"},
    {"name": "fxs", "ports": [1, 2], "kind": "analog", "signalling": "fxo_ks"},
    {"name": "fxo", "ports": [5, 6], "kind": "analog", "signalling": "fxs_ks"},
]
DOCUMENT: dict[str, Any] = {
    "box": {
        "country": "SA", "time_zone": "Asia/Riyadh", "extension_digits": 3,
        "emergency": {"numbers": ["911", "997"], "trunks": ["analog", "pstn"]},
    },
    "extensions": [
        {"number": "101", "name": "Reception", "secret": "Vexl9-quiet-Harbour", "may_call": "international",
         "caller_id": {"number": "+966112345601", "name": "عيادة نجد"}},
        {"number": "110", "name": "Lobby; telephone", "line": {"span": "fxs", "channel": 1}, "may_call": "internal",
         "voicemail": {"enabled": True, "pin": "407193"}, "pickup_group": "front"},
    ],
    "trunks": [
        {"name": "pstn", "kind": "dahdi", "spans": ["pri", "bri"], "max_calls": 30,
         "numbers": ["+966112345600", "+966112345601"]},
        {"name": "analog", "kind": "dahdi", "spans": ["fxo"], "numbers": ["+966112349999"]},
    ],
    "inbound_routes": [
        {"number": "+966112345600", "to": {"extension": "101"}},
        {"number": "+966112345601", "trunk": "pstn", "to": {"voicemail": "110"}},
        {"caller": "+966500000000", "to": {"hang_up": "busy"}},
        {"to": {"extension": "110"}},
    ],
    "outbound_routes": [
        {"name": "local", "match": ["NXXXXXX"], "class": "local", "trunks": ["pstn", "analog"]},
        {"name": "national", "match": ["0[1-9]XXXXXXXX"], "class": "national", "trunks": ["pstn"]},
        {"name": "abroad", "match": ["00."], "class": "international", "trunks": ["pstn"], "strip": 2, "prepend": "+"},
    ],
    "hardware": {"spans": SPANS},
}  # fmt: skip
LINES = Site.from_document(DOCUMENT)


@st.composite
def lawless_lines(draw: st.DrawFn) -> Site:
    """The site above in small, never checked: every text in it can be anything. Names begin with a letter, numbers
    with a digit, so that something is left of them."""
    text = anything()

    def name(first: str) -> str:
        return first + draw(text)

    span, trunk, fxs = name("s"), name("t"), name("f")
    extension = Extension.model_construct(
        **dict(Extension.model_validate({"number": "110", "name": "A"}))
        | {
            "number": name("1"),
            "name": draw(text),
            "line": Line.model_construct(span=fxs, channel=1),
            "caller_id": CallerId.model_construct(number=name("+9661"), name=draw(text)),
            "pickup_group": draw(text),
            "may_pick_up": (draw(text),),
        }
    )
    to = Destination.model_construct(kind=draw(st.sampled_from(list(DestinationKind))), name=name("1"))
    box = LINES.box.model_copy(update={"emergency": None})
    return Site.model_construct(
        **dict(LINES)
        | {
            "box": box,
            "extensions": (extension,),
            "trunks": (
                Trunk.model_construct(
                    name=trunk, kind=TrunkKind.DAHDI, spans=(span,), max_calls=None, numbers=(name("+9661"),)
                ),
            ),
            "inbound_routes": (
                InboundRoute.model_construct(number=name("+9661"), caller=name("+9661"), trunk=trunk, to=to),
            ),
            "outbound_routes": (
                OutboundRoute.model_construct(
                    name=name("r"), match=(name("X"),), class_=LINES.extensions[0].may_call, trunks=(trunk,), strip=0,
                    prepend=draw(text),
                ),
            ),
            "hardware": Hardware.model_construct(
                **dict(LINES.hardware)
                | {
                    "spans": (
                        Span.model_validate(SPANS[0]).model_copy(update={"name": span, "card": draw(text)}),
                        Span.model_validate(SPANS[5]).model_copy(update={"name": fxs, "card": "auto"}),
                    )
                }
            ),
        }
    )  # fmt: skip
