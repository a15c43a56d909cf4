"""A real call is one call record on TCP, in each layout, also when the reader was away and the daemon was killed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from tests.boxes import Box, wait_until
from tests.calls import product, runner, scenario
from tests.hardware.far_ends.accounting import TcpAccounting, csv_call, fixed_call, office_call

pytestmark = pytest.mark.box
CALL = scenario.load(Path(__file__).parent.parent / "call")
PORT = 2300


def site(layout: str) -> str:
    """The site of the scenario, with call records offered in a layout."""
    document = yaml.safe_load(CALL.site)
    return yaml.safe_dump(document | {"hardware": {"smdr": {"tcp_port": PORT, "format": layout}}})


@contextmanager
def connected(box: Box) -> Iterator[TcpAccounting]:
    """A reader at the box's port, once it listens: from the network, through the firewall. It leaves in the end, also
    when a test fails: the box has one reader at a time.
    """
    reader = TcpAccounting(PORT, box.address)
    began = datetime.now(UTC)

    def connects() -> bool:
        try:
            reader.connect()
        except OSError:
            return False
        return True

    wait_until(connects, "the box offers call records", 20)
    try:
        yield reader
        reader.leave()
    except AssertionError as error:
        reader.vanish()
        raise AssertionError(f"{error}\n{product.journal(box, began)}") from error


def as_office(line: str) -> tuple[str, str]:
    return office_call(line)[:2]


def as_fixed(line: str) -> tuple[str, str]:
    return fixed_call(line)[:2]


def as_csv(line: str) -> tuple[str, str]:
    assert csv_call(line)
    fields = line.split(",")
    assert fields[3] == "internal" and fields[8] == "answered" and 1 <= int(fields[10]) <= 15, line
    return fields[4], fields[6]


@pytest.mark.parametrize(
    ("layout", "parse", "told"),
    [
        ("csv", as_csv, ("101", "102")),
        ("fixed-80", as_fixed, ("101", "EXT102")),
        ("ip-office", as_office, ("101", "102")),
    ],
)
def test_a_call_is_one_record(
    box: Box, tmp_path: Path, layout: str, parse: Callable[[str], tuple[str, str]], told: tuple[str, str]
) -> None:
    with_records = replace(CALL, site=site(layout))
    product.apply_site(box, with_records.site)
    with connected(box) as reader:
        runner.play(with_records, box, tmp_path)
        reader.read_until(lambda lines: len(lines) >= 1, 20)
    assert [parse(line) for line in reader.lines.lines] == [told]


def test_a_record_waits_for_its_reader_through_the_death_of_the_daemon(box: Box, tmp_path: Path) -> None:
    with_records = replace(CALL, site=site("csv"))
    product.apply_site(box, with_records.site)
    with connected(box):
        pass
    runner.play(with_records, box, tmp_path)
    box.exec(["systemctl", "kill", "-s", "KILL", "loopstartd"])
    with connected(box) as reader:
        reader.read_until(lambda lines: len(lines) >= 1, 30)
    assert [as_csv(line) for line in reader.lines.lines] == [("101", "102")]


def test_a_box_that_offers_no_records_listens_on_no_port(box: Box) -> None:
    product.apply_site(box, CALL.site)
    wait_until(lambda: f":{PORT}" not in box.exec(["ss", "-Hlnt"]).stdout, "the port is closed")
