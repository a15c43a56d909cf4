"""The daemon's rooms, really wired, on a directory of their own.

Asterisk is away, as it is while it restarts.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from appliance.control.client import ControlClient
from appliance.control.machine_tasks import MachineTasks
from appliance.control.messages import Auth
from appliance.control.peers import Doors
from appliance.control.registry import all_verbs
from appliance.control.rooms import Rooms
from appliance.control.server import ControlServer
from appliance.daemon import running
from appliance.model.access import Role
from appliance.store.stores import Stores, opened_stores
from tests.houses import prepared

PASSWORD = "correct horse battery"
CONSOLE = Doors(frozenset({os.getuid()}), frozenset())
WEB = Doors(frozenset(), frozenset({os.getuid()}))


@dataclass(frozen=True)
class House:
    """A running daemon: its stores, and clients that come in by either door."""

    stores: Stores
    rooms: Rooms
    console_socket: Path
    web_socket: Path
    ill: Callable[[], str | None]

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


@contextmanager
def _living(root: Path) -> Iterator[House]:
    paths = prepared(root / "data")
    with (
        opened_stores(paths) as stores,
        TemporaryDirectory(prefix="ls-", dir="/tmp") as short,
    ):
        # Root's programs are away, but for those that a test puts there. A socket's path has 107 characters (unix(7)).
        (Path(short) / "root").symlink_to(root)
        tasks = MachineTasks(Path(short) / "root/run", Path(short) / "root/data/system")
        with running(paths, stores, root / "console", CONSOLE, root / "hardware", tasks) as daemon:
            web = ControlServer(root / "web", daemon.rooms, all_verbs(), WEB)
            web.start()
            yield House(stores, daemon.rooms, root / "console", root / "web", daemon.ill)
            web.stop()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A daemon of the test's own."""
    with _living(tmp_path) as house:
        yield house


@pytest.fixture(scope="module")
def worn_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A daemon that many tests have asked all kinds of things."""
    with _living(tmp_path_factory.mktemp("worn")) as house:
        yield house
