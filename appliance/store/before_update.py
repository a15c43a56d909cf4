"""The databases as another version left them: kept before a new one first opens them, put back when the old returns.

Shape of ``/data/backups/update``::

    written-by                    the version that opened the databases last
    0.1.0+3f9a/…                  copies, made before another version opened them; whole once it has this name
    from-0.2.0+77c1/…             what that version had made of them, when the old one put its copies back
    returned.json                 what was put back, until the daemon has told

A system knows by its own name what to do. It finds copies that bear it: it has come back, and takes of them what it
cannot read as it is now. Otherwise it finds another version in ``written-by``: it is new, and makes copies first.
Killed at any point, the next start does the rest: copies get their name when all of them are on disk, and lose it when
all that was needed is back.

What the old version can read stays as it is: going back loses no setting unless the new version changed the form in
which they are stored. ``site.db`` and the secrets that it refers to go together. History and call records can be large;
they are copied only when the new version is about to change their form.
"""

from __future__ import annotations

import json
import logging
import os
import re
import shutil
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlite_utils

from appliance.store import accounts_migrations, history_migrations, secrets, site_migrations, smdr_migrations
from appliance.store.database import Migration, translated
from appliance.store.errors import DamagedError
from appliance.store.paths import DataPaths

log = logging.getLogger(__name__)

WRITTEN_BY = "written-by"
RETURNED = "returned.json"
SPARE = 32 << 20
"""Bytes beyond the copies themselves: the new version's own first steps."""
_PARTIAL = ".partial"
_LARGE = frozenset({"history", "smdr"})
_TOGETHER = {"site": ("site", "secrets"), "secrets": ("site", "secrets")}
_COUNTED = {"revisions": ("site", "revisions"), "audit_lines": ("accounts", "audit"), "calls": ("history", "contacts")}


def databases(paths: DataPaths) -> dict[str, tuple[Path, Sequence[Migration]]]:
    """Every database with the steps that this version knows."""
    return {
        "secrets": (paths.secrets_db, secrets.MIGRATIONS),
        "site": (paths.site_db, site_migrations.MIGRATIONS),
        "accounts": (paths.accounts_db, accounts_migrations.MIGRATIONS),
        "history": (paths.history_db, history_migrations.MIGRATIONS),
        "smdr": (paths.smdr_db, smdr_migrations.MIGRATIONS),
    }


def before_first_start(paths: DataPaths, version: str, readable: Callable[[], bool]) -> None:
    """Make copies, or put them back; see the module. The caller holds the writer's lock; nothing is open.

    readable: whether this version understands the site that is stored. Raises OSError, or as
    :func:`appliance.store.database.translated`: then nothing may open the databases.
    """
    folder = paths.before_update
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    mine = folder / _name(version)
    author = written_by(paths)
    if mine.is_dir():
        _come_back(paths, mine, author or "", readable)
    elif author is not None and author != version:
        _keep(paths, folder, author)
    if author is None:
        opened_by(paths, version)


def opened_by(paths: DataPaths, version: str) -> None:
    """Say that this version has opened the databases, and that they are as it wants them."""
    if written_by(paths) != version:
        _replace(paths.before_update / WRITTEN_BY, version)


def written_by(paths: DataPaths) -> str | None:
    """The version that opened the databases last; None on a new box."""
    try:
        return (paths.before_update / WRITTEN_BY).read_text(encoding="utf-8").strip() or None
    except FileNotFoundError:
        return None


def kept_for(paths: DataPaths, version: str) -> dict[str, Path]:
    """The copies that a version would find, by database; empty for one that would find none."""
    folder = paths.before_update / _name(version)
    return {path.stem: path for path in sorted(folder.glob("*.db"))} if folder.is_dir() else {}


def goes_back_since(paths: DataPaths, version: str) -> datetime | None:
    """Since when settings and calls would be lost if that version came back now, because it could not read how they are
    stored today; None where it can.
    """
    kept = kept_for(paths, version)
    found = databases(paths)
    if any(set(_applied(found[name][0])) != set(_applied(copy)) for name, copy in kept.items()):
        return datetime.fromtimestamp(min(copy.stat().st_mtime for copy in kept.values()), UTC)
    return None


def room_needed(paths: DataPaths) -> int:
    """Bytes that the copies before an update take at most."""
    return sum(path.stat().st_size for path, _ in databases(paths).values() if path.exists())


def free(paths: DataPaths) -> int:
    """Bytes that are free where the copies go."""
    return shutil.disk_usage(paths.root).free


def take_returned(paths: DataPaths) -> dict[str, Any] | None:
    """What was put back at this start, once: ``{version, restored, meanwhile}``."""
    path = paths.before_update / RETURNED
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    return found


def forget_returned(paths: DataPaths) -> None:
    """It has been told."""
    (paths.before_update / RETURNED).unlink(missing_ok=True)


