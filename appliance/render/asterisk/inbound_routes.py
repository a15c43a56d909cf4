"""The part of extensions.conf that leads in: what a line delivers, and the inbound routes.

``line-<span>``   where the calls of a span come in (chan_dahdi.conf)
``our-numbers``   whatever unambiguous ending of one of our numbers the telephone company sends, as that number
``from-outside``  looks for the route that says most, in contexts named by their conditions: ``in``,
                  ``in-on-<trunk>``, ``in-from-<caller>``, ``in-from-<caller>-on-<trunk>``, each with the numbers called
                  and ``any``
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from appliance.model.inbound_routes import ANY, InboundRoute
from appliance.model.numbering import numbering
from appliance.model.site import Site
from appliance.model.spans import R2, Signalling, Span
from appliance.model.trunks import Trunk
from appliance.render.escape import dialplan_argument

_SHORTEST = 2
"""Digits that the telephone company sends at least."""


def lines(site: Site) -> Iterator[str]:
    """The contexts; nothing of them is there on a box without spans."""
    if not site.hardware.spans:
        return
    yield _NOWHERE
    outside = bool(site.trunks)
    contexts = ("emergency", "dialled", "feature-codes", "outbound")
    yield from (f"include => {name}\n" for name in contexts if outside or name in {"dialled", "feature-codes"})
    spans = {span.name: span for span in site.hardware.spans}
    for trunk in site.trunks:
        for name in trunk.spans:
            yield from _line(trunk, name, spans.get(name))
    if site.trunks:
        yield _FROM_OUTSIDE
        yield from _our_numbers(site)
        yield from _routes(site)


def entries(site: Site) -> Iterator[tuple[str, str]]:
    """(context, extension) that the dialplan must have."""
    for trunk in site.trunks:
        yield from ((f"line-{dialplan_argument(span)}", "s") for span in trunk.spans)
    if site.trunks:
        yield from ((_context(route), _called(route)) for route in site.inbound_routes)


_NOWHERE = """
; ---- A line that belongs to no trunk, and a port without an extension.
[no-trunk]
exten => s,1,Hangup(1)
exten => _[0-9*#+]!,1,Hangup(1)

[no-extension]
exten => s,1,Hangup(1)

; ---- What an analog telephone may dial: as a phone, without what would make it wait for further digits.
[line-phones]
"""


def _sent(span: Span | None) -> Iterator[str]:
    """What may be sent as the number called.

    R2 asks for it digit by digit, and for no more once what came can match nothing longer (chan_dahdi.c,
    dahdi_r2_on_dnis_digit_received): so as many patterns as it has digits at most.
    """
    if span is None or span.signalling is not Signalling.MFCR2:
        yield "_[0-9*#+]!"
        return
    for digits in range(1, (span.r2 or R2()).called_digits + 1):
        yield "_" + "X" * digits


def _line(trunk: Trunk, span_name: str, span: Span | None) -> Iterator[str]:
    """An analog line says no number: it is the trunk's own, where that has but one."""
    name = dialplan_argument(trunk.name)
    only = _digits(trunk.numbers[0]) if len(trunk.numbers) == 1 else "none"
    yield f"\n[line-{dialplan_argument(span_name)}]\n"
    yield f"exten => s,1,Set(CALLED={only})\n"
    yield " same => n,Goto(in,1)\n"
    for pattern in _sent(span):
        yield f"exten => {pattern},1,Set(CALLED=${{FILTER(0-9,${{EXTEN}})}})\n"
        yield " same => n,Goto(in,1)\n"
    yield f"exten => in,1,Set(TRUNK={name})\n"
    yield f" same => n,Set(GROUP(trunk)={name})\n"
    if trunk.max_calls is not None:
        yield f" same => n,GotoIf($[${{GROUP_COUNT({name}@trunk)}} > {trunk.max_calls}]?full)\n"
    yield " same => n,Goto(from-outside,s,1)\n"
    if trunk.max_calls is not None:
        yield f" same => n(full),UserEvent(LoopstartStep,Step: limit,Extension: ${{CALLED}},Detail: {name})\n"
        yield " same => n,Hangup(17)\n"


_FROM_OUTSIDE = """
[from-outside]
exten => s,1,Set(CALLER=${FILTER(0-9+,${CALLERID(num)})})
 same => n,GotoIf($[${LEN(${CALLER})} = 0]?called)
 same => n,Gosub(e164,${CALLER},1)
 same => n,Set(CALLERID(num)=${GOSUB_RETVAL})
 same => n,Set(CALLER=${FILTER(0-9,${GOSUB_RETVAL})})
 same => n(called),GotoIf($[${LEN(${CALLED})} = 0]?none)
 same => n,Gosub(our-numbers,${CALLED},1)
 same => n,Set(SHOWN=${GOSUB_RETVAL})
 same => n,Set(CALLED=${FILTER(0-9,${SHOWN})})
 same => n,GotoIf($[${LEN(${CALLED})} > 0]?route)
 same => n(none),Set(CALLED=none)
 same => n,Set(SHOWN=none)
 same => n(route),UserEvent(LoopstartStep,Step: inbound,Extension: ${SHOWN},Detail: ${TRUNK})
 same => n,GotoIf(${DIALPLAN_EXISTS(in-from-${CALLER}-on-${TRUNK},${CALLED},1)}?in-from-${CALLER}-on-${TRUNK},${CALLED},1)
 same => n,GotoIf(${DIALPLAN_EXISTS(in-from-${CALLER},${CALLED},1)}?in-from-${CALLER},${CALLED},1)
 same => n,GotoIf(${DIALPLAN_EXISTS(in-from-${CALLER}-on-${TRUNK},any,1)}?in-from-${CALLER}-on-${TRUNK},any,1)
 same => n,GotoIf(${DIALPLAN_EXISTS(in-from-${CALLER},any,1)}?in-from-${CALLER},any,1)
 same => n,GotoIf(${DIALPLAN_EXISTS(in-on-${TRUNK},${CALLED},1)}?in-on-${TRUNK},${CALLED},1)
 same => n,GotoIf(${DIALPLAN_EXISTS(in,${CALLED},1)}?in,${CALLED},1)
 same => n,GotoIf(${DIALPLAN_EXISTS(in-on-${TRUNK},any,1)}?in-on-${TRUNK},any,1)
 same => n,GotoIf(${DIALPLAN_EXISTS(in,any,1)}?in,any,1)
 same => n,UserEvent(LoopstartStep,Step: unrouted,Extension: ${SHOWN},Detail: ${TRUNK})
 same => n,Hangup(1)
"""  # noqa: E501  a priority is one line


def _our_numbers(site: Site) -> Iterator[str]:
    ours = {number for trunk in site.trunks for number in trunk.numbers}
    ours |= {route.number for route in site.inbound_routes if route.number is not None}
    plan = numbering(site.box.country)
    ways: dict[str, str] = {}
    for number in sorted(ours):
        # A set has another order in every process, and the daemon after a restart must write the same bytes.
        for way in sorted(_ways(_digits(number), plan.code if plan else "", plan.trunk if plan else "")):
            ways[f"{way}>{number}"] = way
    count = Counter(ways.values())
    yield "\n[our-numbers]\n"
    for key, way in ways.items():
        if count[way] == 1:
            yield f"exten => {way},1,Return(+{_digits(key.partition('>')[2])})\n"
    yield "exten => _[0-9]!,1,Return(${EXTEN})\n"


def _ways(digits: str, code: str, trunk: str) -> set[str]:
    """How a telephone company may send one of our numbers: any of its endings, or with the trunk prefix."""
    ways = {digits[start:] for start in range(len(digits) - _SHORTEST + 1)}
    if code and digits.startswith(code):
        ways.add(trunk + digits.removeprefix(code))
    return ways


def _routes(site: Site) -> Iterator[str]:
    contexts: dict[str, list[InboundRoute]] = {}
    for route in site.inbound_routes:
        contexts.setdefault(_context(route), []).append(route)
    for context, routes in sorted(contexts.items()):
        yield f"\n[{context}]\n"
        for route in routes:
            kind, name = route.to.kind.value, dialplan_argument(route.to.name)
            yield f"exten => {_called(route)},1,Goto(to-{kind},{name},1)\n"


def _context(route: InboundRoute) -> str:
    caller = f"-from-{_digits(route.caller)}" if route.caller is not None else ""
    trunk = f"-on-{dialplan_argument(route.trunk)}" if route.trunk is not None else ""
    return f"in{caller}{trunk}"


def _called(route: InboundRoute) -> str:
    return ANY if route.number is None else _digits(route.number)


def _digits(number: str) -> str:
    return dialplan_argument(number).replace("+", "")
