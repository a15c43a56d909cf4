"""Changes in plain words: ``extensions[101].name`` as "Extension 101: Name", values as people say them."""

from __future__ import annotations

import re
from typing import Any

from flask import Flask
from flask_babel import gettext
from markupsafe import Markup, escape

from appliance.model.changes import Outcome, Revision
from appliance.model.texts import field_label, noun_label, sentence
from web_admin import languages, shown, texts

# A number inside right-to-left text keeps its own direction (Unicode UAX 9: LRI ... PDI).
_ISOLATE, _POP = "\u2066", "\u2069"
_EXTENSION = re.compile(r"extensions\[([^\]]+)\](?:\.(.+))?")


def init_app(app: Flask) -> None:
    """Offer the words to the templates."""
    app.jinja_env.filters |= {"place": place, "value": value, "reason": reason}


def place(path: str) -> str:
    """Where in the site something is."""
    if found := _EXTENSION.fullmatch(path):
        number, inside = found.groups()
        where = gettext("Extension %(number)s", number=f"{_ISOLATE}{number}{_POP}")
        return f"{where}: {_label(('extensions', *_steps(inside)))}" if inside else where
    part, *inside_steps = _steps(path)
    where = noun_label(part, languages.language())
    return f"{where}: {_label((part, *inside_steps))}" if inside_steps else where


def value(given: Any) -> Markup | str:
    """A value of the site as people say it."""
    match given:
        case None:
            return gettext("nothing")
        case bool():
            return texts.yes_or_no(given)
        case int() | float():
            return shown.count(given)
        case list() | tuple():
            return Markup(", ").join(escape(value(each)) for each in given) if given else gettext("nothing")
        case dict() if len(given) == 1 and next(iter(given)) in texts.DESTINATIONS:
            [(kind, name)] = given.items()
            return destination(kind, str(name))
        case dict():
            return Markup(", ").join(escape(value(each)) for each in given.values())
    word = _word(str(given))
    return word if word else shown.isolated(str(given))


def destination(kind: str, name: str) -> Markup:
    """Where a call goes."""
    if kind == "hang_up":
        return escape(texts.HANG_UP_CAUSES.get(name, name))
    return Markup("{} {}").format(texts.DESTINATIONS[kind], shown.number(name))


def reason(outcome: Outcome | Revision) -> str:
    """Why a change was not taken, with what Asterisk said."""
    params = outcome.params if isinstance(outcome, Outcome) else {}
    detail = outcome.detail if isinstance(outcome, Outcome) else ""
    said = sentence(outcome.reason, params, languages.language()) if outcome.reason else ""
    return f"{said} {detail or ''}".strip()


def _steps(path: str) -> tuple[str, ...]:
    return tuple(re.sub(r"\[[^\]]*\]", "", path).split("."))


def _label(steps: tuple[str, ...]) -> str:
    """The label of a field. The last step into a destination is its kind, which the value beside it says."""
    return field_label(steps[:-1] if steps[-1] in texts.DESTINATIONS and len(steps) > 2 else steps, languages.language())


def _word(code: str) -> str:
    for table in (texts.MAY_CALL, texts.MEDIA_ENCRYPTION):
        if code in table:
            return str(table[code])
    return ""
