"""A database survives damage, a full disk and another version, and is read by those who may not write it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest
import sqlite_utils

from appliance.store import backups
from appliance.store.database import Database, Migration, open_reader, open_writer
from appliance.store.errors import (
    DamagedError,
    DiskFullError,
    NewerDatabaseError,
    UnreadableError,
)


def _words(tables: sqlite_utils.Database) -> None:
    tables.execute("CREATE TABLE words (word TEXT PRIMARY KEY) STRICT")


def _lengths(tables: sqlite_utils.Database) -> None:
    tables.execute("ALTER TABLE words ADD COLUMN length INTEGER")


ONE = (Migration(1, "words", _words),)
TWO = (*ONE, Migration(2, "lengths", _lengths))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "db" / "words.db"


@pytest.fixture
def copies(tmp_path: Path) -> Path:
    return tmp_path / "backups"


def _filled(path: Path, copies: Path, words: int = 500) -> None:
    with closing(open_writer(path, ONE, copies)) as database:
        database.executemany("INSERT INTO words VALUES (?)", [(f"word {number:06}",) for number in range(words)])


def _damage(path: Path) -> None:
    """Overwrite pages in the middle of the file, as a dying flash card does."""
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xa5" * 12288)


def test_a_power_cut_cannot_take_what_was_committed(path: Path, copies: Path) -> None:
    with closing(open_writer(path, ONE, copies)) as database:
        assert database.one("PRAGMA journal_mode") == {"journal_mode": "wal"}
        assert database.one("PRAGMA synchronous") == {"synchronous": 2}
        assert database.one("PRAGMA foreign_keys") == {"foreign_keys": 1}
    with closing(open_writer(path, ONE, copies, synchronous="NORMAL")) as database:
        assert database.one("PRAGMA synchronous") == {"synchronous": 1}


def test_a_database_is_copied_before_each_migration_of_what_it_holds(path: Path, copies: Path) -> None:
    _filled(path, copies)
    assert not copies.exists(), "a new database has nothing to lose"
    with closing(open_writer(path, TWO, copies)) as database:
        assert database.one("SELECT count(length) AS n FROM words") == {"n": 0}
    [copy] = copies.iterdir()
    assert "before-0002_lengths" in copy.name
    assert copy.stat().st_mode & 0o777 == 0o600
    with closing(open_reader(copy)) as before:
        assert before.one("SELECT * FROM words LIMIT 1") == {"word": "word 000000"}


def test_a_failed_migration_leaves_the_database_as_it_was(path: Path, copies: Path) -> None:
    def broken(tables: sqlite_utils.Database) -> None:
        tables.execute("DELETE FROM words")
        raise RuntimeError("no")

    _filled(path, copies)
    with pytest.raises(RuntimeError):
        open_writer(path, (*ONE, Migration(2, "broken", broken)), copies)
    with closing(open_writer(path, ONE, copies)) as database:
        assert database.one("SELECT count(*) AS n FROM words") == {"n": 500}


def test_a_database_of_a_later_version_is_refused_untouched(path: Path, copies: Path) -> None:
    with closing(open_writer(path, TWO, copies)):
        pass
    before = path.read_bytes()
    with pytest.raises(NewerDatabaseError) as refused:
        open_writer(path, ONE, copies)
    assert refused.value.params == {"path": str(path), "migration": "0002_lengths"}
    assert path.read_bytes() == before


def test_only_the_newest_copies_are_kept(path: Path, copies: Path) -> None:
    _filled(path, copies)
    with closing(open_writer(path, ONE, copies)) as database:
        made = [database.back_up(copies, "daily", keep=3) for _ in range(5)]
    assert sorted(copies.iterdir()) == made[2:]


def test_damage_is_answered_with_the_newest_whole_copy_and_the_damaged_file_is_kept(path: Path, copies: Path) -> None:
    _filled(path, copies)
    with closing(open_writer(path, ONE, copies)) as database:
        database.back_up(copies, "daily")
        newest = database.back_up(copies, "daily")
    _damage(newest)
    _damage(path)
    with closing(open_writer(path, ONE, copies)) as database:
        assert database.one("SELECT count(*) AS n FROM words") == {"n": 500}
    [record] = backups.restorations(copies)
    assert record["copy"] != newest.name
    assert Path(record["damaged"]).read_bytes()[4096:8192] == b"\xa5" * 4096
    assert json.loads((copies / "restored.jsonl").read_text())["database"] == str(path)


def test_damage_without_a_whole_copy_is_refused_and_nothing_is_moved(path: Path, copies: Path) -> None:
    _filled(path, copies)
    _damage(path)
    before = path.read_bytes()
    with pytest.raises(DamagedError):
        open_writer(path, ONE, copies)
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_a_file_that_is_no_database_is_damage(path: Path, copies: Path) -> None:
    path.parent.mkdir(parents=True)
    path.write_bytes(b"no database at all" * 1000)
    with pytest.raises(DamagedError):
        open_writer(path, ONE, copies)


def test_a_full_disk_says_so_and_leaves_nothing_half_written(path: Path, copies: Path) -> None:
    """SQLite's own limit of pages gives the very result code that a full disk gives (SQLITE_FULL)."""
    _filled(path, copies)
    with closing(open_writer(path, ONE, copies)) as database:
        pages = database.one("PRAGMA page_count")
        assert pages is not None
        database.query(f"PRAGMA max_page_count = {pages['page_count']}")
        with pytest.raises(DiskFullError), database.transaction():
            database.execute("INSERT INTO words VALUES ('first')")
            database.executemany("INSERT INTO words VALUES (?)", [("x" * 500 + str(n),) for n in range(500)])
        assert database.one("SELECT count(*) AS n FROM words") == {"n": 500}
        assert database.one("PRAGMA quick_check") == {"quick_check": "ok"}


