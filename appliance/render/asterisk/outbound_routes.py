"""The part of extensions.conf that leads out: outbound routes, emergency numbers, trunks.

``outbound``      routes in their order, each a context of its own: within one context Asterisk prefers the closest
                  pattern, between included ones the first
``by-route``      may the extension, and which trunks in which order
``out-by``        one trunk: its limit, the caller's number, its spans in turn
``emergency``     before everything else, above every limit
``e164``, ``as-dialled``  numbers as lines write them, and as the site does (:mod:`appliance.model.numbering`)

What a phone dials is filtered before it is used: a pattern that ends in a dot lets anything through.
"""

from __future__ import annotations

from collections.abc import Iterator

from appliance.model.fields import MayCall
from appliance.model.numbering import national, numbering, readings
from appliance.model.outbound_routes import OutboundRoute
from appliance.model.site import Site
from appliance.model.trunks import Trunk
from appliance.render.asterisk.dahdi_channels import descending, group_of
from appliance.render.escape import dialplan_argument, dialplan_pattern, dialplan_text

_RANKS = {allowed: rank for rank, allowed in enumerate(MayCall)}
_USUAL = MayCall.NATIONAL
_TRY_ANOTHER = "0|27|34|38|41|42|44|47|58"
"""Causes (ITU-T Q.850) that are about the line and not about who was called."""


def lines(site: Site) -> Iterator[str]:
    """The contexts; nothing of them is there on a box without trunks."""
    if not site.trunks:
        return
    yield from _emergency(site)
    yield from _routes(site)
    yield from _trunks(site)
    yield from _callers(site)
    yield from _numbers(site)


def entries(site: Site) -> Iterator[tuple[str, str]]:
    """(context, extension) that the dialplan must have."""
    if not site.trunks:
        return
    yield from (("by-route", dialplan_argument(route.name)) for route in site.outbound_routes)
    yield from (("out-by", dialplan_argument(trunk.name)) for trunk in site.trunks)
    if site.box.emergency is not None:
        yield from (("emergency", dialplan_argument(number)) for number in site.box.emergency.numbers)


def _emergency(site: Site) -> Iterator[str]:
    emergency = site.box.emergency
    yield "\n; ---- Calls for help: no permission, no limit.\n[emergency]\n"
    for number in emergency.numbers if emergency is not None else ():
        called = dialplan_argument(number)
        yield f"exten => {called},1,Set(GROUP(calls)=${{EXTENSION}})\n"
        yield f" same => n,Set(NUMBER={called})\n"
        yield " same => n,Set(ROUTE=emergency)\n"
        yield from _by_trunks(emergency.trunks if emergency is not None else (), "(always)")


def _by_trunks(trunks: tuple[str, ...], arguments: str) -> Iterator[str]:
    yield from (f" same => n,Gosub(out-by,{dialplan_argument(trunk)},1{arguments})\n" for trunk in trunks)
    yield " same => n,Goto(no-line,s,1)\n"


def _routes(site: Site) -> Iterator[str]:
    yield "\n; ---- Outside numbers, the first route that fits.\n[outbound]\n"
    yield from (f"include => route-{dialplan_argument(route.name)}\n" for route in site.outbound_routes)
    yield "include => plus-numbers\n"
    for route in site.outbound_routes:
        yield from _route(route)
    yield "\n[by-route]\n"
    for route in site.outbound_routes:
        yield f"exten => {dialplan_argument(route.name)},1,Gosub(may-leave,s,1({_RANKS[route.class_]}))\n"
        yield from _by_trunks(route.trunks, "")
    yield _ALLOWED
    yield "\n; How far each may call: 0 internal, 1 local, 2 national, 3 international.\n[may-call]\n"
    for extension in site.extensions:
        if extension.may_call is not _USUAL:
            yield f"exten => {dialplan_argument(extension.number)},1,Return({_RANKS[extension.may_call]})\n"
    yield f"exten => _X.,1,Return({_RANKS[_USUAL]})\n"


def _route(route: OutboundRoute) -> Iterator[str]:
    name = dialplan_argument(route.name)
    yield f"\n[route-{name}]\n"
    for pattern in route.match:
        yield f"exten => _{dialplan_pattern(pattern)},1,Set(DIALLED=${{FILTER(0-9,${{EXTEN}})}})\n"
        yield f" same => n,Set(NUMBER={dialplan_argument(route.prepend)}${{DIALLED:{route.strip}}})\n"
        yield f" same => n,Set(ROUTE={name})\n"
        yield f" same => n,Goto(by-route,{name},1)\n"


_ALLOWED = """
[may-leave]
exten => s,1,Set(GROUP(calls)=${EXTENSION})
 same => n,GotoIf($[${GROUP_COUNT(${EXTENSION}@calls)} + ${GROUP_COUNT(${EXTENSION}@ringing)} > ${CALL_LIMIT}]?too-many-calls,s,1)
 same => n,Gosub(may-call,${EXTENSION},1)
 same => n,GotoIf($[${GOSUB_RETVAL} < ${ARG1}]?not-allowed,s,1)
 same => n,Set(DB(redial/${EXTENSION})=${DIALLED})
 same => n,Return()

[not-allowed]
exten => s,1,UserEvent(LoopstartStep,Step: not_allowed,Extension: ${DIALLED},Detail: ${ROUTE})
 same => n,Progress()
 same => n,Playback(feature-not-avail-line,noanswer)
 same => n,Hangup(21)

[no-line]
exten => s,1,UserEvent(LoopstartStep,Step: no_line,Extension: ${NUMBER},Detail: ${ROUTE})
 same => n,Progress()
 same => n,Playback(all-circuits-busy-now,noanswer)
 same => n,Hangup(34)

; A number with a plus is dialled as a telephone in the country would dial it.
[plus-numbers]
exten => _+X.,1,Gosub(as-dialled,+${FILTER(0-9,${EXTEN})},1)
 same => n,Goto(phones,${GOSUB_RETVAL},1)
"""  # noqa: E501  a priority is one line


