"""The words for what is wrong, in every language of the box.

:data:`PROBLEM_TEXTS` maps each code to a sentence in English, Arabic, Persian and Chinese, with
``{placeholders}`` for the parameters of the problem. A sentence says what is wrong and what to do next;
where is the problem's path.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from appliance.model.problems import Path, Problem
from appliance.model.texts import (
    accounts,
    applying,
    asking,
    files,
    hardware,
    lines,
    machine,
    mail,
    port_tests,
    rules,
    shape,
    update,
)
from appliance.model.texts.labels import FIELDS, LANGUAGES, NOUNS

TEXT_LANGUAGES = ("en", "ar", "fa", "zh")

PROBLEM_TEXTS: dict[str, dict[str, str]] = {
    code: texts
    for group in (shape, rules, lines, files, asking, applying, accounts, hardware, machine, mail, port_tests, update)
    for code, texts in group.TEXTS.items()
}

Params = Mapping[str, str | int]

_RIGHT_TO_LEFT = frozenset({"ar", "fa"})
# A number or path inside right-to-left text keeps its own direction (Unicode UAX 9: FSI ... PDI).
_ISOLATE, _POP = "\u2068", "\u2069"


def sentence(what: Problem | str, params: Params | None = None, language: str = "en") -> str:
    """The sentence of a problem or of a code, in a language.

    params: for the placeholders; a problem brings its own. Never raises: a code there are no words for is
    given back itself, a parameter that is missing shows as ``…`` with the code behind the sentence, an
    unknown language is answered in English.
    """
    if isinstance(what, Problem):
        code = what.code
        params = what.params if params is None else {**what.params, **params}
    else:
        code = what
    texts = PROBLEM_TEXTS.get(code)
    if texts is None:
        return code
    language = language if language in texts else "en"
    values = _Values(params or {}, language)
    text = texts[language].format_map(values)
    return f"{text} ({code})" if values.missing else text


def sentences(what: Problem | str, params: Params | None = None) -> dict[str, str]:
    """The sentence in every language, as :class:`appliance.model.changes.ProblemShown` carries it."""
    return {language: sentence(what, params, language) for language in TEXT_LANGUAGES}


def field_label(path: Path, language: str = "en") -> str:
    """What people call the field at a path, e.g. ``("extensions", 3, "name")``; its own name when it has no
    label.
    """
    names = [str(step) for step in path if isinstance(step, str)]
    for label in (FIELDS.get(".".join(names)), NOUNS.get(".".join(names))):
        if label is not None:
            return label.get(language, label["en"])
    return names[-1] if names else noun_label("site", language)


def noun_label(noun: str, language: str = "en") -> str:
    """What people call one of a noun of the site (``extensions``); its own name when it has no label."""
    label = NOUNS.get(noun)
    return noun if label is None else label.get(language, label["en"])


class _Values(dict[str, Any]):
    """Values for the placeholders: nouns and languages by name, others set apart in right-to-left text."""

    def __init__(self, params: Params, language: str) -> None:
        super().__init__({name: self._shown(name, value, language) for name, value in params.items()})
        self.missing = False

    def __missing__(self, name: str) -> str:
        self.missing = True
        return "…"

    @staticmethod
    def _shown(name: str, value: str | int, language: str) -> str:
        if name == "noun" and value in NOUNS:
            return noun_label(str(value), language)
        if name == "language" and value in LANGUAGES:
            return LANGUAGES[str(value)][language]
        return f"{_ISOLATE}{value}{_POP}" if language in _RIGHT_TO_LEFT else str(value)
