"""Rules between spans, trunks, the telephones on lines, routes and emergency numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from appliance.model.dial_patterns import covers, fits, shortest
from appliance.model.numbering import usual_emergency_numbers
from appliance.model.problems import Path, Problem, path_text
from appliance.model.references import span_pointers, trunk_pointers
from appliance.model.site import Site
from appliance.model.spans import (
    AUTO,
    CODING_OF,
    FRAMING_OF,
    SIGNALLING_OF,
    Signalling,
    Span,
    SpanKind,
)


def line_problems(site: Site) -> Iterator[Problem]:
    """Every breach of these rules."""
    yield from _spans(site)
    yield from _smdr(site)
    yield from _trunks(site)
    yield from _named(site)
    yield from _telephones(site)
    yield from _caller_ids(site)
    yield from _inbound(site)
    yield from _outbound(site)
    yield from _emergency(site)


def _spans(site: Site) -> Iterator[Problem]:
    spans = site.hardware.spans
    yield from _same_names(("hardware", "spans"), [span.name for span in spans])
    ports: dict[tuple[str, int], Path] = {}
    timing: dict[int, Path] = {}
    for index, span in enumerate(spans):
        at: Path = ("hardware", "spans", index)
        yield from _span(span, at)
        if span.card != AUTO:
            for port in (span.port,) if span.port is not None else span.ports:
                other = ports.setdefault((span.card, port), at)
                if other is not at:
                    yield Problem(at, "port_taken", {"port": port, "other": path_text(other)})
        if span.timing:
            other = timing.setdefault(span.timing, at)
            if other is not at:
                params: dict[str, str | int] = {"timing": span.timing, "other": path_text(other)}
                yield Problem((*at, "timing"), "timing_repeated", params, "warning")


def _span(span: Span, at: Path) -> Iterator[Problem]:
    """Whether the fields of one span go together."""
    kind = span.kind
    if span.signalling not in SIGNALLING_OF[kind]:
        allowed = ", ".join(sorted(SIGNALLING_OF[kind]))
        yield _unfit((*at, "signalling"), span.signalling, kind, allowed)
    if span.framing is not None and FRAMING_OF[kind] and span.framing not in FRAMING_OF[kind]:
        yield _unfit((*at, "framing"), span.framing, kind, ", ".join(FRAMING_OF[kind]))
    if span.coding is not None and CODING_OF[kind] and span.coding not in CODING_OF[kind]:
        yield _unfit((*at, "coding"), span.coding, kind, ", ".join(CODING_OF[kind]))
    analog = kind is SpanKind.ANALOG
    if analog and not span.ports:
        yield Problem((*at, "ports"), "required")
    if not analog and span.port is None:
        yield Problem((*at, "port"), "required")
    seen: set[int] = set()
    for place, port in enumerate(span.ports):
        if port in seen:
            yield Problem((*at, "ports", place), "repeated", {"value": str(port)})
        seen.add(port)
    unfit = {
        "port": analog and span.port is not None,
        "ports": not analog and bool(span.ports),
        "timing": analog and span.timing is not None,
        "line_build_out": analog and span.line_build_out != 0,
        "framing": analog and span.framing is not None,
        "coding": analog and span.coding is not None,
        "crc4": kind is not SpanKind.E1 and bool(span.crc4),
        "switch": not span.isdn and span.switch is not None,
        "r2": span.signalling is not Signalling.MFCR2 and span.r2 is not None,
    }
    for field, wrong in unfit.items():
        if wrong:
            yield Problem((*at, field), "not_for_span", {"kind": kind, "signalling": span.signalling})


def _unfit(path: Path, value: str, kind: SpanKind, allowed: str) -> Problem:
    return Problem(path, "not_of_kind", {"value": str(value), "kind": kind.value, "allowed": allowed})


def _smdr(site: Site) -> Iterator[Problem]:
    serial = site.hardware.display.serial
    if serial is not None and serial == site.hardware.smdr.serial:
        yield Problem(("hardware", "smdr", "serial"), "serial_port_used", {"port": serial})


def _trunks(site: Site) -> Iterator[Problem]:
    yield from _same_names(("trunks",), [trunk.name for trunk in site.trunks])
    taken: dict[str, Path] = {}
    for index, trunk in enumerate(site.trunks):
        at: Path = ("trunks", index)
        yield from _repeated((*at, "numbers"), trunk.numbers)
        for place, name in enumerate(trunk.spans):
            path = (*at, "spans", place)
            other = taken.setdefault(name, path)
            if other is not path:
                yield Problem(path, "span_of_two_trunks", {"span": name, "other": path_text(other)})
            span = site.span(name)
            if span is not None and span.for_telephones:
                yield Problem(path, "span_for_telephones", {"span": name})


def _named(site: Site) -> Iterator[Problem]:
    """Names of trunks and spans that there are not."""
    spans = {span.name for span in site.hardware.spans}
    trunks = {trunk.name for trunk in site.trunks}
    for path, name in span_pointers(site):
        if name not in spans:
            yield Problem(path, "no_such_span", {"span": name})
    for path, name in trunk_pointers(site):
        if name not in trunks:
            yield Problem(path, "no_such_trunk", {"trunk": name})


def _telephones(site: Site) -> Iterator[Problem]:
    taken: dict[tuple[str, int], str] = {}
    spans = {span.name: span for span in site.hardware.spans}
    for index, extension in enumerate(site.extensions):
        line = extension.line
        if line is None:
            continue
        at: Path = ("extensions", index)
        if extension.secret is not None:
            yield Problem((*at, "secret"), "secret_with_line", {"number": extension.number})
        other = taken.setdefault((line.span, line.channel), extension.number)
        if other is not extension.number:
            yield Problem((*at, "line", "channel"), "channel_taken", {"channel": line.channel, "other": other})
        span = spans.get(line.span)
        if span is None:
            continue
        if not span.for_telephones:
            yield Problem((*at, "line", "span"), "span_for_lines", {"span": span.name})
        elif line.channel > span.channels:
            params: dict[str, str | int] = {"channel": line.channel, "span": span.name, "channels": span.channels}
            yield Problem((*at, "line", "channel"), "no_such_channel", params)


def _caller_ids(site: Site) -> Iterator[Problem]:
    ours = {number for trunk in site.trunks for number in trunk.numbers}
    if not ours:
        return
    for index, extension in enumerate(site.extensions):
        number = extension.caller_id.number if extension.caller_id is not None else None
        if number is not None and number not in ours:
            path = ("extensions", index, "caller_id", "number")
            yield Problem(path, "caller_id_not_ours", {"number": number}, "warning")


def _inbound(site: Site) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for index, route in enumerate(site.inbound_routes):
        other = first.setdefault(route.key, index)
        if other != index:
            params: dict[str, str | int] = {"key": route.key, "other": f"inbound_routes[{other}]"}
            yield Problem(("inbound_routes", index), "same_conditions", params)


def _outbound(site: Site) -> Iterator[Problem]:
    yield from _same_names(("outbound_routes",), [route.name for route in site.outbound_routes])
    earlier: list[tuple[str, str]] = []
    numbers = sorted(extension.number for extension in site.extensions)
    for index, route in enumerate(site.outbound_routes):
        at: Path = ("outbound_routes", index)
        yield from _repeated((*at, "match"), route.match)
        yield from _repeated((*at, "trunks"), route.trunks)
        for place, pattern in enumerate(route.match):
            path = (*at, "match", place)
            if route.strip + (not route.prepend) > shortest(pattern):
                yield Problem(path, "strip_too_long", {"strip": route.strip, "pattern": pattern})
            hidden = next((by for by in earlier if covers(by[1], pattern)), None)
            if hidden is not None:
                params: dict[str, str | int] = {"pattern": pattern, "route": hidden[0], "other": hidden[1]}
                yield Problem(path, "pattern_hidden", params, "warning")
            number = next((one for one in numbers if fits(pattern, one)), None)
            if number is not None:
                yield Problem(path, "pattern_fits_extension", {"pattern": pattern, "number": number}, "warning")
        earlier += [(route.name, pattern) for pattern in route.match]


def _emergency(site: Site) -> Iterator[Problem]:
    emergency = site.box.emergency
    if emergency is None:
        if site.outbound_routes:
            usual = ", ".join(usual_emergency_numbers(site.box.country))
            yield Problem(("box", "emergency"), "no_emergency", {"numbers": usual}, "warning")
        return
    yield from _repeated(("box", "emergency", "trunks"), emergency.trunks)


def _same_names(at: Path, names: Sequence[str]) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for index, name in enumerate(names):
        other = first.setdefault(name, index)
        if other != index:
            yield name_taken((*at, index, "name"), name, path_text((*at, other, "name")))


def name_taken(path: Path, name: str, other: str) -> Problem:
    """Two of a kind have one name."""
    return Problem(path, "duplicate_name", {"name": name, "other": other})


def _repeated(at: Path, values: Sequence[str]) -> Iterator[Problem]:
    seen: set[str] = set()
    for place, value in enumerate(values):
        if value in seen:
            yield Problem((*at, place), "repeated", {"value": value})
        seen.add(value)