def _trunks(site: Site) -> Iterator[str]:
    yield "\n; ---- One trunk. Comes back where it had no free line. ARG1: always, whatever its limit.\n[out-by]\n"
    for trunk in site.trunks:
        yield from _trunk(site, trunk)


def _trunk(site: Site, trunk: Trunk) -> Iterator[str]:
    name = dialplan_argument(trunk.name)
    limit = trunk.max_calls if trunk.max_calls is not None else 10_000
    ours = national(trunk.numbers[0], site.box.country) if trunk.numbers else None
    yield f'exten => {name},1,GotoIf($["${{ARG1}}" = "always"]?free)\n'
    yield f" same => n,GotoIf($[${{GROUP_COUNT({name}@trunk)}} >= {limit}]?full)\n"
    yield f" same => n(free),Set(GROUP(trunk)={name})\n"
    yield f" same => n,Set(CALLERID(num)={dialplan_argument(ours or '')})\n"
    yield " same => n,Gosub(caller-id,${EXTENSION},1)\n"
    yield " same => n,Gosub(e164,${NUMBER},1)\n"
    yield f" same => n,UserEvent(LoopstartStep,Step: outbound,Extension: ${{GOSUB_RETVAL}},Detail: {name})\n"
    yield " same => n,Gosub(as-dialled,${NUMBER},1)\n"
    yield " same => n,Set(OUT=${GOSUB_RETVAL})\n"
    # The account of the channel that Dial makes; else the caller's is taken (channel.c, channel_req_accountcodes).
    yield f" same => n,Set(CHANNEL(peeraccount)=trunk/{name})\n"
    for span in trunk.spans:
        placed = site.span(span)
        if placed is None:
            continue
        group = f"{'G' if descending(placed) else 'g'}{group_of(site, span)}"
        yield f" same => n,Dial(DAHDI/{group}/${{OUT}})\n"
        yield " same => n,Gosub(how-it-ended,s,1)\n"
    yield " same => n,Set(GROUP(trunk)=)\n"
    yield " same => n(full),Return()\n"


def _callers(site: Site) -> Iterator[str]:
    yield _ENDED
    yield "\n; ---- Who those outside see calling. Names are written so that nothing here reads them.\n[caller-id]\n"
    for extension in site.extensions:
        shown = extension.caller_id
        if shown is None:
            continue
        number = national(shown.number, site.box.country) if shown.number is not None else None
        steps = []
        if number is not None:
            steps.append(f"Set(CALLERID(num)={dialplan_argument(number)})")
        if shown.name is not None:
            steps.append(f"Set(CALLERID(name)=${{BASE64_DECODE({dialplan_text(shown.name)})}})")
        if steps:
            yield f"exten => {dialplan_argument(extension.number)},1,{steps[0]}\n"
            yield from (f" same => n,{step}\n" for step in (*steps[1:], "Return()"))
    yield "exten => _X.,1,Return()\n"


_ENDED = f"""
[how-it-ended]
exten => s,1,GotoIf($["${{DIALSTATUS}}" = "CHANUNAVAIL"]?another)
 same => n,GotoIf($["${{DIALSTATUS}}" = "BUSY"]?busy)
 same => n,GotoIf($["${{DIALSTATUS}}" = "NOANSWER"]?no-answer)
 same => n,GotoIf($["${{DIALSTATUS}}" != "CONGESTION"]?over)
 same => n,GotoIf($["${{HANGUPCAUSE}}" =~ "^({_TRY_ANOTHER})$"]?another)
 same => n(over),Hangup(${{HANGUPCAUSE}})
 same => n(busy),Hangup(17)
 same => n(no-answer),Hangup(19)
 same => n(another),Return()
"""


def _numbers(site: Site) -> Iterator[str]:
    """Both ways of writing numbers. Readings of one prefix share a context; the contexts are asked in their order."""
    by_prefix: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for reading in readings(site.box.country):
        by_prefix.setdefault((reading.prefix, reading.put), []).append((reading.least, reading.most))
    yield "\n; ---- Digits of a line in E.164.\n[e164]\n"
    yield from (f"include => e164-{place}\n" for place in range(1, len(by_prefix) + 1))
    yield "include => e164-as-it-is\n"
    for place, ((prefix, put), spans) in enumerate(by_prefix.items(), start=1):
        yield f"\n[e164-{place}]\n"
        for least, most in spans:
            for length in range(least, most + 1):
                yield f"exten => _{prefix}{'X' * length},1,Return({put}${{EXTEN:{len(prefix)}}})\n"
    yield "\n[e164-as-it-is]\nexten => _[0-9+*#]!,1,Return(${FILTER(0-9+*#,${EXTEN})})\n"
    yield "\n; ---- The other way round: what a telephone in the country would dial.\n[as-dialled]\n"
    plan = numbering(site.box.country)
    if plan is not None:
        code = f"+{plan.code}"
        for length in plan.lengths:
            yield f"exten => _{code}{'X' * length},1,Return({plan.trunk}${{EXTEN:{len(code)}}})\n"
    yield f"exten => _+X!,1,Return({plan.international if plan is not None else ''}${{FILTER(0-9,${{EXTEN}})}})\n"
    yield "exten => _[0-9*#]!,1,Return(${FILTER(0-9*#,${EXTEN})})\n"
