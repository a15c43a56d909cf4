"""`loopstart console` at a terminal, asking a daemon: typed and read as a technician does."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.control.conftest import House, _living
from tests.terminal import Seat

RUN = "import sys; from appliance.cli import main; sys.exit(main(sys.argv[1:]))"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with _living(tmp_path) as house:
        yield house


@contextmanager
def seat(house: House, **environment: str) -> Iterator[Seat]:
    command = [sys.executable, "-c", RUN, "console", "--socket", str(house.console_socket)]
    seat = Seat(command, environment)
    try:
        yield seat
    finally:
        seat.leave()


def test_a_technician_reads_the_first_code_and_somebody_claims_the_box_with_it(house: House) -> None:
    with seat(house) as at:
        at.sees("Nobody administers this box yet", "1-4 choose language")
        at.type("1")
        at.sees("Sign in to the web")
        at.type("2")
        shown = at.sees("enter this code", "Q shows")
        code = next(line.strip() for line in shown.splitlines() if line.strip().count("-") == 2 and " " not in line[4:])
        at.type("q")
        at.sees("Any key goes back")
        at.type(" ")
        at.sees("enter this code")
        house.web().ask("first_run.claim", code=code, name="farhad", password="a long enough pass phrase")
        at.type("0")
        at.sees("Menu")
        at.type("2")
        at.sees("A link that signs somebody in", "> farhad")
        at.type("\r")
        at.sees("For farhad, once", "token=")


def test_in_arabic_a_bundle_is_written(house: House) -> None:
    with seat(house) as at:
        at.sees("1-4 choose language")
        at.type("2")
        at.sees("القائمة", "عناوين الشبكة")
        at.type("9")
        at.sees("حزمة الدعم", "للمتابعة")
        at.type("\r")
        at.sees("كُتب")
        at.type("\x1b")
        at.sees("القائمة")
        at.type("\x1b[A\x1b[A")
        at.type("\r")
        at.sees("التغييرات والرجوع", "مؤكدة")
    assert list(house.rooms.paths.support.glob("*.tar.gz"))


def test_a_screen_that_was_lost_is_drawn_again(house: House) -> None:
    with seat(house) as at:
        at.sees("1-4 choose language")
        at.glass.rows = [""] * 24
        at.type("z")
        at.sees("1-4 choose language", "1  English")


def test_no_key_leads_to_a_shell_and_ctrl_d_ends_it(house: House) -> None:
    with seat(house) as at:
        at.sees("choose language")
        at.type("\x03\x1a\x1c!:q\x11\x13")
        at.type("1")
        at.sees("Network addresses")
        children = Path(f"/proc/{at.process.pid}/task/{at.process.pid}/children").read_text()
        assert children == ""
        at.type("\x04")
        assert at.process.wait(30) == 0


def test_it_ends_when_told_and_when_the_line_hangs_up(house: House) -> None:
    with seat(house) as at:
        at.sees("choose language")
        at.process.send_signal(signal.SIGTERM)
        assert at.process.wait(30) == 0


def test_a_daemon_that_is_away_is_said_and_the_menu_stays(tmp_path: Path) -> None:
    at = Seat([sys.executable, "-c", RUN, "console", "--socket", str(tmp_path / "nobody")])
    try:
        at.sees("does not answer at the moment")
        at.type("1")
        at.sees("Network addresses")
    finally:
        at.leave()
