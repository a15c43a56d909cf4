"""DAHDI's files: how spans are set up, which numbers they have, and what the drivers are told.

``dahdi/system.conf``          spans, channels, echo cancellers and tones, for ``dahdi_cfg``
``dahdi/assigned-spans.conf``  the pinned numbers, as ``dahdi_span_assignments`` writes them; cards away keep theirs
``dahdi/span-types.conf``      E1, T1 or J1 for cards that can be any, as ``dahdi_span_types`` does
``dahdi/modprobe.conf``        options of the drivers, by country

``dahdi_cfg`` ends at the first span that is not there, so what is away is left out of ``system.conf``. Spans, types and
options cannot change under running calls: they wait until Asterisk restarts, and are put into effect while it is down.
A number is given to a span that has none, which concerns nobody else: that is done at once.
Read from dahdi-tools: ``system.conf.sample``, ``xpp/dahdi_span_assignments.8``, ``dahdi_span_types.8``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from appliance.model.changes import ReloadClass
from appliance.model.line_standards import LineStandard, line_standard
from appliance.model.site import Site
from appliance.model.spans import (
    CODING_OF,
    FRAMING_OF,
    NETWORK_SIDE,
    EchoCanceller,
    Framing,
    Signalling,
    Span,
    SpanKind,
)
from appliance.render.escape import dahdi_word
from appliance.render.facts import Facts
from appliance.render.module_options import module_options
from appliance.render.rendered_file import GENERATOR, RenderedFile
from appliance.render.span_channels import SpanChannels, of_site, ranges

FOLDER = "dahdi/"
"""Of the generation: what is below it is DAHDI's, and takes effect while Asterisk is down."""
SET_UP = "loopstart-dahdi.service"
"""The unit that puts these files into effect (ansible/roles/dahdi); what Asterisk holds it leaves alone."""
_SIGNALLING = {
    Signalling.FXO_KS: "fxoks", Signalling.FXO_LS: "fxols", Signalling.FXO_GS: "fxogs",
    Signalling.FXS_KS: "fxsks", Signalling.FXS_LS: "fxsls", Signalling.FXS_GS: "fxsgs",
    Signalling.EM: "e&m", Signalling.EM_W: "e&m",
}  # fmt: skip
_IDLE_BITS = "1101"
"""A, B, C, D of an idle R2 line (ITU-T Q.421; D is always 1)."""


def render(site: Site, facts: Facts) -> tuple[RenderedFile, ...]:
    """Four files; none on a box without cards and lines."""
    if not site.hardware.spans and not facts.inventory.places:
        return ()
    standard = line_standard(site.box.country)
    spans = tuple(of_site(site, facts.inventory).values())
    return (
        _file("system.conf", _system(site, spans, standard)),
        _file("assigned-spans.conf", _assigned(facts), reload=SET_UP),
        _file("span-types.conf", _types(spans)),
        _file("modprobe.conf", _modprobe(standard)),
    )


def _file(name: str, lines: Iterable[str], reload: str | None = None) -> RenderedFile:
    header = f"# {GENERATOR.format(module='dahdi.py')}"
    text = "".join(f"{line}\n" for line in (header, *lines))
    reload_class = ReloadClass.RESTART_WHEN_IDLE if reload is None else ReloadClass.RELOAD
    return RenderedFile(path=f"{FOLDER}{name}", text=text, reload_class=reload_class, reload=reload)


def _system(site: Site, spans: tuple[SpanChannels, ...], standard: LineStandard) -> Iterator[str]:
    clocks = clock_order([channels.span for channels in spans])
    echo = site.hardware.echo_canceller
    for channels in spans:
        span = channels.span
        yield ""
        if channels.place is None or not channels.present:
            yield f"# {dahdi_word(span.name)}: its card is not in the box"
            continue
        yield f"# {dahdi_word(span.name)}"
        if span.kind is not SpanKind.ANALOG and not channels.dynamic:
            yield _span_line(span, channels.place.span, clocks[span.name])
        yield from _channel_lines(channels)
        if channels.dynamic and span.kind is SpanKind.E1 and not span.isdn:
            yield f"alaw={ranges(channels.bearers)}"  # a dynamic span is mu-law unless told otherwise
        if echo is not EchoCanceller.NONE:
            yield f"echocanceller={echo.value},{ranges(channels.bearers)}"
    zone = dahdi_word(standard.tone_zone)
    yield from ("", f"loadzone={zone}", f"defaultzone={zone}")


