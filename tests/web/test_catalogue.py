"""Four languages, whole."""

from __future__ import annotations

from babel.messages.catalog import Catalog

from web_admin import catalogue


def template() -> Catalog:
    sentences = Catalog()
    sentences.add("Saved %(number)s.")
    sentences.add("Again.")
    return sentences


def held(saved: str = "%(number)s ذخیره شد.", again: str = "دوباره.", flags: tuple[str, ...] = ()) -> Catalog:
    whole = Catalog(locale="fa")
    whole.add("Saved %(number)s.", saved)
    whole.add("Again.", again, flags=flags)
    return whole


def test_every_sentence_is_said_in_every_language() -> None:
    assert catalogue.check() == []


def test_a_whole_catalogue_has_no_findings() -> None:
    assert list(catalogue.findings(template(), held())) == []


def test_a_missing_sentence_is_found() -> None:
    partial = held()
    partial.delete("Again.")
    assert list(catalogue.findings(template(), partial)) == ["missing: 'Again.'"]


def test_an_untranslated_sentence_is_found() -> None:
    assert list(catalogue.findings(template(), held(again=""))) == ["missing: 'Again.'"]


def test_a_stale_sentence_is_found() -> None:
    old = held()
    old.add("Gone.", "رفت.")
    assert list(catalogue.findings(template(), old)) == ["stale: 'Gone.'"]


def test_a_fuzzy_sentence_is_found() -> None:
    assert list(catalogue.findings(template(), held(flags=("fuzzy",)))) == ["fuzzy: 'Again.'"]


def test_a_placeholder_that_differs_is_found() -> None:
    [finding] = catalogue.findings(template(), held(saved="%(name)s ذخیره شد."))
    assert finding.startswith("placeholders differ")
