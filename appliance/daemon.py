"""``loopstartd``: wires the rooms together; the rooms hold the logic.

``loopstartd prepare``
    Once at every boot before Asterisk starts, as the daemon's user: opens and migrates the databases, makes
    the box's secrets, and sees that ``/data/generations/current`` is the last confirmed generation. Quick,
    safe to repeat, and to be killed at any point.
``loopstartd run``
    The daemon itself (``Type=notify``). Works while Asterisk is away.

Exit codes: 0 done; 1 failed, the log says why; 2 wrong usage.
"""

from __future__ import annotations

import argparse
import logging
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NamedTuple, Protocol

from appliance.ami.supervisor import Account, Supervisor
from appliance.apply import preparation
from appliance.apply.applier import Applier
from appliance.apply.asterisk import AmiAsterisk
from appliance.apply.certificate import Certificate
from appliance.apply.errors import ApplyError
from appliance.apply.faults import ENVIRONMENT as FAULTS
from appliance.apply.generations import DIRECTORY_MODE, Generations
from appliance.apply.inventory import BoxInventory
from appliance.apply.lines import Lines
from appliance.apply.newcomers import Newcomers
from appliance.apply.pending import Pending
from appliance.apply.returned import Returned
from appliance.apply.timer import Timer
from appliance.control.alarm_mail import AlarmMail
from appliance.control.asterisk_version import AsteriskVersion
from appliance.control.box_name import BoxName
from appliance.control.bundle_files import BundleFiles
from appliance.control.front_panel import FrontPanel
from appliance.control.front_panel import settings_of as display_settings
from appliance.control.journal import log_to_journal
from appliance.control.line_watch import LineWatch
from appliance.control.lines_up import lines_up
from appliance.control.live_hub import LiveHub
from appliance.control.machine import Machine
from appliance.control.machine_tasks import MachineTasks
from appliance.control.mailer import Mailer
from appliance.control.messages import SOCKET_PATH
from appliance.control.notify import Notifier
from appliance.control.on_record import catch_up, port_tested, told, update_ended
from appliance.control.peers import Doors
from appliance.control.port_tests import PortTests
from appliance.control.power import Power
from appliance.control.rauc import Rauc
from appliance.control.registry import all_verbs
from appliance.control.rooms import Rooms
from appliance.control.running_site import RunningSite
from appliance.control.server import AlreadyRunningError, ControlServer
from appliance.control.smdr import Smdr
from appliance.control.smdr import settings_of as smdr_settings
from appliance.control.update_state import Surroundings, boot_id, system_version
from appliance.control.updates import Updates
from appliance.control.upkeep import Upkeep, jobs
from appliance.model.problems import ProblemsError
from appliance.render.expected import expected
from appliance.render.facts import Facts
from appliance.render.files import render_site
from appliance.store.alarms import AlarmStore
from appliance.store.before_update import before_first_start, opened_by
from appliance.store.database import open_reader, open_writer
from appliance.store.errors import StoreError
from appliance.store.history import HistoryReader, HistoryWriter
from appliance.store.history_migrations import MIGRATIONS
from appliance.store.lock import LockedError, writer_lock
from appliance.store.mails import MailStore
from appliance.store.moments import utc_now
from appliance.store.paths import DataPaths
from appliance.store.port_tests import PortTestStore
from appliance.store.smdr import SmdrBuffer, open_smdr
from appliance.store.stores import Stores, opened_stores

log = logging.getLogger("appliance.daemon")  # also when run as a module

