"""Nothing that was done is missing from the audit log, whenever the daemon was killed."""

from __future__ import annotations

import itertools
import os
import random
import signal
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from appliance.control.asker import Asker
from appliance.control.on_record import catch_up
from appliance.control.registry import all_verbs, answer
from appliance.control.rooms import Rooms
from appliance.daemon import running
from appliance.model.changes import GenerationState
from appliance.store.audit import AuditRow
from appliance.store.paths import DataPaths
from appliance.store.stores import Stores, opened_stores
from tests.control.conftest import CONSOLE, House
from tests.houses import prepared

VERBS = all_verbs()
NOOR = Asker.console("noor")
KILLS = 15


class Killed(BaseException):
    """Stands for the end of the process at this point."""


def ask(rooms: Rooms, verb: str, **args: Any) -> Any:
    return answer(VERBS, rooms, NOOR, verb, args)


def add(rooms: Rooms, number: int) -> int:
    """An extension is added; the version of the draft that has it."""
    return int(ask(rooms, "extension.add", extension={"number": str(number), "name": "Ward"})["version"])


def lines(stores: Stores) -> list[AuditRow]:
    return stores.audit.page(limit=10_000)


def dies(*args: Any, **more: Any) -> Any:
    raise Killed


@pytest.mark.parametrize("where", ["before the change", "after the change"])
def test_a_change_cut_off_is_on_record_after_the_next_start(
    house: House, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    part = (type(house.rooms.site), "save_draft") if where == "before the change" else (type(house.rooms.audit), "add")
    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(*part, dies)
        add(house.rooms, 101)
    assert [line.action for line in lines(house.stores)] == []
    catch_up(house.stores.audit, house.stores.site)
    [line] = lines(house.stores)
    assert (line.who, line.action, list(line.detail)) == ("noor", "extension.add", ["interrupted"])
    catch_up(house.stores.audit, house.stores.site)
    assert len(lines(house.stores)) == 1, "once"


def test_what_was_refused_leaves_no_line_at_the_next_start(house: House) -> None:
    with suppress(Exception):
        ask(house.rooms, "extension.remove", number="999")
    ask(house.rooms, "site.import", text="extensions: []", dry_run=True)
    catch_up(house.stores.audit, house.stores.site)
    assert lines(house.stores) == []


@pytest.mark.parametrize("state", [GenerationState.UNDONE, GenerationState.REJECTED])
def test_a_generation_whose_end_was_not_told_is_told_of(house: House, state: GenerationState) -> None:
    site = house.stores.site
    generation = site.add_generation(site.add_revision(site.draft().site, "noor", ""))
    site.set_generation(generation, state, reason="not_confirmed")
    for _ in range(2):
        catch_up(house.stores.audit, site)
    [line] = lines(house.stores)
    assert (line.who, line.action, line.detail) == (
        "system",
        f"site.{state.value}",
        {"generation": generation, "reason": "not_confirmed"},
    )


@pytest.mark.parametrize("action", ["site.undone", "site.apply"])
def test_one_that_was_told_of_is_not_told_of_again(house: House, action: str) -> None:
    site = house.stores.site
    generation = site.add_generation(site.add_revision(site.draft().site, "noor", ""))
    site.set_generation(generation, GenerationState.UNDONE)
    house.stores.audit.add("noor", "", action, "2", {"generation": generation, "state": "undone"})
    catch_up(house.stores.audit, site)
    assert len(lines(house.stores)) == 1


def change_for_ever(root: Path, ready: int) -> None:
    """Change after change by somebody, until killed. ready: a pipe that is closed when it works."""
    paths = DataPaths(root / "data")
    with opened_stores(paths) as stores, running(paths, stores, root / "control", CONSOLE) as daemon:
        for number in itertools.count(100 + stores.site.draft().version):
            add(daemon.rooms, number)
            with suppress(OSError):
                os.close(ready)


@pytest.mark.slow
def test_kill_9_at_any_moment_loses_no_line(tmp_path: Path) -> None:
    paths = prepared(tmp_path / "data")
    chance = random.Random(20261122)
    cut_off = 0
    for _ in range(KILLS):
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                os.close(reading)
                change_for_ever(tmp_path, writing)
            finally:
                os._exit(1)
        os.close(writing)
        os.read(reading, 1)
        time.sleep(chance.uniform(0.0, 0.1))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        os.close(reading)
        assert os.WIFSIGNALED(status), "the child ended by itself"
        with opened_stores(paths) as stores:
            catch_up(stores.audit, stores.site)
            known = lines(stores)
            there = {extension.number for extension in stores.site.draft().site.extensions}
            told = {line.subject for line in known if "interrupted" not in line.detail}
            cut_off = len(known) - len(told)
            assert told <= there
            assert len(there - told) <= cut_off, "a change has its line, or one that says that it was cut off"
            assert stores.audit.verify() is None
    assert cut_off, "no kill fell into a change: the test proves nothing"
