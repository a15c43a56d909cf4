"""Secrets apart from what may be read: those of the site by reference, those of the box in one file.

``site.db`` holds ``{"$secret": id}``; ``/data/secrets/site.db`` (0600) holds what the id stands for. Ids are
random, so they tell nothing of the value; an unchanged secret keeps its id, so that saving a draft writes
only new secrets.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlite_utils

from appliance.model import secrets_of
from appliance.store.database import Database, Migration


def _first(tables: sqlite_utils.Database) -> None:
    tables.execute("CREATE TABLE secrets (id TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT")


MIGRATIONS = (Migration(1, "secrets", _first),)


class SiteSecrets:
    """What the secret references of the site stand for. Safe to use from any thread."""

    def __init__(self, database: Database) -> None:
        self._database = database
        rows = database.query("SELECT id, value FROM secrets")
        self._values: dict[str, str] = {row["id"]: row["value"] for row in rows}

    def split(self, document: dict[str, Any], taken: AbstractSet[str] = frozenset()) -> dict[str, Any]:
        """The document with references for secrets. What is new is on disk before this returns.

        taken: ids that stand elsewhere in the whole of which the document is a part, and so not here.
        """
        with self._database.lock:
            free = {name: value for name, value in self._values.items() if name not in taken}
            parted, values = secrets_of.split(document, lambda: secrets.token_hex(12), free)
            fresh = {name: value for name, value in values.items() if name not in self._values}
            if fresh:
                self._database.executemany("INSERT INTO secrets (id, value) VALUES (?, ?)", fresh.items())
                self._values |= fresh
        return parted

    def join(self, document: dict[str, Any]) -> dict[str, Any]:
        """The document with secrets for references. Raises ``ProblemsError`` where one stands for nothing."""
        return secrets_of.join(document, self._values)

    def values(self) -> tuple[str, ...]:
        """Every secret there is or was."""
        with self._database.lock:
            return tuple(self._values.values())


@dataclass(frozen=True, slots=True)
class BoxSecrets:
    """Secrets that the box made for itself, once.

    ami: password of the manager user.
    """

    ami: str


def box_secrets(path: Path) -> BoxSecrets:
    """Read the box's secrets, making those that are missing (0600). Safe to repeat.

    What is there never changes.
    """
    held: dict[str, str] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    made = {"ami": secrets.token_urlsafe(32)} | held
    if made != held:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(path, json.dumps(made, indent=1) + "\n", 0o600)
    return BoxSecrets(ami=made["ami"])


def web_key(path: Path) -> str:
    """The key with which the web signs its cookies, made once (0640: the web is in the group)."""
    if not path.exists():
        path.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
        write_whole(path, secrets.token_hex(32) + "\n", 0o640)
    return path.read_text(encoding="ascii").strip()


def write_whole(path: Path, text: str, mode: int) -> None:
    """Put a small file in place whole, whatever happens to the power: at no moment is it there in part."""
    fresh = path.with_name(f".{path.name}.new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        os.fchmod(descriptor, mode)
        os.write(descriptor, text.encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    fresh.replace(path)
    directory = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
