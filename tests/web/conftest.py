"""The real daemon on a directory of its own, and the web on top of it. Asterisk is away, as while it restarts."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from flask import Flask

from appliance.control.machine_tasks import MachineTasks
from appliance.control.peers import Doors
from appliance.control.rooms import Rooms
from appliance.daemon import running
from appliance.model.access import Role
from appliance.store.stores import Stores, opened_stores
from tests.houses import prepared
from tests.web.application import application
from tests.web.browser import Browser
from web_admin import catalogue

PASSWORD = "quiet harbour mint lantern"
WEB = Doors(frozenset(), frozenset({os.getuid()}))
CAPTURES = ("call", "busy", "voicemail", "blind_transfer", "no_answer_forwarded", "cancelled")


@dataclass(frozen=True)
class Box:
    """A running daemon with the web in front of it."""

    stores: Stores
    rooms: Rooms
    app: Flask

    def browser(self, name: str | None = None, role: Role = Role.ADMIN, language: str = "en", **more: str) -> Browser:
        """A browser; with a name, signed in to that account, which is made where there is none."""
        if name is None:
            return Browser(self.app, language=language)
        if self.stores.accounts.find(name) is None:
            self.stores.accounts.add(name, role=role, password=PASSWORD, **more)
        token, _ = self.stores.sessions.start(name, "192.0.2.1", "Mozilla/5.0 (X11; Linux) Firefox/140")
        return Browser(self.app, token, language)


@cache
def _compile_catalogues() -> None:
    """Once is enough: they do not change under the tests."""
    catalogue.compile_all()


@contextmanager
def living(root: Path) -> Iterator[Box]:
    """The box, alive as long as the block; its history holds the calls of :data:`CAPTURES`."""
    _compile_catalogues()
    paths = prepared(root / "data", CAPTURES)
    socket = root / "control"
    tasks = MachineTasks(root / "run", root / "data/system")
    with (
        opened_stores(paths) as stores,
        running(paths, stores, socket, WEB, root / "hardware", tasks) as daemon,
        application(socket) as app,
    ):
        yield Box(stores, daemon.rooms, app)


@pytest.fixture
def new_box(tmp_path: Path) -> Iterator[Box]:
    """A box that waits for its first administrator."""
    with living(tmp_path) as box:
        yield box


@pytest.fixture(scope="session")
def box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Box]:
    """A box with an administrator, shared by tests that leave it usable to each other."""
    with living(tmp_path_factory.mktemp("box")) as box:
        box.browser("layla")
        yield box


@pytest.fixture
def admin(box: Box) -> Browser:
    """The administrator's browser, in English."""
    return box.browser("layla")
