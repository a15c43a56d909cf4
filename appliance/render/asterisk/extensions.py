"""extensions.conf: what happens when a number is dialled.

A line for each extension and mailbox, shared logic in the template. The contexts:

``phones``              what a phone may dial: emergency numbers, extensions, codes, the outside
``dialled``             extensions; counts the phone's calls, remembers its last number
``transfers``           where a phone may send a call: numbers that exist, so that a wrong one is refused,
not dropped
``to-extension``        one line an extension: its settings as arguments of ``ring-extension``
``to-voicemail``        one line a mailbox; ``to-hang_up`` one for each cause. ``to-<kind>`` for each
destination kind
``ring-extension``      forwards, do-not-disturb, call limit, ringing, and what follows
``feature-codes``       the site's codes
``hints``               states for lamps on phones
``outbound`` …          see outbound_routes.py; ``line-…`` and ``in-…``: inbound_routes.py;
``port-tests``: port_tests.py

What people set at the phone is kept in astdb: families ``dnd``, ``forward_always``, ``forward_busy``,
``forward_no_answer`` and ``redial``, each with the extension as its key.

Lines of one extension each are written from the highest number down. Asterisk keeps the extensions of a context
sorted in a list and looks for the place of a new one from the lowest on (``ast_add_extension2_lockopt`` in
main/pbx.c), so that written upwards 5,000 of them cost 37 million comparisons at every reload, and downwards none.

Nothing a phone sends is used before it is known to be digits: the patterns match whole numbers, never ``.``,
except where the text is filtered first. Names never stand in the dialplan.
"""

from __future__ import annotations

import re
from hashlib import blake2s
from operator import attrgetter
from typing import NamedTuple

from appliance.model.destinations import Destination
from appliance.model.extensions import Extension
from appliance.model.feature_codes import FeatureCodes
from appliance.model.per_extension import PerExtension
from appliance.model.site import Site
from appliance.render import span_channels
from appliance.render.asterisk import inbound_routes, outbound_routes, port_tests
from appliance.render.asterisk.templates import fill
from appliance.render.escape import dialplan_argument
from appliance.render.facts import Facts
from appliance.render.rendered_file import RenderedFile, asterisk_file

MARK = "fingerprint"
"""The context that holds nothing but the file's own digest."""
RING_SECONDS = 25
"""How long an extension rings that does not say."""

# family in astdb -> (prompt that names it, code that sets it, code that takes it back)
_FORWARDS = {
    "forward_always": ("call-fwd-unconditional", "forward_always_set", "forward_always_clear"),
    "forward_busy": ("call-fwd-on-busy", "forward_busy_set", "forward_busy_clear"),
    "forward_no_answer": ("call-fwd-no-ans", "forward_no_answer_set", "forward_no_answer_clear"),
}

KEPT_FAMILIES = frozenset({"dnd", "redial", *_FORWARDS})
"""Families of astdb whose keys are extension numbers: what people set at the phone."""


def render(site: Site, facts: Facts) -> tuple[RenderedFile, ...]:
    """One file."""
    channels = _telephone_channels(site, facts)
    head = fill(
        "extensions.conf.j2",
        outside=bool(site.trunks),
        telephones=[(number, str(channel)) for number, channel in channels.items() if channel is not None],
        codes=site.feature_codes,
        lengths=sorted({len(extension.number) for extension in site.extensions}),
        forwards=[
            (family, prompt, getattr(site.feature_codes, set_code), getattr(site.feature_codes, clear_code))
            for family, (prompt, set_code, clear_code) in _FORWARDS.items()
        ],
    )
    lines = _lines(sorted(site.extensions, key=attrgetter("number"), reverse=True), tuple(channels.items()))
    parts = [head, "\n[to-extension]\n"]
    parts += [line.to_extension for line in lines]
    parts.append("\n[to-voicemail]\n")
    parts += [line.to_voicemail for line in lines]
    parts.append("\n[own-voicemail]\n")
    parts += [line.own_voicemail for line in lines]
    parts += outbound_routes.lines(site)
    parts += inbound_routes.lines(site)
    parts += port_tests.lines(site, facts.run_dir)
    mark = blake2s("".join(parts).encode(), digest_size=8).hexdigest()
    parts.insert(1, f"\n; Shows the probe that the whole file was taken.\n[{MARK}]\nexten => m{mark},1,Hangup()\n")
    return (asterisk_file("extensions.conf", "asterisk/extensions.py", "".join(parts), reload="pbx_config.so"),)


def mark_of(text: str) -> str | None:
    """The extension in the context MARK of a rendered file: another one for every other text."""
    found = re.search(rf"^\[{MARK}\]\nexten => (m[0-9a-f]{{16}}),", text, re.MULTILINE)
    return found[1] if found is not None else None


def entries(site: Site) -> frozenset[tuple[str, str]]:
    """Each (context, extension) of the site's own numbers and codes that ``dialplan show`` must know."""
    found = {("to-extension", extension.number) for extension in site.extensions}
    for extension in site.extensions:
        if extension.voicemail.enabled:
            found |= {("to-voicemail", extension.number), ("own-voicemail", extension.number)}
    codes = (getattr(site.feature_codes, field) for field in FeatureCodes.model_fields)
    found |= {("feature-codes", code) for code in codes}
    found.update(outbound_routes.entries(site), inbound_routes.entries(site), port_tests.entries(site))
    return frozenset(found)


def _telephone_channels(site: Site, facts: Facts) -> dict[str, int | None]:
    """The DAHDI channel of each analog telephone, by its number; None where no card ever fitted."""
    spans = span_channels.of_site(site, facts.inventory)
    found: dict[str, int | None] = {}
    for extension in site.extensions:
        if extension.line is not None:
            span = spans.get(extension.line.span)
            bearers = span.bearers if span is not None else ()
            place = extension.line.channel - 1
            found[extension.number] = bearers[place] if place < len(bearers) else None
    return found


def _number(extension: Extension) -> str:
    return dialplan_argument(extension.number)


Channels = tuple[tuple[str, int | None], ...]
"""Analog telephones: number and DAHDI channel, None where no card ever fitted."""


class Lines(NamedTuple):
    """The lines of one extension, by context; empty without a mailbox."""

    to_extension: str
    to_voicemail: str
    own_voicemail: str


def _lines_of(extension: Extension, channels: Channels) -> Lines:
    number = _number(extension)
    if not extension.voicemail.enabled:
        return Lines(_extension_line(extension, channels), "", "")
    # Without a PIN the phone itself is the key.
    option = "" if extension.voicemail.pin else ",s"
    return Lines(
        _extension_line(extension, channels),
        f"exten => {number},1,Goto(leave-voicemail,{number},1)\n",
        f"exten => {number},1,VoiceMailMain({number}@default{option})\n",
    )


_lines = PerExtension(_lines_of)


def _extension_line(extension: Extension, channels: Channels) -> str:
    forward = extension.forward
    no_answer = forward.no_answer
    number = _number(extension)
    arguments = [
        str(extension.call_limit),
        str(no_answer.after if no_answer else RING_SECONDS),
        number if extension.voicemail.enabled else "",
        *_destination(forward.always),
        *_destination(forward.busy),
        *_destination(no_answer.to if no_answer else None),
    ]
    if extension.line is not None:
        arguments.append(str(dict(channels).get(extension.number) or "none"))
    return f"exten => {number},1,Gosub(ring-extension,{number},1({','.join(arguments)}))\n"


def _destination(destination: Destination | None) -> tuple[str, str]:
    if destination is None:
        return "", ""
    return destination.kind.value, dialplan_argument(destination.name)
