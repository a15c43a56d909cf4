"""The catalogues of translations: ``python -m web_admin.catalogue extract | check | compile``.

extract
    Take every sentence of the code and the templates into the catalogues (``messages.po``), new ones untranslated.
check
    Fail on a sentence that is missing, untranslated, fuzzy, stale, or whose placeholders differ.
compile
    Write the ``messages.mo`` that the running web admin reads; done when the package is built.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).parent
TRANSLATIONS = PACKAGE / "translations"
LANGUAGES = ("ar", "fa", "zh")
"""English is the language of the sentences themselves."""
_METHODS = [
    ("views/**.py", "python"),
    ("forms/**.py", "python"),
    ("**.py", "python"),
    ("templates/**.html", "jinja2"),
]
_OPTIONS = {"**.html": {"trimmed": "true"}}
_KEYWORDS = {
    "_": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "lazy_ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}
_PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]|%%|%")


def sentences(package: Path = PACKAGE) -> Catalog:
    """Every sentence that the code and the templates say, in the order of the files."""
    template = Catalog(charset="utf-8")
    found = extract_from_dir(
        package,
        _METHODS,
        {},
        keywords=_KEYWORDS,
        comment_tags=("Translators:",),
        directory_filter=lambda path: Path(path).name not in {"node_modules", "static", "translations", "__pycache__"},
    )
    for _file, _line, said, comments, context in sorted(found, key=lambda each: (each[0], each[1])):
        template.add(said, auto_comments=comments, context=context)
    return template


def path_of(language: str, translations: Path = TRANSLATIONS) -> Path:
    """The catalogue of a language."""
    return translations / language / "LC_MESSAGES" / "messages.po"


def read(language: str, translations: Path = TRANSLATIONS) -> Catalog:
    """The catalogue of a language; empty where there is none yet."""
    path = path_of(language, translations)
    if not path.exists():
        return Catalog(locale="zh_Hant" if language == "zh" else language, charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale="zh_Hant" if language == "zh" else language)


def extract(translations: Path = TRANSLATIONS) -> None:
    """Bring every catalogue up to date with the sentences; what is said no more is dropped."""
    template = sentences()
    for language in LANGUAGES:
        catalogue = read(language, translations)
        created, revised = catalogue.creation_date, catalogue.revision_date
        catalogue.update(template, no_fuzzy_matching=True)
        # Dates of their own would change every catalogue at every run.
        catalogue.creation_date, catalogue.revision_date = created, revised
        catalogue.obsolete.clear()
        path = path_of(language, translations)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, catalogue, no_location=True, width=0, sort_output=False)


def compile_all(translations: Path = TRANSLATIONS) -> None:
    """Write the catalogues as the running web admin reads them, those that are older than their sentences."""
    for language in LANGUAGES:
        path = path_of(language, translations)
        compiled = path.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime_ns > path.stat().st_mtime_ns:
            continue
        with compiled.open("wb") as file:
            write_mo(file, read(language, translations))


def findings(template: Catalog, catalogue: Catalog) -> Iterator[str]:
    """What is wrong with a catalogue, one sentence each."""
    for message in template:
        if not message.id:
            continue
        held = catalogue.get(_id(message), message.context)
        if held is None or not held.string or not all(_forms(held)):
            yield f"missing: {_id(message)!r}"
        elif held.fuzzy:
            yield f"fuzzy: {_id(message)!r}"
        else:
            yield from _placeholder_findings(message, held)
    for message in [*catalogue, *catalogue.obsolete.values()]:
        if message.id and template.get(_id(message), message.context) is None:
            yield f"stale: {_id(message)!r}"


def check(translations: Path = TRANSLATIONS) -> list[str]:
    """What is wrong with any catalogue; empty when all are whole."""
    template = sentences()
    return [
        f"{language}: {finding}"
        for language in LANGUAGES
        for finding in findings(template, read(language, translations))
    ]


def _id(message: Message) -> str:
    return message.id[0] if isinstance(message.id, list | tuple) else message.id


def _forms(message: Message) -> tuple[str, ...]:
    string = message.string
    return tuple(string) if isinstance(string, list | tuple) else (str(string or ""),)


def _placeholder_findings(message: Message, held: Message) -> Iterator[str]:
    """A translation may leave a figure out of the form for one or two ("one call"), but may not invent any."""
    wanted = set(_PLACEHOLDER.findall(message.id[-1] if isinstance(message.id, list | tuple) else message.id))
    forms = _forms(held)
    for number, form in enumerate(forms):
        used = set(_PLACEHOLDER.findall(form))
        if used - wanted or (wanted - used and (len(forms) == 1 or number == len(forms) - 1)):
            yield f"placeholders differ: {_id(message)!r} -> {form!r}"


def main(arguments: list[str]) -> int:
    """Run one of the commands; 0 when all is well, 1 with findings, 2 for a command that there is not."""
    match arguments:
        case ["extract"]:
            extract()
        case ["compile"]:
            compile_all()
        case ["check"]:
            found = check()
            for each in found:
                sys.stderr.write(f"{each}\n")
            return 1 if found else 0
        case _:
            sys.stderr.write(f"{__doc__}\n")
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
