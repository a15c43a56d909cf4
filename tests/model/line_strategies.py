"""Strategies for spans, trunks, telephones on lines, routes and emergency numbers, added to a site's document."""

from __future__ import annotations

import string
from functools import cache
from typing import Any

from hypothesis import strategies as st

from appliance.model.spans import CODING_OF, FRAMING_OF, SIGNALLING_OF, TELEPHONES, Signalling, SpanKind

_LABEL = string.ascii_lowercase + string.digits
_DIGITAL = [kind for kind in SpanKind if kind is not SpanKind.ANALOG]

Document = dict[str, Any]


@cache
def line_names() -> st.SearchStrategy[str]:
    """Names of spans, trunks and routes."""
    return st.one_of(st.sampled_from(["pri", "fxs", "pstn"]), st.text(st.sampled_from(_LABEL), min_size=1, max_size=12))


@cache
def outside_numbers() -> st.SearchStrategy[str]:
    """Numbers in E.164."""
    return st.builds("+{}{}".format, st.integers(1, 9), st.text(string.digits, min_size=6, max_size=14))


@cache
def dial_patterns() -> st.SearchStrategy[str]:
    """Patterns of dialled numbers."""
    digit = st.sampled_from(string.digits)
    span = st.tuples(digit, digit).map(lambda ends: f"{min(ends)}-{max(ends)}")
    within = st.lists(st.one_of(digit, span), min_size=1, max_size=3).map(lambda parts: f"[{''.join(parts)}]")
    place = st.one_of(digit, st.sampled_from("XZN"), within)
    return st.builds("{}{}".format, st.lists(place, min_size=1, max_size=6).map("".join), st.sampled_from(["", "."]))


@st.composite
def span_documents(draw: st.DrawFn, name: str, index: int) -> Document:
    """A span that breaks no rule beside others drawn with another index: each is on a card of its own, or on any."""
    kind = draw(st.sampled_from(list(SpanKind)))
    signalling = draw(st.sampled_from(sorted(SIGNALLING_OF[kind])))
    document: Document = {"name": name, "kind": kind.value, "signalling": signalling.value}
    if draw(st.booleans()):
        document["card"] = draw(st.sampled_from(["auto", f"@pci:0000:0{index}:00.0", f"TE435-{index}"]))
    if kind is SpanKind.ANALOG:
        document["ports"] = draw(st.lists(st.integers(1, 24), min_size=1, max_size=4, unique=True))
        return document
    document["port"] = draw(st.integers(1, 8))
    optional: Document = {
        "timing": draw(st.sampled_from([0, index + 1])),
        "line_build_out": draw(st.integers(0, 7)),
        "framing": draw(st.sampled_from(FRAMING_OF[kind])).value,
        "coding": draw(st.sampled_from(CODING_OF[kind])).value,
    }
    if kind is SpanKind.E1:
        optional["crc4"] = draw(st.booleans())
    if signalling.value.startswith(("pri", "bri")):
        optional["switch"] = draw(st.sampled_from(["euroisdn", "national", "qsig", "5ess"]))
    if signalling is Signalling.MFCR2:
        optional["r2"] = {"variant": draw(st.sampled_from(["itu", "mx", "br"])), "called_digits": 4}
    return document | {field: value for field, value in optional.items() if draw(st.booleans())}


@st.composite
def with_lines(draw: st.DrawFn, document: Document) -> Document:
    """The document with lines in it, or as it was."""
    if not draw(st.booleans()):
        return document
    names = draw(st.lists(line_names(), min_size=1, max_size=3, unique=True))
    spans = [draw(span_documents(name, index)) for index, name in enumerate(names)]
    document["hardware"] = {"spans": spans}
    if draw(st.booleans()):
        document["hardware"]["echo_canceller"] = draw(st.sampled_from(["oslec", "none", "mg2"]))
        document["hardware"]["smdr"] = {"tcp_port": draw(st.integers(2300, 2309)), "format": "csv"}
    telephones = [span for span in spans if span["signalling"] in TELEPHONES]
    lines = [span["name"] for span in spans if span["signalling"] not in TELEPHONES]
    if telephones and document.get("extensions") and draw(st.booleans()):
        extension = draw(st.sampled_from(document["extensions"]))
        extension.pop("secret", None)
        span = draw(st.sampled_from(telephones))
        extension["line"] = {"span": span["name"], "channel": draw(st.integers(1, len(span.get("ports", "x"))))}
    if lines:
        document |= draw(_routing(lines, [each["number"] for each in document.get("extensions", [])]))
    return document


@st.composite
def _routing(draw: st.DrawFn, spans: list[str], extensions: list[str]) -> Document:
    """Trunks over the spans, and routes to and from them."""
    together = draw(st.booleans())
    groups = [spans] if together else [[span] for span in spans]
    trunks: list[Document] = []
    for index, group in enumerate(groups):
        trunk: Document = {"name": f"trunk{index}", "kind": "dahdi", "spans": group}
        if draw(st.booleans()):
            trunk |= {"max_calls": draw(st.integers(1, 30))}
        if draw(st.booleans()):
            trunk |= {"numbers": draw(st.lists(outside_numbers(), max_size=3, unique=True))}
        trunks.append(trunk)
    names = [trunk["name"] for trunk in trunks]
    found: Document = {"trunks": trunks}
    ways = [{"hang_up": "busy"}, *({"extension": number} for number in extensions)]
    inbound = draw(
        st.lists(
            st.fixed_dictionaries(
                {"to": st.sampled_from(ways)},
                optional={
                    "number": outside_numbers(),
                    "caller": outside_numbers(),
                    "trunk": st.sampled_from(names),
                },
            ),
            max_size=4,
            unique_by=lambda route: (route.get("number"), route.get("caller"), route.get("trunk")),
        )
    )
    if inbound:
        found["inbound_routes"] = inbound
    outbound = draw(
        st.lists(
            st.fixed_dictionaries(
                {
                    "name": line_names(),
                    "match": st.lists(dial_patterns(), min_size=1, max_size=3, unique=True),
                    "trunks": st.permutations(names),
                },
                optional={
                    "class": st.sampled_from(["internal", "local", "national", "international"]),
                    "prepend": st.sampled_from(["", "+", "0", "+966"]),
                },
            ),
            max_size=3,
            unique_by=lambda route: route["name"],
        )
    )
    if outbound:
        found["outbound_routes"] = outbound
    return found
