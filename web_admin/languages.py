"""In which language a page speaks, and which way it runs.

The account's language goes first, then the cookie that the switcher sets, then what the browser asks for, then the
box's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale, UnknownLocaleError
from flask import Flask, g, request
from flask_babel import Babel
from werkzeug.wrappers import Response

from appliance.model.fields import Language
from web_admin import access, daemon

COOKIE = "__Host-language"
COOKIE_S = 365 * 86400
_RIGHT_TO_LEFT = frozenset({Language.AR, Language.FA})


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language of the web: the locale whose dates and digits it takes, its own name, and its BCP 47 tag."""

    locale: str
    name: str
    tag: str


TONGUES: dict[Language, Tongue] = {
    Language.EN: Tongue("en_GB", "English", "en"),
    Language.AR: Tongue("ar", "العربية", "ar"),
    Language.FA: Tongue("fa", "فارسی", "fa"),
    Language.ZH: Tongue("zh_Hant", "中文", "zh-Hant"),
}


def init_app(app: Flask) -> None:
    """Choose language and time zone for each request."""
    Babel(app, locale_selector=_locale, timezone_selector=_time_zone)
    app.context_processor(
        lambda: {
            "language": language(),
            "tongue": TONGUES[language()],
            "tongues": TONGUES,
            "direction": direction(),
        }
    )


def language() -> Language:
    """The language of this request."""
    if "language" not in g:
        g.language = _chosen()
    found: Language = g.language
    return found


def use(chosen: Language) -> None:
    """Answer the rest of this request in that language."""
    from flask_babel import refresh

    g.language = chosen
    refresh()


def remember(response: Response, chosen: Language) -> None:
    """Let this browser keep a language for a year."""
    response.set_cookie(COOKIE, chosen.value, max_age=COOKIE_S, secure=True, httponly=True, samesite="Lax")


def direction() -> str:
    """``rtl`` or ``ltr``."""
    return "rtl" if language() in _RIGHT_TO_LEFT else "ltr"


def locale() -> Locale:
    """The locale of dates and figures in this request: the language as it is written in the box's country.

    Morocco writes Arabic with Western digits, Iraq has month names of its own; CLDR knows.
    """
    return _locale_in(TONGUES[language()].locale, str(daemon.hello_or_empty().get("country", "")))


def digit_system() -> str:
    """The numbering system of figures and dates, as CLDR names it. Arabic without a country has its own digits."""
    found = locale()
    if found.language == "ar" and found.territory is None:
        return "arab"
    return str(found.default_numbering_system)


@cache
def _locale_in(name: str, country: str) -> Locale:
    plain = Locale.parse(name)
    if country:
        try:
            return Locale(plain.language, territory=country, script=plain.script)
        except UnknownLocaleError:
            return plain
    return plain


def parse(value: str | None) -> Language | None:
    """A language of the web, or None for anything else."""
    return Language(value) if value in set(Language) else None


def _chosen() -> Language:
    person = None
    try:
        person = access.who()
    except daemon.UnavailableError:
        g.who = None  # the page that says so still has to be in some language
    return (
        parse(person.language if person else None)
        or parse(request.cookies.get(COOKIE))
        or _asked_for()
        or parse(daemon.hello_or_empty().get("language"))
        or Language.EN
    )


def _asked_for() -> Language | None:
    """The first language of the browser that the web speaks. ``zh-CN`` gets ``zh`` too: better than English."""
    for tag, _quality in request.accept_languages:
        if found := parse(tag.split("-")[0].lower()):
            return found
    return None


def _locale() -> str:
    return TONGUES[language()].locale


def _time_zone() -> str | None:
    """The box's time zone: people read the clock on the wall beside their phone."""
    name = daemon.hello_or_empty().get("time_zone")
    try:
        return str(ZoneInfo(name)) if name else None
    except (ZoneInfoNotFoundError, ValueError):
        return None