def test_writers_from_many_threads_do_not_lose_each_others_rows(path: Path, copies: Path) -> None:
    with closing(open_writer(path, ONE, copies)) as database:

        def write(name: int) -> None:
            for number in range(50):
                with database.transaction():
                    database.execute("INSERT INTO words VALUES (?)", (f"{name} {number} a",))
                    database.execute("INSERT INTO words VALUES (?)", (f"{name} {number} b",))

        threads = [threading.Thread(target=write, args=(name,)) for name in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert database.one("SELECT count(*) AS n FROM words") == {"n": 400}


def test_an_inner_transaction_that_fails_takes_only_itself_back(path: Path, copies: Path) -> None:
    with closing(open_writer(path, ONE, copies)) as database:
        with database.transaction():
            database.execute("INSERT INTO words VALUES ('outer')")
            with pytest.raises(RuntimeError), database.transaction():
                database.execute("INSERT INTO words VALUES ('inner')")
                raise RuntimeError
        assert database.query("SELECT word FROM words") == [{"word": "outer"}]


def test_a_reader_cannot_write(path: Path, copies: Path) -> None:
    _filled(path, copies, 1)
    with closing(open_writer(path, ONE, copies)), closing(open_reader(path)) as reader:
        with pytest.raises(UnreadableError):
            reader.query("DELETE FROM words")
        assert reader.one("SELECT count(*) AS n FROM words") == {"n": 1}


def test_a_reader_of_nothing_says_so(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError):
        open_reader(tmp_path / "nothing.db")


READ_AS_ANOTHER = """
import os, sys
from pathlib import Path
from appliance.store.database import open_reader
if os.getuid() == 0:
    os.setgroups([])
    os.setgid(int(sys.argv[2])); os.setuid(65534)
print(open_reader(Path(sys.argv[1])).one("SELECT count(*) AS n FROM words")["n"])
"""


def _read_as_group(path: Path) -> str:
    """Read in another process: as root's test run, as user nobody in the group of the file."""
    done = subprocess.run(
        [sys.executable, "-c", READ_AS_ANOTHER, str(path), str(path.stat().st_gid)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout.strip()


def test_another_user_of_the_group_reads_what_the_writer_has_just_written(copies: Path, open_dir: Path) -> None:
    path = open_dir / "words.db"
    database: Database = open_writer(path, ONE, copies)
    with closing(database):
        path.parent.chmod(0o750)
        database.execute("INSERT INTO words VALUES ('fresh')")
        assert _read_as_group(path) == "1"
        assert not os.access(path, os.X_OK)


@pytest.fixture
def open_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory that others of the group can reach: pytest's own are closed to everybody else."""
    directory = tmp_path_factory.mktemp("group")
    for above in (directory, *directory.parents):
        if above.owner() == directory.owner() and above != Path("/") and above != Path("/tmp"):
            above.chmod(0o755)
    return directory
