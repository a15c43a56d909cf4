"""A stored site is whole and the same, however much of it was kept from the one before."""

from __future__ import annotations

import json
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from appliance.model.edit import add_extension, edit_extension, remove_extension
from appliance.model.secrets_of import REFERENCE
from appliance.model.site import Site
from appliance.store import packing as module
from appliance.store.database import open_writer
from appliance.store.packing import Packing
from appliance.store.secrets import MIGRATIONS, SiteSecrets
from tests.model.strategies import sites
from tests.tries import tries

SAME = "Vexl9-quiet-Harbour"


@contextmanager
def kept_secrets() -> Iterator[SiteSecrets]:
    with tempfile.TemporaryDirectory() as folder:
        database = open_writer(Path(folder) / "secrets.db", MIGRATIONS, Path(folder))
        yield SiteSecrets(database)
        database.close()


def references(value: Any) -> list[str]:
    if isinstance(value, dict):
        return (
            [value[REFERENCE]] if REFERENCE in value else [id_ for each in value.values() for id_ in references(each)]
        )
    return [id_ for each in value for id_ in references(each)] if isinstance(value, list) else []


def stored(blob: bytes) -> Any:
    return json.loads(zlib.decompress(blob))


def edited(site: Site, step: int) -> Site:
    """Another site by an edit, as people make them; the rest stays the same objects."""
    numbers = [extension.number for extension in site.extensions]
    fresh = next(str(number) for number in range(100, 999) if str(number) not in numbers)
    if not numbers or step % 3 == 0:
        return add_extension(site, {"number": fresh, "name": "New", "secret": SAME}).site
    chosen = numbers[step % len(numbers)]
    if step % 3 == 1:
        return edit_extension(
            site, chosen, {"name": f"Room {step}", "voicemail": {"enabled": True, "pin": "407193"}}
        ).site
    return remove_extension(site, chosen, cascade=True).site


@settings(deadline=None, max_examples=tries(40))
@given(sites(), st.lists(st.integers(0, 50), max_size=6))
def test_what_is_stored_after_any_edits_is_the_site(site: Site, steps: list[int]) -> None:
    with kept_secrets() as secrets:
        packing = Packing(secrets)
        for step in (None, *steps):
            site = site if step is None else edited(site, step)
            blob = packing.pack(site)
            assert Packing(secrets).unpack(blob) == site
            assert Packing(secrets).unpack(blob).document() == site.document()
            found = references(stored(blob))
            assert len(found) == len(set(found)), "a secret stands in two places"


def test_only_what_changed_is_worked_out_again(monkeypatch: pytest.MonkeyPatch) -> None:
    with kept_secrets() as secrets:
        packing = Packing(secrets)
        site = Site.from_document(
            {"extensions": [{"number": str(number), "name": "A", "secret": SAME} for number in range(100, 150)]}
        )
        packing.pack(site)
        written: list[Any] = []
        text = module._json
        monkeypatch.setattr(module, "_json", lambda value: (written.append(value), text(value))[1])
        packing.pack(edit_extension(site, "120", {"name": "Lab"}).site)
        assert [each["number"] for each in written if "number" in each] == ["120"]


def test_an_unchanged_secret_keeps_its_reference() -> None:
    with kept_secrets() as secrets:
        packing = Packing(secrets)
        site = Site.from_document({"extensions": [{"number": "101", "name": "A", "secret": SAME}]})
        before = references(stored(packing.pack(site)))
        assert references(stored(packing.pack(edit_extension(site, "101", {"name": "B"}).site))) == before


def test_a_failure_leaves_nothing_half_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    with kept_secrets() as secrets:
        packing = Packing(secrets)
        site = Site.from_document({"extensions": [{"number": "101", "name": "A", "secret": SAME}]})

        def fails(*_: object) -> None:
            raise OSError("no room")

        with monkeypatch.context() as patch:
            patch.setattr(secrets, "split", fails)
            with pytest.raises(OSError, match="no room"):
                packing.pack(site)
        assert packing.unpack(packing.pack(site)) == site


@pytest.mark.parametrize("document", [{}, {"extensions": []}, {"box": {"name": "clinic"}}])
def test_a_site_without_extensions_stays_as_it_was_written(document: dict[str, Any]) -> None:
    with kept_secrets() as secrets:
        packing = Packing(secrets)
        assert packing.unpack(packing.pack(Site.from_document(document))).document() == document