PREDECESSOR_S = 15.0
"""How long a daemon that is just ending is waited for."""
LOOK_S = 5.0
"""How often the daemon looks after itself where systemd does not ask for it more often."""
RESPONDS_S = 5.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Entry point of the program."""
    parser = argparse.ArgumentParser(prog="loopstartd", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("command", choices=("prepare", "run"))
    parser.add_argument("--data", type=Path, default=DataPaths().root, help="where the box keeps everything")
    parser.add_argument("--socket", type=Path, default=Path(SOCKET_PATH), help="control socket")
    given = parser.parse_args(arguments)
    log_to_journal()
    paths = DataPaths(given.data)
    try:
        if given.command == "prepare":
            prepare(paths)
        else:
            run(paths, given.socket)
    except (StoreError, ApplyError, LockedError, AlreadyRunningError, OSError) as error:
        log.error("cannot %s: %s", given.command, error)
        return 1
    return 0


def prepare(paths: DataPaths, hardware: Path = Path("/")) -> None:
    """See the module. While a daemon runs there is nothing to prepare: it has done so itself.

    hardware: see :func:`running`.
    """
    try:
        with writer_lock(paths.writer_lock):
            before_first_start(paths, system_version(), partial(_readable, paths))
            with opened_stores(paths) as stores:
                # Not started: Asterisk is not up yet.
                nobody = Supervisor(Account(_AMI_USER, stores.box_secrets.ami))
                inventory = BoxInventory(stores.places, hardware)
                preparation.prepare(_applier(paths, stores, nobody, inventory, Lines(nobody, inventory)))
            opened_by(paths, system_version())
    except LockedError:
        log.info("the daemon is running: nothing to prepare")


def run(paths: DataPaths, socket: Path) -> None:
    """See the module. Returns after SIGTERM or SIGINT."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    notifier = Notifier()
    notifier.status("opening the databases")
    with (
        writer_lock(paths.writer_lock, PREDECESSOR_S),
        opened_stores(paths) as stores,
        running(paths, stores, socket, Doors.of_this_box()) as daemon,
    ):
        notifier.ready()
        log.info("running")
        _look_after(daemon.ill, notifier, stop)
        notifier.stopping()
    log.info("stopped")


class Running(NamedTuple):
    """A daemon whose parts all run. ill: names a part that has ended or hangs, None when all is well."""

    rooms: Rooms
    ill: Callable[[], str | None]


@contextmanager
def running(  # noqa: PLR0917  (what tests replace comes last)
    paths: DataPaths,
    stores: Stores,
    socket: Path,
    doors: Doors,
    hardware: Path = Path("/"),
    tasks: MachineTasks | None = None,
) -> Iterator[Running]:
    """Everything started, in order; stopped in the reverse order.

    hardware: the root of the ``/sys`` and ``/proc`` in which cards are looked for; tests give a tree.
    tasks: where root's programs are asked; tests give a directory without them.
    """
    with ExitStack() as started:
        history = open_writer(paths.history_db, MIGRATIONS, paths.backups, synchronous="NORMAL")
        started.callback(history.close)
        reader = open_reader(paths.history_db)
        started.callback(reader.close)
        supervisor = Supervisor(Account(_AMI_USER, stores.box_secrets.ami))
        asterisk_version = AsteriskVersion(supervisor)
        records = open_smdr(paths.smdr_db, paths.backups)
        started.callback(records.close)
        smdr = Smdr(SmdrBuffer(records), HistoryWriter(history))
        display = FrontPanel()
        live = LiveHub(supervisor, smdr, HistoryReader(reader))
        inventory = BoxInventory(stores.places, hardware)
        alarms = AlarmStore(history, reader)
        lines = LineWatch(supervisor, inventory, alarms, AlarmMail(alarms))
        mailer = Mailer(MailStore(history))
        span_lines = Lines(supervisor, inventory)
        applier = _applier(paths, stores, supervisor, inventory, span_lines)
        certificate = Certificate(applier, paths.asterisk_certificate)
        tasks = tasks or MachineTasks()
        port_tests = PortTests(
            supervisor, lines, PortTestStore(history, reader), tasks, hardware, partial(port_tested, stores.audit)
        )
        returned = Returned(applier, span_lines, given_up=lambda: port_tests.holds_channels)
        timer = Timer(applier, Pending(applier), certificate, Newcomers(applier, inventory), returned)
        updates = Updates(
            paths,
            BundleFiles(paths.update, STICKS),
            Rauc(),
            Surroundings(
                clock=utc_now,
                lines=lambda: lines_up(hardware, supervisor),
                calls=applier.asterisk.channels,
                version=system_version(),
                restart=partial(tasks.ask, "power", do="restart"),
                boot_id=boot_id,
            ),
            partial(update_ended, stores.audit),
        )
        power = Power(tasks, socket.with_name("power.json"), lambda: _idle(applier))
        upkeep = Upkeep(jobs((*stores.databases, history), stores.site, paths.backups))
        rooms = Rooms(
            paths=paths,
            site=stores.site,
            accounts=stores.accounts,
            sessions=stores.sessions,
            tokens=stores.tokens,
            sign_ins=stores.sign_ins,
            codes=stores.codes,
            audit=stores.audit,
            box_secrets=stores.box_secrets,
            history=HistoryReader(reader),
            applier=applier,
            certificate=certificate,
            live=live,
            ami=supervisor,
            asterisk_version=asterisk_version,
            machine=Machine(paths.root),
            inventory=inventory,
            lines=lines,
            alarms=alarms,
            mailer=mailer,
            smdr=smdr,
            display=display,
            updates=updates,
            tasks=tasks,
            power=power,
            port_tests=port_tests,
            clock=utc_now,
            started=utc_now(),
            version=_version(),
        )
        server = ControlServer(socket, rooms, all_verbs(), doors)
        running_site = RunningSite(
            stores.site,
            [
                lambda site: smdr.set(smdr_settings(site)),
                lambda site: display.set(display_settings(site), rooms),
                lines.set,
                mailer.set,
                BoxName(tasks).set,
            ],
        )
        # Before the events: a call that ended while the daemon was away is told at once, and needs its record.
        started.callback(smdr.stop)
        started.callback(display.stop)
        running_site.look()
        # Events first, so that none is missed; the door last, when there is somebody behind it.
        live.start()
        started.callback(live.stop)
        for part in (lines, mailer):
            part.start()
            started.callback(part.stop)
        supervisor.start()
        started.callback(supervisor.stop)
        if stores.site.running() is None or not paths.current.exists():
            preparation.prepare(applier)  # a box whose preparation failed: Asterisk waits for its files
        applier.recover()
        catch_up(stores.audit, stores.site)
        updates.returned()
        for ready in (updates, timer, running_site, upkeep, power, port_tests, server):
            ready.start()
            started.callback(ready.stop)
        parts: dict[str, Part] = {
            "control": server,
            "live": live,
            "timer": timer,
            "upkeep": upkeep,
            "asterisk": supervisor,
            "lines": lines,
            "mailer": mailer,
            "smdr": smdr,
            "display": display,
            "running_site": running_site,
            "updates": updates,
            "power": power,
        }

        def ill() -> str | None:
            for name, part in parts.items():
                if not part.alive:
                    return name
            return None if stores.site.responds(RESPONDS_S) else "store"

        yield Running(rooms, ill)


