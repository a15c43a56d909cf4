"""The draft, the revisions and the generations keep what they promise."""

from __future__ import annotations

import json
import sqlite3
import zlib
from contextlib import closing
from datetime import timedelta

import pytest

from appliance.model.changes import GenerationState
from appliance.model.problems import ProblemsError
from appliance.model.site import Site
from appliance.store.errors import MissingError, OvertakenError
from appliance.store.paths import DataPaths
from appliance.store.stores import Stores, opened_stores
from tests.store.conftest import Clock


def site_of(*numbers: str, secret: str = "Vexl9-quiet-Harbour") -> Site:
    return Site.from_document(
        {"extensions": [{"number": number, "name": f"Room {number}", "secret": secret} for number in numbers]}
    )


def confirmed(stores: Stores, site: Site) -> int:
    """A revision that runs; its number."""
    revision = stores.site.add_revision(site, "noor", "")
    stores.site.set_generation(stores.site.add_generation(revision), GenerationState.CONFIRMED)
    return revision


def test_a_new_box_has_the_default_site_as_its_draft(stores: Stores) -> None:
    draft = stores.site.draft()
    assert (draft.site, draft.version, draft.base_revision, draft.changed_by) == (Site(), 0, None, None)


def test_a_saved_draft_is_the_same_after_a_restart(stores: Stores, paths: DataPaths, clock: Clock) -> None:
    saved = stores.site.save_draft(site_of("101", "102"), "noor", 0)
    assert saved.version == 1
    with closing(sqlite3.connect(paths.site_db)) as other:
        assert other.execute("SELECT version FROM draft").fetchone() == (1,)
    with opened_stores(paths, clock) as again:
        assert again.site.draft() == saved


def test_a_draft_that_moved_on_is_not_overwritten(stores: Stores) -> None:
    stores.site.save_draft(site_of("101"), "noor", 0)
    with pytest.raises(OvertakenError) as overtaken:
        stores.site.save_draft(site_of("102"), "amal", 0)
    assert overtaken.value.params == {"expected": 0, "version": 1, "changed_by": "noor"}
    assert stores.site.draft().site == site_of("101")
    assert stores.site.save_draft(site_of("102"), "amal", None).version == 2


def test_a_discarded_draft_is_what_runs_with_a_new_version(stores: Stores) -> None:
    confirmed(stores, site_of("101"))
    stores.site.save_draft(site_of("101", "102"), "noor", None)
    discarded = stores.site.discard_draft("amal")
    assert (discarded.site, discarded.version, discarded.changed_by) == (site_of("101"), 2, "amal")


def test_the_draft_knows_what_it_is_based_on(stores: Stores) -> None:
    first = confirmed(stores, site_of("101"))
    assert stores.site.draft().base_revision == first
    second = stores.site.add_revision(site_of("102"), "noor", "")
    generation = stores.site.add_generation(second)
    assert stores.site.draft().base_revision == first, "staged is not running"
    stores.site.set_generation(generation, GenerationState.AWAITING)
    assert stores.site.draft().base_revision == second
    stores.site.set_generation(generation, GenerationState.UNDONE)
    assert stores.site.draft().base_revision == first


def test_what_should_run_is_the_awaiting_generation_else_the_last_confirmed(stores: Stores, clock: Clock) -> None:
    assert stores.site.running() is None
    confirmed(stores, site_of("101"))
    second = stores.site.add_generation(stores.site.add_revision(site_of("102"), "noor", "try"))
    deadline = clock() + timedelta(minutes=5)
    stores.site.set_generation(second, GenerationState.AWAITING, deadline)
    running = stores.site.running()
    assert running is not None
    assert (running.number, running.confirm_by) == (second, deadline)
    last = stores.site.last_confirmed()
    assert last is not None
    assert last.number == 1
    stores.site.set_generation(second, GenerationState.REJECTED, None, "probe_missing", {"name": "102"}, "it")
    assert stores.site.running() == last
    rejected = stores.site.generation(second)
    assert (rejected.reason, rejected.params, rejected.detail) == ("probe_missing", {"name": "102"}, "it")


def test_revisions_tell_what_became_of_them_newest_first(stores: Stores) -> None:
    for note in ("one", "two", "three"):
        revision = stores.site.add_revision(Site(), "noor", note)
        stores.site.set_generation(stores.site.add_generation(revision), GenerationState.CONFIRMED)
    never = stores.site.add_revision(Site(), "noor", "never staged")
    page = stores.site.revisions(limit=2)
    assert [(each.note, each.current) for each in page] == [("never staged", False), ("three", True)]
    assert page[0].number == never
    assert page[0].state is GenerationState.STAGED
    rest = stores.site.revisions(before=page[-1].number)
    assert [revision.note for revision in rest] == ["two", "one"]


