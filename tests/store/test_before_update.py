"""Another version may change the databases; the one before always finds what it can read."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from appliance.store import before_update, site_migrations
from appliance.store.database import Migration, open_writer
from appliance.store.errors import NewerDatabaseError
from appliance.store.paths import DataPaths
from appliance.store.stores import opened_stores
from tests.houses import prepared

OLD, NEW = "0.1.0+3f9a", "0.2.0+77c1"


@pytest.fixture
def paths(tmp_path: Path) -> DataPaths:
    """A box that has run the old version."""
    paths = prepared(tmp_path / "data")
    shutil.rmtree(paths.before_update, ignore_errors=True)
    starts(paths, OLD)
    return paths


def starts(paths: DataPaths, version: str, readable: bool = True) -> None:
    before_update.before_first_start(paths, version, lambda: readable)
    before_update.opened_by(paths, version)


def migrated(paths: DataPaths) -> None:
    """What a new version does to the site's database."""
    known = site_migrations.MIGRATIONS
    new = Migration(len(known) + 1, "colours", lambda tables: tables.execute("CREATE TABLE colours (x)") and None)
    open_writer(paths.site_db, (*known, new), paths.backups).close()


def name_of_box(paths: DataPaths) -> str:
    with opened_stores(paths) as stores:
        return stores.site.draft().site.box.name


def rename(paths: DataPaths, name: str) -> None:
    with opened_stores(paths) as stores:
        draft = stores.site.draft()
        box = draft.site.box.model_copy(update={"name": name})
        stores.site.save_draft(draft.site.model_copy(update={"box": box}), "noor", None)
        stores.site.add_revision(stores.site.draft().site, "noor", "")


def test_the_same_version_makes_no_copies(paths: DataPaths) -> None:
    starts(paths, OLD)
    assert [path.name for path in paths.before_update.iterdir()] == [before_update.WRITTEN_BY]


def test_a_new_version_copies_first_and_the_old_one_keeps_what_it_can_read(paths: DataPaths) -> None:
    starts(paths, NEW)
    assert set(before_update.kept_for(paths, OLD)) == {"site", "secrets", "accounts"}
    rename(paths, "after-the-update")
    starts(paths, OLD)
    assert name_of_box(paths) == "after-the-update"
    assert before_update.take_returned(paths) is None
    assert before_update.kept_for(paths, OLD) == {}


def test_a_database_of_a_newer_form_is_put_back_and_what_is_lost_is_counted(paths: DataPaths) -> None:
    rename(paths, "before-the-update")
    starts(paths, NEW)
    rename(paths, "after-the-update")
    migrated(paths)
    with pytest.raises(NewerDatabaseError):
        name_of_box(paths)
    assert before_update.goes_back_since(paths, OLD) is not None
    starts(paths, OLD)
    assert name_of_box(paths) == "before-the-update"
    told = before_update.take_returned(paths)
    assert told == {
        "version": NEW,
        "restored": ["secrets", "site"],
        "meanwhile": {"revisions": 1, "audit_lines": 0, "calls": 0},
    }
    aside = paths.before_update / "from-0.2.0+77c1" / "site.db"
    with closing(sqlite3.connect(aside)) as newer:
        assert newer.execute("SELECT count(*) FROM colours").fetchone() == (0,)


def test_a_site_that_the_old_version_does_not_understand_is_put_back(paths: DataPaths) -> None:
    rename(paths, "before-the-update")
    starts(paths, NEW)
    rename(paths, "after-the-update")
    starts(paths, OLD, readable=False)
    assert name_of_box(paths) == "before-the-update"


def test_a_start_that_is_cut_off_does_not_copy_what_it_has_changed(paths: DataPaths) -> None:
    before_update.before_first_start(paths, NEW, lambda: True)
    migrated(paths)  # and the power fails before the new version says that it has opened them
    before_update.before_first_start(paths, NEW, lambda: True)
    starts(paths, OLD)
    assert name_of_box(paths)


@pytest.mark.parametrize("step", range(1, 12))
def test_a_return_that_is_cut_off_anywhere_is_finished_by_the_next_start(
    paths: DataPaths, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    rename(paths, "before-the-update")
    starts(paths, NEW)
    migrated(paths)
    left = step

    def cut(path: Path) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(before_update, "_sync", cut)
        try:
            starts(paths, OLD)
        except KeyboardInterrupt:
            assert paths.site_db.exists()
    starts(paths, OLD)
    assert name_of_box(paths) == "before-the-update"
    told = before_update.take_returned(paths)
    assert told is not None
    assert told["restored"] == ["secrets", "site"]


def test_the_copies_of_an_update_before_go(paths: DataPaths) -> None:
    starts(paths, NEW)
    starts(paths, "0.3.0")
    assert before_update.kept_for(paths, OLD) == {}
    assert before_update.kept_for(paths, NEW)


def test_no_room_for_the_copies_leaves_the_databases_alone(paths: DataPaths, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, target: Path) -> None:
        target.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(before_update, "_copy", full)
        with pytest.raises(OSError, match="No space"):
            before_update.before_first_start(paths, NEW, lambda: True)
    assert before_update.kept_for(paths, OLD) == {}
    assert before_update.written_by(paths) == OLD
    starts(paths, NEW)
    assert before_update.kept_for(paths, OLD)
