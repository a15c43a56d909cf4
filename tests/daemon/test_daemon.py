"""The daemon as a process: started, watched, stopped and killed. Asterisk is away.

The daemon works all the same.
"""

from __future__ import annotations

import logging
import os
import signal
import socket
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from appliance.control.client import ControlClient
from appliance.control.notify import Notifier
from appliance.daemon import main, prepare
from appliance.store.lock import LockedError, writer_lock
from appliance.store.paths import DataPaths
from appliance.store.stores import opened_stores


@pytest.fixture
def paths(tmp_path: Path) -> DataPaths:
    return DataPaths(tmp_path / "data")


@pytest.fixture(autouse=True)
def _logging_as_before() -> Iterator[None]:
    """What :func:`main` does to the logging of this process is undone."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level


class Manager:
    """systemd's side of sd_notify."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(str(path))
        self._socket.settimeout(60)

    def wait_for(self, wanted: str) -> list[str]:
        """Everything heard up to the message that begins so. Fails when it does not come within a minute."""
        heard: list[str] = []
        while not (heard and heard[-1].startswith(wanted)):
            heard.append(self._socket.recv(4096).decode())
        return heard

    def close(self) -> None:
        self._socket.close()


@contextmanager
def daemon(paths: DataPaths, manager: Manager, **environment: str) -> Iterator[subprocess.Popen[str]]:
    """``loopstartd run`` in a process of its own; killed in the end if it still runs."""
    command = [sys.executable, "-m", "appliance.daemon", "run", "--data", str(paths.root)]
    process = subprocess.Popen(
        [*command, "--socket", str(paths.root.parent / "control")],
        env=os.environ | {"NOTIFY_SOCKET": str(manager.path)} | environment,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


@pytest.fixture
def manager(tmp_path: Path) -> Iterator[Manager]:
    with closing(Manager(tmp_path / "notify")) as manager:
        yield manager


def test_preparing_makes_a_new_box_ready_for_asterisk_and_can_be_repeated(paths: DataPaths) -> None:
    prepare(paths)
    manager_conf = paths.current / "asterisk/manager.conf"
    with opened_stores(paths) as stores:
        assert stores.box_secrets.ami in manager_conf.read_text()
        first = stores.site.last_confirmed()
        assert first is not None
        assert paths.current.readlink() == Path(str(first.number))
    prepare(paths)
    with opened_stores(paths) as stores:
        assert stores.site.last_confirmed() == first
    assert stat.S_IMODE(manager_conf.stat().st_mode) == 0o640
    assert stat.S_IMODE(paths.generations.stat().st_mode) == 0o2750


def test_preparing_leaves_everything_alone_while_a_daemon_runs(paths: DataPaths) -> None:
    with writer_lock(paths.writer_lock):
        prepare(paths)
    assert not paths.site_db.exists()


PREPARE = "import sys, appliance.daemon; sys.exit(appliance.daemon.main(['prepare', '--data', sys.argv[1]]))"


@pytest.mark.slow
def test_preparing_killed_at_any_moment_is_finished_by_the_next(paths: DataPaths) -> None:
    for delay_s in (0.2, 0.4, 0.6, 0.8, 1.0, 1.2, 1.6, 2.0):
        with subprocess.Popen([sys.executable, "-c", PREPARE, str(paths.root)]) as process:
            killer = threading.Timer(delay_s, process.kill)
            killer.start()
            process.wait()
            killer.cancel()
    assert main(["prepare", "--data", str(paths.root)]) == 0
    assert (paths.current / "asterisk/pjsip.conf").exists()
    assert not [entry for entry in paths.generations.iterdir() if entry.name.startswith(".staging")]


def test_a_damaged_database_without_a_copy_is_refused_with_a_reason(
    paths: DataPaths, capsys: pytest.CaptureFixture[str]
) -> None:
    paths.site.mkdir(parents=True)
    paths.site_db.write_bytes(b"not a database" * 1000)
    assert main(["prepare", "--data", str(paths.root)]) == 1
    assert "<3>daemon: cannot prepare: database_damaged" in capsys.readouterr().err


def test_the_daemon_is_ready_when_it_answers_and_stops_when_it_is_told(paths: DataPaths, manager: Manager) -> None:
    prepare(paths)
    with daemon(paths, manager, WATCHDOG_USEC="1500000") as process:
        manager.wait_for("READY=1")
        assert ControlClient(paths.root.parent / "control").ask("hello")["first_run"] is True
        manager.wait_for("WATCHDOG=1")
        manager.wait_for("WATCHDOG=1")
        process.send_signal(signal.SIGTERM)
        manager.wait_for("STOPPING=1")
        _, log = process.communicate(timeout=60)
        assert process.returncode == 0
    assert "<6>daemon: stopped" in log
    assert not (paths.root.parent / "control").exists()
    with writer_lock(paths.writer_lock):
        assert not paths.site_db.with_name("site.db-wal").exists(), "closed in order"


def test_a_daemon_on_a_box_that_was_never_prepared_prepares_it(paths: DataPaths, manager: Manager) -> None:
    with daemon(paths, manager):
        manager.wait_for("READY=1")
        assert (paths.current / "asterisk/pjsip.conf").exists()


def test_a_killed_daemon_is_followed_by_one_that_works(paths: DataPaths, manager: Manager) -> None:
    prepare(paths)
    for _ in range(2):
        with daemon(paths, manager) as process:
            manager.wait_for("READY=1")
            client = ControlClient(paths.root.parent / "control")
            assert client.ask("status.show")["asterisk_connected"] is False
            process.kill()


def test_a_second_daemon_does_not_touch_the_databases_of_the_first(
    paths: DataPaths, manager: Manager, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare(paths)
    monkeypatch.setattr("appliance.daemon.PREDECESSOR_S", 0.0)
    with daemon(paths, manager):
        manager.wait_for("READY=1")
        assert main(["run", "--data", str(paths.root), "--socket", str(paths.root / "other")]) == 1
        with pytest.raises(LockedError), writer_lock(paths.writer_lock):
            pass


def test_an_ill_daemon_stops_telling_systemd_that_all_is_well(paths: DataPaths, manager: Manager) -> None:
    """A part is made to end from inside; from then on there is no keep-alive, and the log names the part."""
    prepare(paths)
    script = (
        "import sys, threading, appliance.control.upkeep as upkeep, appliance.daemon as daemon\n"
        "upkeep.Upkeep._run = lambda self: self._stopping.wait(1)\n"
        "sys.exit(daemon.main(['run', '--data', sys.argv[1], '--socket', sys.argv[2]]))"
    )
    environment = os.environ | {"NOTIFY_SOCKET": str(manager.path), "WATCHDOG_USEC": "1500000"}
    with subprocess.Popen(
        [sys.executable, "-c", script, str(paths.root), str(paths.root.parent / "control")],
        env=environment, stderr=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        manager.wait_for("READY=1")
        manager.wait_for("STATUS=not well: upkeep")
        process.send_signal(signal.SIGTERM)
        after = manager.wait_for("STOPPING=1")
        _, log = process.communicate(timeout=60)
    assert "WATCHDOG=1" not in after
    assert "<2>daemon: not well: upkeep" in log


def test_without_a_service_manager_nobody_is_told() -> None:
    notifier = Notifier({})
    notifier.ready()
    assert notifier.watchdog_s is None
    assert Notifier({"WATCHDOG_USEC": "30000000"}).watchdog_s == 30
    assert Notifier({"WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "1"}).watchdog_s is None


def test_nobody_can_write_a_log_line_of_their_own(capsys: pytest.CaptureFixture[str], paths: DataPaths) -> None:
    main(["prepare", "--data", str(paths.root)])
    with opened_stores(paths) as stores:
        stores.audit.add("x\n<0>kernel: fire", "", "session.sign_in", "")
    lines = [line for line in capsys.readouterr().err.splitlines() if "fire" in line]
    assert len(lines) == 1
    assert lines[0].startswith("<6>store.audit: audit 1 ")