def test_a_number_is_never_given_twice(stores: Stores) -> None:
    revision = stores.site.add_revision(Site(), "noor", "")
    first = stores.site.add_generation(revision)
    stores.site.number_generations_after(40)
    assert stores.site.add_generation(revision) == 41
    stores.site.number_generations_after(7)
    assert stores.site.add_generation(revision) == 42
    assert first == 1


def test_generations_still_on_disk_are_not_numbered_again_after_going_back_to_a_backup(
    paths: DataPaths, clock: Clock
) -> None:
    (paths.generations / "17").mkdir(parents=True)
    with opened_stores(paths, clock) as stores:
        assert stores.site.add_generation(stores.site.add_revision(Site(), "noor", "")) == 18


def test_several_changes_of_one_transaction_happen_together_or_not_at_all(stores: Stores) -> None:
    stores.site.draft()
    with pytest.raises(RuntimeError), stores.site.transaction():
        stores.site.save_draft(site_of("101"), "noor", None)
        stores.site.add_generation(stores.site.add_revision(site_of("101"), "noor", ""))
        raise RuntimeError
    assert stores.site.draft().version == 0
    assert stores.site.revisions() == []
    with pytest.raises(MissingError):
        stores.site.revision_site(1)


def test_secrets_are_nowhere_in_the_site_database(stores: Stores, paths: DataPaths) -> None:
    site = Site.from_document(
        {
            "extensions": [
                {
                    "number": "101",
                    "name": "Reception",
                    "secret": "Vexl9-quiet-Harbour",
                    "voicemail": {"enabled": True, "pin": "407193"},
                }
            ]
        }
    )
    stores.site.save_draft(site, "noor", None)
    revision = stores.site.add_revision(site, "noor", "")
    with closing(sqlite3.connect(paths.site_db)) as database:
        documents = [
            zlib.decompress(blob).decode()
            for table in ("draft", "revisions")
            for (blob,) in database.execute(f"SELECT document FROM {table}")
        ]
    assert len(documents) == 2
    for text in documents:
        assert "Harbour" not in text
        assert "407193" not in text
        assert "$secret" in json.loads(text)["extensions"][0]["secret"]
    assert paths.secrets_db.stat().st_mode & 0o777 == 0o600
    assert stores.site.revision_site(revision) == site


def test_an_unchanged_secret_is_stored_once(stores: Stores, paths: DataPaths) -> None:
    for name in ("a", "b", "c"):
        site = Site.from_document({"extensions": [{"number": "101", "name": name, "secret": "Vexl9-quiet-Harbour"}]})
        stores.site.save_draft(site, "noor", None)
        stores.site.add_revision(site, "noor", "")
    with closing(sqlite3.connect(paths.secrets_db)) as database:
        assert database.execute("SELECT count(*) FROM secrets").fetchone() == (1,)


def test_a_lost_secret_is_told_not_guessed(stores: Stores, paths: DataPaths, clock: Clock) -> None:
    stores.site.save_draft(site_of("101"), "noor", None)
    with closing(sqlite3.connect(paths.secrets_db)) as database:
        database.execute("DELETE FROM secrets")
        database.commit()
    with opened_stores(paths, clock) as again, pytest.raises(ProblemsError) as lost:
        again.site.draft()
    assert [problem.code for problem in lost.value.problems] == ["secret_lost"]


def test_old_revisions_are_forgotten_but_never_what_runs(stores: Stores) -> None:
    running = confirmed(stores, site_of("101"))
    others = [stores.site.add_revision(Site(), "noor", "") for _ in range(5)]
    assert stores.site.forget_revisions(keep=2) == 3
    assert [revision.number for revision in stores.site.revisions()] == [*others[:-3:-1], running]
    assert stores.site.revision_site(running) == site_of("101")


def test_the_box_makes_its_secrets_once(stores: Stores, paths: DataPaths, clock: Clock) -> None:
    key = paths.web_key.read_text()
    with opened_stores(paths, clock) as again:
        assert again.box_secrets == stores.box_secrets
    assert paths.web_key.read_text() == key
    assert len(key.strip()) == 64
    assert paths.web_key.stat().st_mode & 0o777 == 0o640
    assert paths.box_secrets.stat().st_mode & 0o777 == 0o600
    assert paths.secrets.stat().st_mode & 0o777 == 0o700
    assert paths.accounts_db.stat().st_mode & 0o777 == 0o600
    assert paths.site_db.stat().st_mode & 0o777 == 0o640