def _keep(paths: DataPaths, folder: Path, author: str) -> None:
    """Copy what the version before left, unless a start that was cut off has done so."""
    target = folder / _name(author)
    if target.is_dir():
        return
    for old in folder.iterdir():
        if old.is_dir():
            shutil.rmtree(old)  # of an update before: its slot holds another system now
    draft = folder / f"{target.name}{_PARTIAL}"
    draft.mkdir(mode=0o700)
    for name, (path, known) in databases(paths).items():
        if path.exists() and (name not in _LARGE or _pending(path, known)):
            try:
                _copy(path, draft / f"{name}.db")
            except DamagedError:
                (draft / f"{name}.db").unlink(missing_ok=True)  # opening it puts back the newest whole backup
    _sync(draft)
    draft.rename(target)
    _sync(folder)
    log.info("the databases that %s left are kept in %s", author, target)


def _come_back(paths: DataPaths, copies: Path, author: str, readable: Callable[[], bool]) -> None:
    """Put back what this version cannot read, and give up the copies."""
    kept = {path.stem: path for path in copies.glob("*.db")}
    found = databases(paths)
    newer = {name for name, (path, known) in found.items() if path.exists() and not _is_known(path, known)}
    _put_all_back(paths, author, kept, newer)
    if not newer & {"site", "secrets"} and not readable():
        _put_all_back(paths, author, kept, {"site"})
    copies.rename(copies.with_name(f"{copies.name}{_PARTIAL}"))
    _sync(paths.before_update)
    shutil.rmtree(copies.with_name(f"{copies.name}{_PARTIAL}"))


def _put_all_back(paths: DataPaths, author: str, kept: dict[str, Path], needed: set[str]) -> None:
    """Those that are needed, with those that belong to them."""
    found = databases(paths)
    both = needed | {other for name in needed for other in _TOGETHER.get(name, ())}
    names = sorted(both & kept.keys())
    if not names:
        return
    # Told first: what is half done is done again at the next start, and then cannot be counted any more.
    told = take_returned(paths) or {"version": author, "restored": [], "meanwhile": dict.fromkeys(_COUNTED, 0)}
    for word, (name, table) in _COUNTED.items():
        if name in names and name not in told["restored"]:
            told["meanwhile"][word] = _added(found[name][0], kept[name], table)
    told["restored"] = sorted({*told["restored"], *names})
    _replace(paths.before_update / RETURNED, json.dumps(told))
    aside = paths.before_update / f"from-{_name(author)}"
    for name in names:
        _put_back(kept[name], found[name][0], aside)
        log.warning("%s is as it was before %s; what that made of it is in %s", found[name][0], author, aside)


def _put_back(copy: Path, path: Path, aside: Path) -> None:
    """At no moment is there no database: linked aside, then replaced."""
    aside.mkdir(mode=0o700, exist_ok=True)
    fresh = path.with_name(f"{path.name}.restoring")
    shutil.copyfile(copy, fresh)
    fresh.chmod(path.stat().st_mode & 0o777)
    _sync(fresh)
    for suffix in ("-wal", "-shm"):
        side = path.with_name(path.name + suffix)
        if side.exists():
            side.rename(aside / (copy.name + suffix))
    (aside / copy.name).unlink(missing_ok=True)
    os.link(path, aside / copy.name)
    fresh.replace(path)
    _sync(path.parent)
    _sync(aside)


def _copy(path: Path, target: Path) -> None:
    """One self-contained file, also of a database that was not closed."""
    with translated(target), closing(_opened(path)) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
    target.chmod(0o600)
    _sync(target)


def _opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None, timeout=5)


def _applied(path: Path) -> list[str]:
    """The steps that made a database what it is; none of a damaged one, which opening replaces."""
    try:
        with translated(path), closing(_opened(path)) as connection:
            tables = sqlite_utils.Database(connection, execute_plugins=False)
            return [row["name"] for row in tables.query("SELECT name FROM _sqlite_migrations")]
    except (DamagedError, sqlite3.OperationalError):
        return []


def _is_known(path: Path, known: Sequence[Migration]) -> bool:
    return set(_applied(path)) <= {migration.label for migration in known}


def _pending(path: Path, known: Sequence[Migration]) -> bool:
    return not {migration.label for migration in known} <= set(_applied(path))


def _added(path: Path, copy: Path, table: str) -> int | None:
    """Rows of a table that the copy has not; None where they cannot be counted."""
    try:
        return _highest(path, table) - _highest(copy, table)
    except sqlite3.Error:
        return None


def _highest(path: Path, table: str) -> int:
    with closing(_opened(path)) as connection:
        [number] = connection.execute(f"SELECT coalesce(max(rowid), 0) FROM {table}").fetchone()  # noqa: S608  # ours
        return int(number)


def _name(version: str) -> str:
    """A version as the name of a directory."""
    return re.sub(r"[^A-Za-z0-9.+_-]", "_", version)[:100].lstrip(".") or "_"


def _replace(path: Path, text: str) -> None:
    beside = path.with_name(f"{path.name}.new")
    beside.write_text(text, encoding="utf-8")
    _sync(beside)
    beside.replace(path)
    _sync(path.parent)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
