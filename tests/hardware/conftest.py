"""A real buffer of call records, and cables."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from appliance.live.facts import ContactRecord, ContactUpdate, Fact, Outcome, SegmentRecord
from appliance.store.smdr import SmdrBuffer, open_smdr
from tests.hardware.far_ends.wire import Wire

START = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def ended_call(number: int) -> Fact:
    """The fact of an ended call; its id is `call-<number>`."""
    began = START + timedelta(seconds=number)
    part = SegmentRecord(
        "101", "extension", began, began + timedelta(seconds=3), began + timedelta(seconds=20), outcome="answered"
    )
    return ContactUpdate(
        ContactRecord(
            f"call-{number}", began, "102", "101", caller_name="Layla", ended=began + timedelta(seconds=20),
            outcome=Outcome.ANSWERED, segments=(part,),
        )
    )  # fmt: skip


class History:
    """The history behind the buffer, as far as it concerns it: facts arrive."""

    def __init__(self) -> None:
        self.facts: list[Fact] = []

    def write(self, facts: object) -> None:
        self.facts += facts  # type: ignore[operator]

    def mark_known(self, until: datetime) -> None:
        pass


@pytest.fixture
def buffer(tmp_path: Path) -> Iterator[SmdrBuffer]:
    with closing(open_smdr(tmp_path / "smdr.db", tmp_path / "backups")) as database:
        yield SmdrBuffer(database)


@pytest.fixture
def wire(tmp_path: Path) -> Iterator[Wire]:
    made = Wire(tmp_path / "port")
    yield made
    made.unplug()