class Part(Protocol):
    """What runs in threads of its own."""

    @property
    def alive(self) -> bool:
        """Whether they run."""
        ...


def _look_after(ill: Callable[[], str | None], notifier: Notifier, stop: threading.Event) -> None:
    """Tell systemd that all is well for as long as it is.

    Of an ill daemon it hears nothing, and restarts it.
    """
    every = LOOK_S if notifier.watchdog_s is None else min(LOOK_S, notifier.watchdog_s / 3)
    said: str | None = ""
    while True:
        found = ill()
        if found is None:
            notifier.alive()
        if found != said:
            said = found
            notifier.status("running" if found is None else f"not well: {found}")
            if found is not None:
                log.critical("not well: %s has ended or hangs", found)
        if stop.wait(every):
            return


STICKS = Path("/run/loopstart-sticks")
"""Where USB sticks are mounted, a directory each (``ansible/roles/disk``)."""
_AMI_USER = "loopstart"
"""As manager.conf names it."""


def _idle(applier: Applier) -> bool | None:
    """Whether no call is up; None when Asterisk does not tell."""
    count = applier.asterisk.channels() if applier.asterisk.answers() else None
    return None if count is None else count == 0


def _version() -> str:
    """Of the installed package; a source tree that was never installed has none."""
    try:
        return version("loopstart")
    except PackageNotFoundError:
        return "0+source"


def _readable(paths: DataPaths) -> bool:
    """Whether this version understands the site that is stored."""
    try:
        with opened_stores(paths) as stores:
            stores.site.draft()
            if (row := stores.site.running()) is not None:
                stores.site.revision_site(row.revision)
    except (StoreError, ProblemsError, ValueError, LookupError, TypeError):
        log.exception("the stored site cannot be understood")
        return False
    return True


def _applier(
    paths: DataPaths, stores: Stores, supervisor: Supervisor, inventory: BoxInventory, lines: Lines
) -> Applier:
    def facts() -> Facts:
        return Facts(ami_secret=stores.box_secrets.ami, inventory=inventory.look())

    if not paths.generations.exists():
        paths.generations.mkdir(parents=True)
        paths.generations.chmod(DIRECTORY_MODE)
    return Applier(
        store=stores.site,
        generations=Generations(paths.generations),
        asterisk=AmiAsterisk(supervisor, lambda: partial(expected, facts=facts()), lines),
        render=render_site,
        beside=lambda: (facts(),),
        told=partial(told, stores.audit),
        faults=os.environ.get(FAULTS) == "1",
    )


if __name__ == "__main__":
    raise SystemExit(main())
