"""How figures, dates and what strangers typed appear in a page: digits and calendars of the reader's language.

Numbers that people dial are different: they stay left-to-right with Western digits everywhere, as on the keys.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

from babel import dates, numbers
from flask import Flask
from flask_babel import get_timezone
from markupsafe import Markup, escape

from appliance.model.fields import Language
from web_admin import languages, solar_hijri

# Digits by CLDR's numbering system (Unicode Technical Standard 35, part 3).
_DIGITS = {"arab": "٠١٢٣٤٥٦٧٨٩", "arabext": "۰۱۲۳۴۵۶۷۸۹"}
# The first that is named counts: Chromium calls itself Safari too, and Android Linux.
_BROWSERS = ("Firefox", "Edg", "OPR", "Chrome", "Safari", "curl")
_SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Mac OS X", "Linux")
_STEPS = ("KiB", "MiB", "GiB", "TiB")


def init_app(app: Flask) -> None:
    """Offer the filters to the templates."""
    app.jinja_env.filters |= {
        "number": number,
        "isolated": isolated,
        "count": count,
        "moment": moment,
        "day": day,
        "clock": clock,
        "ago": ago,
        "duration": duration,
        "span": span,
        "lasting": lasting,
        "size": size,
        "digits": digits,
        "flat": flat,
        "browser": browser,
        "readable": readable,
        "is_dialled": is_dialled,
    }
    app.context_processor(lambda: {"digit_set": _digit_set()})


def digits(text: Any) -> str:
    """The text with its Western digits in those of the page's language."""
    return str(text).translate(str.maketrans("0123456789", _digit_set()))


def number(value: str | None) -> Markup:
    """A number or code that people dial: left-to-right, Western digits, cut off from the text around it."""
    return Markup('<bdi dir="ltr" class="number">{}</bdi>').format(value or "")


def isolated(value: str | None) -> Markup:
    """Text that somebody else wrote, such as a caller's name: it cannot turn the line around it."""
    return Markup("<bdi>{}</bdi>").format(value or "")


def flat(value: str | None) -> Markup:
    """Technical text, such as a file or an address: left-to-right and unchanged."""
    return Markup('<bdi dir="ltr">{}</bdi>').format(value or "")


def is_dialled(value: str) -> bool:
    """Whether something is a number rather than the name of a service."""
    return value.lstrip("+*#").isdigit()


def browser(user_agent: str) -> Markup:
    """The names of browser and system out of a long description of itself; whatever it says is isolated."""
    found = [name for name in _BROWSERS if name in user_agent][:1]
    found += [name for name in _SYSTEMS if name in user_agent][:1]
    return isolated(", ".join(found) or user_agent[:60] or "–")


def readable(detail: Any) -> str:
    """Details of an audit line as text."""
    return json.dumps(detail, ensure_ascii=False, indent=1, sort_keys=True)


def count(value: float) -> str:
    """A figure with the separators and digits of the language."""
    # Babel puts the separators of a numbering system, but not its digits.
    return digits(numbers.format_decimal(value, locale=languages.locale(), numbering_system=languages.digit_system()))


def moment(value: datetime | str | None) -> Markup:
    """Date and time in the box's time zone, as a ``time`` element."""
    if (at := _parsed(value)) is None:
        return Markup("")
    return _time(at, f"{_date_text(_local(at).date())} {_clock_text(at)}")


def day(value: date | datetime | str | None) -> Markup:
    """The date alone."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return Markup("<bdi>{}</bdi>").format(_date_text(value))
    if (at := _parsed(value)) is None:
        return Markup("")
    return _time(at, _date_text(_local(at).date()))


def clock(value: datetime | str | None) -> Markup:
    """The time of day alone, with the whole moment in the title."""
    if (at := _parsed(value)) is None:
        return Markup("")
    return _time(at, _clock_text(at))


def ago(value: datetime | str | None, now: datetime | None = None) -> Markup:
    """``5 minutes ago``, with the whole moment in the title."""
    if (at := _parsed(value)) is None:
        return Markup("")
    gone = at - (now or datetime.now(UTC))
    text = dates.format_timedelta(gone, add_direction=True, locale=languages.locale())
    title = f"{_date_text(_local(at).date())} {_clock_text(at)}"
    return Markup('<time datetime="{}" title="{}">{}</time>').format(at.isoformat(), title, digits(text))


def duration(seconds: float | None) -> Markup:
    """``3:05`` or ``1:03:05``; always hours before minutes before seconds."""
    return Markup('<bdi dir="ltr">{}</bdi>').format(digits(_clock_of(seconds or 0)))


def span(seconds: float | None) -> str:
    """A length of time in words, coarse: ``3 days``."""
    return digits(dates.format_timedelta(timedelta(seconds=seconds or 0), locale=languages.locale()))


def lasting(since: datetime | str | None, now: datetime | None = None) -> str:
    """How long something has lasted, in words, coarse: ``3 days``."""
    began = _parsed(since)
    return span(((now or datetime.now(UTC)) - began).total_seconds()) if began else ""


def size(octets: float | None) -> Markup:
    """Bytes in the next fitting unit, one decimal."""
    value = float(octets or 0) / 1024
    unit = _STEPS[0]
    for unit in _STEPS:
        if value < 1024 or unit == _STEPS[-1]:
            break
        value /= 1024
    return Markup('<bdi dir="ltr">{} {}</bdi>').format(count(round(value, 1)), unit)


def _digit_set() -> str:
    return _DIGITS.get(languages.digit_system(), "0123456789")


def _clock_of(seconds: float) -> str:
    minutes, rest = divmod(max(0, int(seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _time(at: datetime, text: str) -> Markup:
    return Markup('<time datetime="{}" title="{}">{}</time>').format(at.isoformat(), text, escape(text))


def _local(at: datetime) -> datetime:
    return at.astimezone(get_timezone())


def _clock_text(at: datetime) -> str:
    return digits(dates.format_time(_local(at), "HH:mm:ss", locale=languages.locale()))


def _date_text(on: date) -> str:
    if languages.language() is Language.FA:
        there = solar_hijri.of(on)
        return digits(f"{there.day} {there.month_name} {there.year}")
    return digits(dates.format_date(on, "medium", locale=languages.locale()))


def _parsed(value: datetime | str | date | None) -> datetime | None:
    """A moment with its zone; text without one is UTC."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            return None
    if not isinstance(value, datetime):
        return None
    return value if value.tzinfo else value.replace(tzinfo=UTC)
