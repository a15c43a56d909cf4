"""A change of one value, in words for a person."""

from __future__ import annotations

import re
from typing import Any

from appliance.model.changes import ValueChange
from appliance.model.texts.labels import FIELDS, LANGUAGES, NOUNS

_STEP = re.compile(r"([a-z_0-9]+)(?:\[([^\]]*)\])?")
_QUOTES = {"en": "“{}”", "ar": "«{}»", "fa": "«{}»", "zh": "「{}」"}
_COLON = {"en": ": ", "ar": ": ", "fa": ": ", "zh": "："}
_COMMA = {"en": ", ", "ar": "، ", "fa": "، ", "zh": "、"}
_YES = {"en": "yes", "ar": "نعم", "fa": "بله", "zh": "是"}
_NO = {"en": "no", "ar": "لا", "fa": "خیر", "zh": "否"}
_SENTENCES = {
    "added": {"en": "{what} is added", "ar": "إضافة {what}", "fa": "افزودن {what}", "zh": "新增{what}"},
    "removed": {"en": "{what} is removed", "ar": "حذف {what}", "fa": "حذف {what}", "zh": "移除{what}"},
    "set": {
        "en": "{what}{colon}now {after}",
        "ar": "{what}{colon}أصبح {after}",
        "fa": "{what}{colon}اکنون {after}",
        "zh": "{what}{colon}設為{after}",
    },
    "cleared": {
        "en": "{what}{colon}no longer {before}",
        "ar": "{what}{colon}لم يعد {before}",
        "fa": "{what}{colon}دیگر {before} نیست",
        "zh": "{what}{colon}不再是{before}",
    },
    "changed": {
        "en": "{what}{colon}from {before} to {after}",
        "ar": "{what}{colon}من {before} إلى {after}",
        "fa": "{what}{colon}از {before} به {after}",
        "zh": "{what}{colon}由{before}改為{after}",
    },
    "secret": {
        "en": "{what} is changed",
        "ar": "تغيير {what}",
        "fa": "تغییر {what}",
        "zh": "更改{what}",
    },
}
_DESTINATIONS = {
    "extension": {"en": "extension {}", "ar": "التحويلة {}", "fa": "داخلی {}", "zh": "分機 {}"},
    "voicemail": {
        "en": "voicemail of {}",
        "ar": "البريد الصوتي للتحويلة {}",
        "fa": "صندوق صوتی {}",
        "zh": "{} 的語音信箱",
    },
    "hang_up": {"en": "hang up ({})", "ar": "إنهاء المكالمة ({})", "fa": "قطع تماس ({})", "zh": "掛斷（{}）"},
}
_NOTHING = {"en": "nothing", "ar": "لا شيء", "fa": "هیچ", "zh": "無"}
_ORDER = {"en": "order", "ar": "الترتيب", "fa": "ترتیب", "zh": "順序"}
_ANY = {"en": "any", "ar": "الكل", "fa": "همه", "zh": "全部"}
_MASK = "***"
_ISOLATE, _POP = "\u2068", "\u2069"


def change_words(change: ValueChange, language: str) -> str:
    """The sentence of a change. An unknown language is answered in English."""
    language = language if language in _QUOTES else "en"
    whole = change.path.endswith("]")
    values = {
        "what": _what(change, language),
        "colon": _COLON[language],
        "before": _value(change, change.before, language),
        "after": _value(change, change.after, language),
    }
    if whole:
        kind: str = change.kind
    elif _MASK in (change.before, change.after):
        kind = {"added": "added", "removed": "removed"}.get(change.kind, "secret")
    else:
        kind = {"added": "set", "removed": "cleared"}.get(change.kind, "changed")
    return _SENTENCES[kind][language].format(**values)


def _what(change: ValueChange, language: str) -> str:
    steps = _STEP.findall(change.path)
    names = [name for name, _key in steps]
    # The noun is the list that has the key, or the first word.
    depth = next((place for place, (_name, key) in enumerate(steps) if key), 0)
    key = steps[depth][1]
    noun = ".".join(names[: depth + 1])
    said = NOUNS.get(noun, {}).get(language, noun)
    if key:
        said += f" {_apart(_key(key, language), language)}"
    if len(names) > depth + 1:
        label = FIELDS.get(".".join(names))
        return f"{said} · {names[-1] if label is None else label[language]}"
    if not key:
        return f"{said} · {_ORDER[language]}"
    name = (change.after or change.before or {}).get("name")
    return f"{said} ({_apart(name, language)})" if name and name != key else said


def _key(key: str, language: str) -> str:
    """The conditions of an inbound route say "any" in the language of the reader."""
    return re.sub(r"^any(?=$|[:@])", _ANY[language], key)


def _value(change: ValueChange, value: Any, language: str) -> str:
    match value:
        case None:
            return _NOTHING[language]
        case bool():
            return _YES[language] if value else _NO[language]
        case list():
            return _COMMA[language].join(_value(change, each, language) for each in value) or _NOTHING[language]
        case {"to": dict() as to}:
            return _value(change, to, language)
        case dict():
            return _COMMA[language].join(_pair(kind, name, language) for kind, name in value.items())
        case str() if change.path.rpartition(".")[2] in {"language", "languages"} and value in LANGUAGES:
            return LANGUAGES[value][language]
        case str():
            return _QUOTES[language].format(_apart(value, language))
    return _apart(value, language)


def _pair(kind: str, name: Any, language: str) -> str:
    said = _DESTINATIONS.get(kind)
    shown = _apart(name, language)
    return f"{kind} {shown}" if said is None else said[language].format(shown)


def _apart(value: Any, language: str) -> str:
    return f"{_ISOLATE}{value}{_POP}" if language in {"ar", "fa"} else str(value)
