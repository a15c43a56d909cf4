"""Hypothesis strategies for the model: whole sites and their parts, valid for shape and for ``verify``.

Values are as hostile as the model lets them be: names full of quotes, separators, dialplan expressions and
bidirectional text. A property that holds for :func:`sites` holds for whatever an admin can type.
"""

from __future__ import annotations

import string
from functools import cache
from typing import Any

from hypothesis import strategies as st

from appliance.model.countries import all_countries, all_time_zones
from appliance.model.extensions import Extension
from appliance.model.feature_codes import FeatureCodes
from appliance.model.guessable import pin_problem, secret_problem
from appliance.model.site import Site, parse_noun
from tests.model.line_strategies import with_lines

LANGUAGES = ("en", "ar", "fa", "zh")

HOSTILE_PIECES = (
    ";", ";--", "--;", "\\", "\\,", "\"", "'", "`", ",", "|", "&", "=", "=>", "[x]",
    "[general](+)", "(!)", "<", ">", "<101>", "\"<sip:x@y>\"", "#include x", "#exec id",
    "${EVAL(x)}", "${SHELL(id)}", "$[1+1]", "^", "~", "%", "%s", "{{ 7*7 }}", "{% raw %}", "{0}",
    "{name}", "</script><script>", "&amp;", "@", "!", "*", "?", "+", "$", "_X.", "-",
    "n(x),System(id)", "same => n", "exten => s,1,", ",Dial(x)", ")", "(", "]", "[", "}", "{",
    ":", "/", "../", "\\n", "=cmd|' /C calc'!A0", "yes", "null", "101", "é", "ß", "İ", "ﷺ",
    "محمد", "رضا‌پور", "陳大文", "😀", "👩‍👩‍👧", "e\u0301", "\u200f", "\u200d", "\ufeff", "\U0010ffff",
)  # fmt: skip
"""What has broken configuration files, dialplans, shells, templates, CSV and YAML: legal names, all of it."""

_SPACE = " \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_DECEIVING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_SECRET_CHARACTERS = "".join(chr(code) for code in range(0x21, 0x7F))
_LABEL = string.ascii_lowercase + string.digits
_GROUP = string.ascii_letters + string.digits + "_-"


@cache
def hostile_text(max_size: int = 80) -> st.SearchStrategy[str]:
    """Text that a name may be, 1 to ``max_size`` characters: anything that can be shown on one line."""
    shown = st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters=_DECEIVING)
    pieces = st.one_of(st.sampled_from(HOSTILE_PIECES), st.text(shown, max_size=8), st.just(" "))
    return (
        st.lists(pieces, min_size=1, max_size=8)
        .map("".join)
        .map(lambda text: text[:max_size].strip(_SPACE))
        .filter(lambda text: text != "" and text == text.strip())
    )


@cache
def names() -> st.SearchStrategy[str]:
    """Names of extensions: plain ones and hostile ones."""
    return st.one_of(st.sampled_from(["Reception", "Dr. Layla Haddad", "مختبر", "陳大文"]), hostile_text())


def numbers(digits: int) -> st.SearchStrategy[str]:
    """Numbers of so many digits."""
    return st.integers(0, 10**digits - 1).map(lambda number: f"{number:0{digits}}")


@cache
def secrets() -> st.SearchStrategy[str]:
    """SIP passwords of any characters that are allowed; some of them guessable."""
    return st.text(st.sampled_from(_SECRET_CHARACTERS), min_size=8, max_size=64)


@cache
def pins() -> st.SearchStrategy[str]:
    """PINs; some of them guessable."""
    return st.text(st.sampled_from(string.digits), min_size=4, max_size=10)


@cache
def emails() -> st.SearchStrategy[str]:
    """E-mail addresses."""
    local = st.text(st.sampled_from(string.ascii_letters + string.digits + "._+%&=~-"), min_size=1, max_size=20)
    return st.builds("{}@{}".format, local, st.sampled_from(["example.com", "mail.najd.example", "localhost"]))


@cache
def group_names() -> st.SearchStrategy[str]:
    """Names of pickup groups."""
    return st.one_of(st.sampled_from(["front", "sales"]), st.text(st.sampled_from(_GROUP), min_size=1, max_size=32))


@cache
def labels() -> st.SearchStrategy[str]:
    """Names of boxes."""
    middle = st.text(st.sampled_from(_LABEL + "-"), max_size=61)
    end = st.sampled_from(_LABEL)
    return st.one_of(end, st.builds("{}{}{}".format, end, middle, end))


@cache
def extension_documents(digits: int) -> st.SearchStrategy[dict[str, Any]]:
    """Documents of extensions that point at nothing, with any of their fields left out."""
    return st.fixed_dictionaries(
        {"number": numbers(digits), "name": names()},
        optional={
            "email": st.one_of(st.none(), emails()),
            "secret": st.one_of(st.none(), secrets()),
            "language": st.one_of(st.none(), st.sampled_from(LANGUAGES)),
            "may_call": st.sampled_from(["internal", "local", "national", "international"]),
            "call_limit": st.integers(1, 50),
            "registrations": st.integers(1, 10),
            "voicemail": st.fixed_dictionaries(
                {}, optional={"enabled": st.booleans(), "pin": st.one_of(st.none(), pins())}
            ),
            "pickup_group": st.one_of(st.none(), group_names()),
            "may_pick_up": st.lists(group_names(), max_size=3, unique=True),
        },
    ).map(_without_guessable)


