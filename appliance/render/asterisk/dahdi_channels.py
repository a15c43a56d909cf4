"""chan_dahdi.conf and chan_dahdi_telephones.conf: lines and analog telephones, as Asterisk speaks to them.

Every span has a section of its own: options before ``channel =>`` carry over to whatever follows, a section with
``dahdichan`` keeps them (``channels/chan_dahdi.c``, ``setup_dahdi``). Signalling and ISDN cannot change on a reload,
nor can a channel come (``mkintf`` makes none then), so ``chan_dahdi.conf`` waits for a restart. What a telephone is
called, whose mailbox lights its lamp, who may pick it up: that stands in ``chan_dahdi_telephones.conf``, which is
reloaded. There every port of a telephone span has its section, so that plugging in a telephone needs no restart.

``accountcode`` says what a channel is, ``extension/110`` or ``trunk/pstn``, in every event. Of a channel that is
called, the dialplan says it (``CHANNEL(peeraccount)`` before Dial).
"""

from __future__ import annotations

from appliance.model.extensions import Extension
from appliance.model.line_standards import LineStandard, line_standard
from appliance.model.numbering import numbering
from appliance.model.site import Site
from appliance.model.spans import NETWORK_SIDE, R2, EchoCanceller, Signalling, Span, SpanKind, Switch
from appliance.render.asterisk.templates import fill
from appliance.render.escape import caller_id, conf_section, conf_value, dialplan_argument
from appliance.render.facts import Facts
from appliance.render.rendered_file import RenderedFile, asterisk_file
from appliance.render.span_channels import SpanChannels, of_site, ranges

MODULE = "chan_dahdi.so"
_SOURCE = "asterisk/dahdi_channels.py"
_E1_EM = {Signalling.EM: "em_e1", Signalling.EM_W: "em_w"}


def render(site: Site, facts: Facts) -> tuple[RenderedFile, ...]:
    """Two files; without lines they say nothing, and chan_dahdi is not loaded."""
    spans = tuple(of_site(site, facts.inventory).values())
    standard = line_standard(site.box.country)
    general = fill("chan_dahdi.conf.j2", echo=_yes(site.hardware.echo_canceller is not EchoCanceller.NONE))
    lines = "".join(
        _telephones_named(channels) if channels.span.for_telephones else _line(site, group, channels, standard)
        for group, channels in enumerate(spans, start=1)
    )
    extensions = {(one.line.span, one.line.channel): one for one in site.extensions if one.line is not None}
    telephones = "".join(
        _telephone(site, channels, place, extensions.get((channels.span.name, place)), standard)
        for channels in spans
        if channels.span.for_telephones and channels.present
        for place in range(1, len(channels.bearers) + 1)
    )
    return (
        asterisk_file("chan_dahdi.conf", _SOURCE, general + lines, reload=None),
        asterisk_file("chan_dahdi_telephones.conf", _SOURCE, telephones, reload=MODULE),
    )


def used(site: Site) -> bool:
    """Whether the site has anything that chan_dahdi is needed for."""
    return bool(site.hardware.spans)


def group_of(site: Site, span: str) -> int:
    """The number of the span's group of channels, by which calls leave it."""
    return next(number for number, one in enumerate(site.hardware.spans, start=1) if one.name == span)


def descending(span: Span) -> bool:
    """Whether calls out take channels from the top: where the other end takes them from the bottom, they meet last."""
    return span.signalling not in NETWORK_SIDE


def _telephones_named(channels: SpanChannels) -> str:
    """A change of these needs a restart, though their sections stand elsewhere."""
    name, signalling = conf_section(channels.span.name), channels.span.signalling.value
    if not channels.present:
        return f"\n; {name}: its card is not in the box\n"
    return f"\n; {name}: telephones on {ranges(channels.bearers)} ({signalling})\n"