def _span_line(span: Span, number: int, clock: int) -> str:
    framing = (span.framing or usual_framing(span)).value
    coding = (span.coding or CODING_OF[span.kind][0]).value
    parts = [str(number), str(clock), str(span.line_build_out), framing, coding]
    if span.kind is SpanKind.E1 and (span.isdn if span.crc4 is None else span.crc4):
        parts.append("crc4")
    if span.kind is SpanKind.BRI:
        parts.append("nt" if span.signalling in NETWORK_SIDE else "te")
    return f"span={','.join(parts)}"


def usual_framing(span: Span) -> Framing:
    """What the kind and its signalling usually have."""
    if span.kind is SpanKind.E1 and not span.isdn:
        return Framing.CAS
    return FRAMING_OF[span.kind][0]


def _channel_lines(channels: SpanChannels) -> Iterator[str]:
    span = channels.span
    bearers = ranges(channels.bearers)
    if span.isdn:
        yield f"bchan={bearers}"
        # wcb4xxp does HDLC itself and takes no other.
        yield f"{'hardhdlc' if span.kind is SpanKind.BRI else 'dchan'}={channels.d_channel}"
        return
    if span.signalling is Signalling.MFCR2:
        yield f"cas={bearers}:{_IDLE_BITS}"
    elif span.kind is SpanKind.E1:
        yield f"e&me1={bearers}"
    else:
        yield f"{_SIGNALLING[span.signalling]}={bearers}"
    if span.kind is SpanKind.E1 and not channels.dynamic:
        yield f"dchan={channels.d_channel}"  # carries the bits of all others


def channel_signalling(channels: SpanChannels) -> dict[int, str]:
    """Channel -> signalling as ``/proc/dahdi`` words it once these files are in effect (dahdi-base.c, ``sigstr``)."""
    span = channels.span
    if span.isdn:
        of_bearers = "Clear"
    elif span.signalling is Signalling.MFCR2:
        of_bearers = "CAS"
    else:
        of_bearers = "E&M-E1" if span.kind is SpanKind.E1 else _SIGNALLING[span.signalling].upper()
    found = dict.fromkeys(channels.bearers, of_bearers)
    if span.isdn and channels.d_channel is not None:
        found[channels.d_channel] = "Hardware-assisted HDLC" if span.kind is SpanKind.BRI else "HDLCFCS"
    return found


def clock_order(spans: Iterable[Span]) -> dict[str, int]:
    """DAHDI's order of clocks, 0 for a span that gives it: as given, and behind these whatever takes the clock from the
    other end. A channel bank with telephones takes it from us. By the name of the span; analog ones have none.
    """
    spans = tuple(spans)
    given = {span.name: span.timing for span in spans if span.timing is not None}
    following = max(given.values(), default=0)
    for span in spans:
        if span.kind is SpanKind.ANALOG or span.name in given:
            continue
        if span.signalling in NETWORK_SIDE or span.for_telephones:
            given[span.name] = 0
        else:
            following += 1
            given[span.name] = min(following, 15)
    return given


def _assigned(facts: Facts) -> Iterator[str]:
    for place in sorted(facts.inventory.places, key=lambda place: place.span):
        if facts.inventory.place(place.identity, place.local_span) == place:
            yield f"{dahdi_word(place.identity)}\t{place.local_span}:{place.span}:{place.base_channel}"


def _types(spans: tuple[SpanChannels, ...]) -> Iterator[str]:
    for channels in spans:
        if channels.place is not None and channels.span.kind in {SpanKind.E1, SpanKind.T1, SpanKind.J1}:
            kind = channels.span.kind.value.upper()
            yield f"{dahdi_word(channels.place.identity)}\t{channels.place.local_span}:{kind}"


def _modprobe(standard: LineStandard) -> Iterator[str]:
    yield "options dahdi auto_assign_spans=0"
    yield from module_options(standard)