@st.composite
def extensions(draw: st.DrawFn, digits: int = 3) -> Extension:
    """One extension that points at nothing, valid by itself."""
    return parse_noun(Extension, draw(extension_documents(digits)))


@st.composite
def feature_code_documents(draw: st.DrawFn) -> dict[str, str]:
    """Feature codes, all of them different and none the beginning of another: of one length."""
    first = draw(st.sampled_from(["*", "#", "**", "*#", "#*1"]))
    start = draw(st.integers(0, 999))
    step = draw(st.sampled_from([1, 3, 7, 11, 37, 71, -1]))
    fields = draw(st.sampled_from([list(FeatureCodes.model_fields), list(reversed(FeatureCodes.model_fields))]))
    return {name: f"{first}{(start + place * step) % 1000:03}" for place, name in enumerate(fields)}


@cache
def box_documents(digits: int) -> st.SearchStrategy[dict[str, Any]]:
    """Boxes that speak every language the extensions may."""
    return st.fixed_dictionaries(
        {"extension_digits": st.just(digits)},
        optional={
            "name": labels(),
            "country": st.sampled_from(all_countries()),
            "time_zone": st.sampled_from(all_time_zones()),
            "language": st.sampled_from(LANGUAGES),
            "languages": st.permutations(LANGUAGES),
        },
    )


@cache
def sip_documents() -> st.SearchStrategy[dict[str, Any]]:
    """SIP settings with at least one transport."""
    return st.fixed_dictionaries(
        {},
        optional={
            "udp": st.booleans(),
            "tcp": st.booleans(),
            "tls": st.booleans(),
            "media_encryption": st.sampled_from(["off", "offered", "required"]),
            "codecs": st.lists(st.sampled_from(["g722", "alaw", "ulaw", "gsm"]), min_size=1, unique=True),
        },
    ).filter(lambda sip: any(sip.get(name, True) for name in ("udp", "tcp", "tls")))


@st.composite
def site_documents(draw: st.DrawFn, max_extensions: int = 4, min_extensions: int = 0) -> dict[str, Any]:
    """Documents of whole sites without errors (warnings may be)."""
    digits = draw(st.integers(2, 6))
    document: dict[str, Any] = {}
    if digits != 3 or draw(st.booleans()):
        document["box"] = draw(box_documents(digits))
    if draw(st.booleans()):
        document["sip"] = draw(sip_documents())
    if draw(st.booleans()):
        document["feature_codes"] = draw(feature_code_documents())
    drawn = draw(
        st.lists(
            extension_documents(digits),
            min_size=min_extensions,
            max_size=max_extensions,
            unique_by=lambda extension: extension["number"],
        )
    )
    boxes = [each["number"] for each in drawn if each.get("voicemail", {}).get("enabled")]
    for index, extension in enumerate(drawn):
        if draw(st.booleans()):
            earlier = [each["number"] for each in drawn[:index]]
            others = [each["number"] for each in drawn if each is not extension]
            extension["forward"] = draw(_forwards(earlier, others, boxes))
    if drawn or draw(st.booleans()):
        document["extensions"] = drawn
    return draw(with_lines(document))


@st.composite
def sites(draw: st.DrawFn, max_extensions: int = 4, min_extensions: int = 0) -> Site:
    """Whole sites without errors (warnings may be)."""
    return Site.from_document(draw(site_documents(max_extensions, min_extensions)))


def _forwards(earlier: list[str], others: list[str], boxes: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    """Forwarding that goes in no circle: ``always`` leads to earlier extensions only."""
    to = _destinations(others, boxes)
    return st.fixed_dictionaries(
        {},
        optional={
            "always": st.one_of(st.none(), _destinations(earlier, boxes)),
            "busy": st.one_of(st.none(), to),
            "no_answer": st.fixed_dictionaries({"to": to}, optional={"after": st.integers(5, 300)}),
        },
    )


def _destinations(extensions: list[str], boxes: list[str]) -> st.SearchStrategy[dict[str, str]]:
    ways: list[st.SearchStrategy[dict[str, str]]] = [
        st.sampled_from(["normal", "busy", "congestion", "rejected"]).map(lambda cause: {"hang_up": cause})
    ]
    if extensions:
        ways.append(st.sampled_from(extensions).map(lambda number: {"extension": number}))
    if boxes:
        ways.append(st.sampled_from(boxes).map(lambda number: {"voicemail": number}))
    return st.one_of(ways)


def _without_guessable(document: dict[str, Any]) -> dict[str, Any]:
    """Guessable secrets are left out: the box would make better ones."""
    extension = parse_noun(Extension, document)
    problem = secret_problem(extension, ())
    if problem is not None and problem.severity == "error":
        del document["secret"]
    problem = pin_problem(extension, ())
    if problem is not None and problem.severity == "error":
        del document["voicemail"]["pin"]
    return document
