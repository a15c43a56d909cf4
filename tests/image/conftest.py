"""The image under test, built when missing, and a machine that has booted it."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.image.machine import Machine

TOP = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def image() -> Path:
    """The raw disk image of the working tree; LOOPSTART's cache keeps it by content."""
    done = subprocess.run([TOP / "image_build/image", "--raw"], stdout=subprocess.PIPE, text=True, check=True)
    return Path(done.stdout.split()[0])


@pytest.fixture(scope="session")
def machines(tmp_path_factory: pytest.TempPathFactory, image: Path) -> Iterator[Callable[..., Machine]]:
    """Makes machines with a new disk of this image; they lose their power at the end."""
    made: list[Machine] = []

    def make(name: str, **options: object) -> Machine:
        machine = Machine(tmp_path_factory.mktemp(name), image, **options)  # type: ignore[arg-type]
        made.append(machine)
        return machine

    yield make
    for machine in made:
        machine.kill()


@pytest.fixture(scope="session")
def _booted(machines: Callable[..., Machine]) -> Machine:
    machine = machines("booted", disk_size="8G")
    machine.up()
    machine.wait_until_started()
    machine.monitor("stop")
    return machine


@pytest.fixture
def booted(_booted: Machine) -> Iterator[Machine]:
    """A machine at the end of its first start, with a disk larger than the image. Tests leave it as they found it.

    It stands still while no test uses it: the emulated processors are for the machines of other tests.
    """
    _booted.monitor("cont")
    yield _booted
    _booted.monitor("stop")