def _line(site: Site, group: int, channels: SpanChannels, standard: LineStandard) -> str:
    span = channels.span
    name = conf_section(span.name)
    if not channels.present:
        return f"\n; {name}: its card is not in the box\n"
    trunk = next((trunk.name for trunk in site.trunks if span.name in trunk.spans), None)
    options = {
        "signalling": _signalling(span),
        "context": f"line-{name}" if trunk is not None else "no-trunk",
        "group": str(group),
        "language": site.box.language.value,
    }
    if trunk is not None:
        options["accountcode"] = f"trunk/{dialplan_argument(trunk)}"
    if span.isdn:
        options |= _isdn(site, span)
    elif span.signalling is Signalling.MFCR2:
        options |= _r2(span.r2 or R2())
    elif span.signalling.value.startswith("fxs_"):
        options |= _analog_line(standard)
    options["dahdichan"] = ranges(channels.bearers)
    return _section(f"line-{name}", options)


def _signalling(span: Span) -> str:
    if span.kind is SpanKind.E1 and span.signalling in _E1_EM:
        return _E1_EM[span.signalling]
    return span.signalling.value


def _isdn(site: Site, span: Span) -> dict[str, str]:
    """Numbers: with the plan that they came in by they are in E.164 already; they leave as a telephone dials them."""
    usual = Switch.NATIONAL if span.kind in {SpanKind.T1, SpanKind.J1} else Switch.EUROISDN
    plan = numbering(site.box.country)
    options = {
        "switchtype": (span.switch or usual).value,
        "pridialplan": "unknown",
        "prilocaldialplan": "national",
        "internationalprefix": "+",
        "nationalprefix": f"+{plan.code}" if plan is not None else "",
        "priindication": "outofband",
        "usecallerid": "yes",
        "callerid": "asreceived",
    }
    return {name: value for name, value in options.items() if value}


def _r2(r2: R2) -> dict[str, str]:
    return {
        "mfcr2_variant": r2.variant.value,
        "mfcr2_max_ani": str(r2.caller_digits),
        "mfcr2_max_dnis": str(r2.called_digits),
        "mfcr2_category": "national_subscriber",
        "mfcr2_get_ani_first": "no",
    }


def _analog_line(standard: LineStandard) -> dict[str, str]:
    """A line of the telephone company: who calls, and how it is known that they have hung up."""
    options = {
        "usecallerid": "yes",
        "cidsignalling": standard.caller_id_signalling.value,
        "cidstart": standard.caller_id_start.value,
        "callerid": "asreceived",
        "answeronpolarityswitch": _yes(standard.answer_on_polarity),
        "hanguponpolarityswitch": _yes(standard.hang_up_on_polarity),
        "busydetect": "yes",
        "busycount": str(standard.busy_count),
    }
    if standard.busy_pattern:
        options["busypattern"] = ",".join(map(str, standard.busy_pattern))
    return options


def _telephone(
    site: Site, channels: SpanChannels, place: int, extension: Extension | None, standard: LineStandard
) -> str:
    channel = channels.bearers[place - 1]
    options = {
        "signalling": channels.span.signalling.value,
        "cidsignalling": standard.caller_id_signalling.value,
        "cidstart": standard.caller_id_start.value,
        "usecallerid": "yes",
    }
    if extension is None:
        options |= {"context": "no-extension", "callerid": '"" <>'}
    else:
        options |= _person(site, extension)
    options["dahdichan"] = str(channel)
    return _section(f"telephone-{channel}", options)


def _person(site: Site, extension: Extension) -> dict[str, str]:
    number = dialplan_argument(extension.number)
    options = {
        "context": "line-phones",
        "callerid": caller_id(extension.name, number),
        "accountcode": f"extension/{number}",
        "language": (extension.language or site.box.language).value,
        "mailbox": f"{number}@default" if extension.voicemail.enabled else "",
        "namedcallgroup": extension.pickup_group or "",
        "namedpickupgroup": ",".join(extension.may_pick_up),
        "callwaiting": _yes(extension.call_limit > 1),
        "threewaycalling": "yes",
        "transfer": "yes",
    }
    variables = {"EXTENSION": number, "CALL_LIMIT": str(extension.call_limit), "TRANSFER_CONTEXT": "transfers"}
    return options | {f"setvar {name}": f"{name}={value}" for name, value in variables.items()}


def _section(name: str, options: dict[str, str]) -> str:
    # A key may repeat (setvar): what is behind the space only tells it from the others here.
    lines = [f"{key.partition(' ')[0]} = {conf_value(value)}".rstrip() for key, value in options.items()]
    return f"\n[{name}]\n" + "".join(f"{line}\n" for line in lines)


def _yes(value: bool) -> str:
    return "yes" if value else "no"
