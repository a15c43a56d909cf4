"""Rules between fields. ``verify`` finds every breach at once; it changes nothing and is O(n) in the site.

An *error* stops plan and apply: the site could not work as written, or would be broken into. A *warning* is
shown and let through: it works, but probably not as meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from appliance.model.countries import is_country, is_time_zone, time_zones_of
from appliance.model.destinations import DestinationKind
from appliance.model.dialables import Dialled, dialables
from appliance.model.extensions import Extension
from appliance.model.fields import Language
from appliance.model.forward_loops import forward_problems
from appliance.model.guessable import pin_problem, secret_problem
from appliance.model.line_rules import line_problems
from appliance.model.mail import MailSecurity
from appliance.model.per_extension import PerExtension
from appliance.model.problems import Path, Problem, path_text
from appliance.model.references import TO_EXTENSION, pointers
from appliance.model.sip import MediaEncryption
from appliance.model.site import Site


def verify(site: Site) -> list[Problem]:
    """Every problem between fields of the site, errors and warnings, by noun and member in document order."""
    index_of: dict[str, int] = {}
    for index, extension in enumerate(site.extensions):
        index_of.setdefault(extension.number, index)
    problems = [
        *_box(site),
        *_mail(site),
        *_sip(site),
        *_numbers(site),
        *_extensions(site),
        *_pickup_groups(site),
        *_destinations(site, index_of),
        *forward_problems(site, index_of),
        *line_problems(site),
    ]
    return sorted(problems, key=_place)


def errors(problems: Sequence[Problem]) -> list[Problem]:
    """Those that stop plan and apply."""
    return [problem for problem in problems if problem.severity == "error"]


def _place(problem: Problem) -> tuple[int, int]:
    noun = str(problem.path[0]) if problem.path else ""
    nouns = list(Site.model_fields)
    index = problem.path[1] if len(problem.path) > 1 and isinstance(problem.path[1], int) else -1
    return (nouns.index(noun) if noun in nouns else -1, index)


def _box(site: Site) -> Iterator[Problem]:
    box = site.box
    country_known = is_country(box.country)
    if not country_known:
        yield Problem(("box", "country"), "unknown_country", {"country": box.country})
    if not is_time_zone(box.time_zone):
        yield Problem(("box", "time_zone"), "unknown_time_zone", {"time_zone": box.time_zone})
    elif country_known and (zones := time_zones_of(box.country)) and box.time_zone not in zones:
        params: dict[str, str | int] = {
            "time_zone": box.time_zone, "country": box.country, "suggested": zones[0]
        }  # fmt: skip
        yield Problem(("box", "time_zone"), "time_zone_elsewhere", params, "warning")
    if box.language not in box.languages:
        yield Problem(("box", "language"), "language_not_offered", {"language": box.language.value})
    yield from _repeated(("box", "languages"), [language.value for language in box.languages])


def _mail(site: Site) -> Iterator[Problem]:
    mail, smtp = site.mail, site.mail.smtp
    if mail.notify and smtp is None:
        yield Problem(("mail", "smtp"), "mail_no_server")
    if smtp is not None:
        if mail.sender is None:
            yield Problem(("mail", "from"), "mail_no_sender")
        if smtp.username is None and smtp.secret is not None:
            yield Problem(("mail", "smtp", "username"), "mail_no_user")
        elif smtp.username is not None and smtp.secret is None:
            # No error: an export leaves secrets out, and has to come in again.
            yield Problem(("mail", "smtp", "secret"), "mail_no_secret", {}, "warning")
        elif smtp.secret is not None and smtp.security is MailSecurity.NONE:
            yield Problem(("mail", "smtp", "security"), "mail_in_clear", {}, "warning")
    yield from _repeated(("mail", "notify"), mail.notify)


def _sip(site: Site) -> Iterator[Problem]:
    sip = site.sip
    if not (sip.udp or sip.tcp or sip.tls):
        yield Problem(("sip",), "no_transport")
    elif sip.media_encryption is MediaEncryption.REQUIRED and not sip.tls:
        # The keys travel in SDP (RFC 4568, 8.1): whoever hears the signalling can hear the call.
        yield Problem(("sip", "media_encryption"), "keys_in_clear", {}, "warning")
    yield from _repeated(("sip", "codecs"), [codec.value for codec in sip.codecs])


def _numbers(site: Site) -> Iterator[Problem]:
    first: dict[str, Dialled] = {}
    every = list(dialables(site))
    for dialled in every:
        other = first.setdefault(dialled.number, dialled)
        if other is not dialled:
            code = "duplicate_number" if other.noun == dialled.noun else "number_clash"
            yield Problem(dialled.path, code, {"number": dialled.number, "other": path_text(other.path)})
    takes_digits = {number: dialled for number, dialled in first.items() if dialled.takes_digits}
    lengths = sorted({len(number) for number in takes_digits})
    for dialled in every:
        for length in lengths:
            if length >= len(dialled.number) or not dialled.number[length].isdigit():
                continue
            if (code := dialled.number[:length]) in takes_digits:
                params: dict[str, str | int] = {
                    "number": dialled.number, "code": code, "other": path_text(takes_digits[code].path)
                }  # fmt: skip
                yield Problem(dialled.path, "code_prefix", params)


def _extensions(site: Site) -> Iterator[Problem]:
    found = _own_problems(site.extensions, site.box.extension_digits, frozenset(site.box.languages))
    for index, problems in enumerate(found):
        for problem in problems:
            yield replace(problem, path=("extensions", index, *problem.path))


def _extension(extension: Extension, digits: int, languages: frozenset[Language]) -> tuple[Problem, ...]:
    """The problems of one extension by itself, with paths from it."""
    problems: list[Problem | None] = []
    if len(extension.number) != digits:
        params: dict[str, str | int] = {"number": extension.number, "digits": digits}
        problems.append(Problem(("number",), "extension_length", params))
    if extension.language is not None and extension.language not in languages:
        problems.append(Problem(("language",), "language_not_offered", {"language": extension.language.value}))
    problems += [secret_problem(extension, ()), pin_problem(extension, ())]
    if extension.may_pick_up:
        problems += _repeated(("may_pick_up",), extension.may_pick_up)
    return tuple(problem for problem in problems if problem is not None)


_own_problems = PerExtension(_extension)


def _pickup_groups(site: Site) -> Iterator[Problem]:
    groups = {extension.pickup_group for extension in site.extensions}
    for index, extension in enumerate(site.extensions):
        for place, group in enumerate(extension.may_pick_up):
            if group not in groups:
                path = ("extensions", index, "may_pick_up", place)
                yield Problem(path, "pickup_group_empty", {"group": group}, "warning")


def _destinations(site: Site, index_of: dict[str, int]) -> Iterator[Problem]:
    for path, destination, _owner in pointers(site):
        if destination.kind not in TO_EXTENSION:
            continue
        index = index_of.get(destination.name)
        if index is None:
            yield Problem(path, "no_such_extension", {"number": destination.name})
        elif destination.kind is DestinationKind.VOICEMAIL and not site.extensions[index].voicemail.enabled:
            yield Problem(path, "no_voicemail", {"number": destination.name})


def _repeated(at: Path, values: Sequence[str]) -> Iterator[Problem]:
    seen: set[str] = set()
    for place, value in enumerate(values):
        if value in seen:
            yield Problem((*at, place), "repeated", {"value": value})
        seen.add(value)
