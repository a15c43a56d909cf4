"""One machine for all tests of lines: booted, wired and set up once.

Who works on these tests boots it once and keeps it (`LOOPSTART_LINES=FOLDER`, made when it is not there): the next run
takes it as it is.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from tests.lines import loopback
from tests.lines.company import Company
from tests.lines.lan import Lan
from tests.lines.loopback import Place
from tests.lines.machine import LinesMachine, disk
from tests.lines.office import Office, site

# The emulated processors are for the calls: nobody looks at the web here.
IDLE = """
    loopstart-web.socket loopstart-web nginx fail2ban avahi-daemon.socket avahi-daemon
    loopstart-console@tty1 loopstart-console@ttyS0
""".split()  # noqa: SIM905 (a list would be twice as long)


@dataclass(frozen=True)
class Wires:
    """Both ends of every line."""

    office: Office
    company: Company

    def near(self, pair: str) -> Place:
        """The box's end of a pair."""
        return loopback.places(self.office.machine)[loopback.card(pair)]

    def begin(self) -> datetime:
        """Nobody calls, nothing is noted, people do what is usual; returns the time."""
        self.company.hang_up()
        loopback.wait_until(lambda: not self.office.channels(""), "the box has no call", 120)
        self.company.forget()
        self.company.sets(caller="0551234567", caller_name="Layla Haddad", do="called", next="112")
        return self.office.now()


def _machine(kept: str | None, folders: pytest.TempPathFactory) -> LinesMachine:
    if kept and Path(kept, "disk.qcow2").exists():
        return LinesMachine(Path(kept), Path(kept))  # it has its disk: nothing is built
    return LinesMachine(Path(kept) if kept else folders.mktemp("machine"), disk())


@pytest.fixture(scope="session")
def lan(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lan]:
    """The machine is up, has its spans, and its cable to the phone."""
    kept = os.environ.get("LOOPSTART_LINES")
    machine = _machine(kept, tmp_path_factory)
    lan = Lan(machine)
    machine.options += lan.words()
    if kept and Path("/run/netns", lan.name).exists():
        yield lan
        return
    try:
        machine.up(900)
        machine.sh("until test -L /data/generations/current; do sleep 1; done", seconds=900)
        machine.wait_until_started(900)
        machine.exec(["systemctl", "stop", *IDLE], check=False, seconds=180)
        lan.plug_in()
        loopback.make(machine)
        loopback.configure_far_ends(machine)
        yield lan
    finally:
        if not kept:
            machine.kill()
            lan.unplug()


@pytest.fixture(scope="session")
def machine(lan: Lan) -> LinesMachine:
    assert isinstance(lan.machine, LinesMachine)
    return lan.machine


@pytest.fixture(scope="session")
def wires(machine: LinesMachine, lan: Lan) -> Iterator[Wires]:
    """The box with its site, and the company at the far end."""
    office = Office(machine, lan)
    office.becomes(site())
    company = Company(machine, loopback.places(machine))
    company.stop()
    company.start()
    yield Wires(office, company)
    company.stop()
