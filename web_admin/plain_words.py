"""Changes in plain words: ``extensions[101].name`` as "Extension 101: Name", values as people say them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from flask import Flask
from flask_babel import gettext
from markupsafe import Markup, escape

from appliance.model.changes import Outcome, Revision
from appliance.model.texts import field_label, noun_label, sentence
from web_admin import languages, shown, texts

# A number inside right-to-left text keeps its own direction (Unicode UAX 9: LRI ... PDI).
_ISOLATE, _POP = "\u2066", "\u2069"
_MASKED = "***"
_EXTENSION = re.compile(r"extensions\[([^\]]+)\](?:\.(.+))?")
_MEMBER = re.compile(r"(trunks|inbound_routes|outbound_routes|hardware\.spans)\[([^\]]+)\](?:\.(.+))?")


def init_app(app: Flask) -> None:
    """Offer the words to the templates."""
    app.jinja_env.filters |= {"place": place, "value": value, "reason": reason, "field_label": label}


def place(path: str) -> str:
    """Where in the site something is."""
    if found := _EXTENSION.fullmatch(path):
        number, inside = found.groups()
        where = gettext("Extension %(number)s", number=f"{_ISOLATE}{number}{_POP}")
        return f"{where}: {_label(('extensions', *_steps(inside)))}" if inside else where
    if found := _MEMBER.fullmatch(path):
        noun, key, inside = found.groups()
        where = member(noun, key)
        return f"{where}: {_label((*noun.split('.'), *_steps(inside)))}" if inside else where
    part, *inside_steps = _steps(path)
    where = noun_label(part, languages.language())
    return f"{where}: {_label((part, *inside_steps))}" if inside_steps else where


def label(path: str) -> str:
    """What people call a field, by its path."""
    return _label(_steps(path))


def member(noun: str, key: str) -> str:
    """What people call one of the spans, trunks or routes."""
    return f"{noun_label(noun, languages.language())} {_ISOLATE}{key}{_POP}"


def value(given: Any, path: str = "") -> Markup | str:
    """A value of the site as people say it. ``path`` is where it stands: it tells a country from a name."""
    match given:
        case None:
            return str(gettext("nothing"))
        case bool():
            return texts.yes_or_no(given)
        case int() | float():
            return shown.count(given)
        case list() | tuple():
            members = [escape(value(each, path)) for each in given]
            return Markup(", ").join(members) if members else str(gettext("nothing"))
        case dict() if len(given) == 1 and next(iter(given)) in texts.DESTINATIONS:
            [(kind, name)] = given.items()
            return destination(kind, str(name))
        case dict():
            return Markup(" · ").join(_members(given, _steps(path)))
    return _word(str(given), _steps(path)[-1]) or shown.isolated(str(given))


def _members(given: dict[str, Any], steps: tuple[str, ...]) -> Iterator[Markup]:
    """What a new noun holds, each with its label; its own number is said already, and secrets are not shown."""
    for name, held in given.items():
        inside = (*steps, name)
        if held == _MASKED or inside == ("extensions", "number"):
            continue
        if isinstance(held, dict) and not (len(held) == 1 and next(iter(held)) in texts.DESTINATIONS):
            yield from _members(held, inside)
        else:
            yield Markup("{}: {}").format(_label(inside), value(held, ".".join(inside)))


def destination(kind: str, name: str) -> Markup:
    """Where a call goes."""
    if kind == "hang_up":
        return escape(texts.HANG_UP_CAUSES.get(name, name))
    return Markup("{} {}").format(texts.DESTINATIONS[kind], shown.number(name))


def reason(told: Outcome | Revision) -> str:
    """Why a change was not taken, with what Asterisk said where that is known."""
    said = sentence(told.reason, told.params, languages.language()) if told.reason else ""
    detail = told.detail if isinstance(told, Outcome) else None
    return f"{said} {detail or ''}".strip()


def _steps(path: str) -> tuple[str, ...]:
    return tuple(re.sub(r"\[[^\]]*\]", "", path).split("."))


def _label(steps: tuple[str, ...]) -> str:
    """The label of a field. The last step into a destination is its kind, which the value beside it says."""
    return field_label(
        steps[:-1] if steps[-1] in texts.DESTINATIONS and len(steps) > 2 else steps, languages.language()
    )


def _word(code: str, field: str) -> str:
    """The words for a code of a field; empty where the field holds plain text."""
    if field == "country":
        return str(languages.locale().territories.get(code, code))
    table = {
        "may_call": texts.MAY_CALL,
        "class": texts.MAY_CALL,
        "kind": texts.SPAN_KINDS,
        "media_encryption": texts.MEDIA_ENCRYPTION,
        "language": texts.LANGUAGES,
        "languages": texts.LANGUAGES,
    }.get(field, {})
    return str(table[code]) if code in table else ""
