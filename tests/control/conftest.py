"""The daemon's rooms, really wired, on a directory of their own. Asterisk is away, as it is while it restarts."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from appliance.control.client import ControlClient
from appliance.control.messages import Auth
from appliance.control.peers import Doors
from appliance.daemon import prepare, running
from appliance.model.access import Role
from appliance.store.paths import DataPaths
from appliance.store.stores import Stores, opened_stores

PASSWORD = "correct horse battery"
CONSOLE = Doors(frozenset({os.getuid()}), frozenset())
WEB = Doors(frozenset(), frozenset({os.getuid()}))


@dataclass(frozen=True)
class House:
    """A running daemon: its stores, and clients that come in by either door."""

    stores: Stores
    paths: DataPaths
    console_socket: Path
    ill: Callable[[], str | None]
    web_socket: Path

    @property
    def console(self) -> ControlClient:
        return ControlClient(self.console_socket)

    def web(self, **auth: str) -> ControlClient:
        return ControlClient(self.web_socket, Auth(**{"address": "192.0.2.1", **auth}))

    def account(self, name: str, role: Role, **more: str) -> ControlClient:
        """An account, signed in through the web."""
        self.stores.accounts.add(name, role=role, password=PASSWORD, **more)
        token, _ = self.stores.sessions.start(name, "192.0.2.1", "browser")
        return self.web(session=token)


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A box that was prepared once and never run."""
    root = tmp_path_factory.mktemp("prepared") / "data"
    prepare(DataPaths(root))
    return root


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    paths = DataPaths(tmp_path / "data")
    prepare(paths)
    with ExitStack() as started:
        stores = started.enter_context(opened_stores(paths))
        rooms = started.enter_context(running(paths, stores, tmp_path / "console", CONSOLE))
        web = started.enter_context(rooms.second_door(tmp_path / "web", WEB))
        yield House(stores, paths, tmp_path / "console", rooms.ill, web)
