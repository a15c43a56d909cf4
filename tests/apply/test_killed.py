"""The box killed at any moment: it always ends on a confirmed (or still awaited) generation, and knows which."""

from __future__ import annotations

import os
import random
import signal
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from appliance.apply.errors import ApplyError
from appliance.apply.faults import Fault
from appliance.model.changes import GenerationState
from tests.apply.bench import POISON, Bench, site_of

NUMBERS = ("101", "102", "103", "104")
BREAK = Fault("asterisk/pjsip_endpoints.conf", "type = endpoint", f"{POISON}\ntype = endpoint")
KILLS = 50


def assert_whole(bench: Bench) -> None:
    """What must hold once ``recover`` has run."""
    running = bench.store.running()
    assert running is not None
    assert running.state in (GenerationState.CONFIRMED, GenerationState.AWAITING)
    assert bench.generations.current() == running.number
    assert bench.generations.is_whole(running.number)
    assert bench.applier.journal.doubt() is None
    assert bench.reader.holds(bench.running_site)
    assert bench.store.generations(GenerationState.STAGED) == []
    assert [entry.name for entry in bench.generations.root.iterdir() if entry.name.startswith(".staging")] == []


def fault_for(bench: Bench) -> Fault | None:
    """A fault in a file that the draft changes: in any other, what is held is right and nothing could tell."""
    drafted = bench.store.draft().site
    return BREAK if drafted.extensions != bench.running_site.extensions else None


def change_for_ever(root: Path, seed: int) -> None:
    """Change after change, of every kind, until killed."""
    chance = random.Random(seed)
    bench = Bench.at(root)
    bench.applier.recover()
    while True:
        bench.save(site_of(*chance.sample(NUMBERS, chance.randint(0, len(NUMBERS)))))
        try:
            bench.applier.apply(
                "noor",
                confirm_within_s=chance.choice([None, None, 600]),
                fault=fault_for(bench) if chance.random() < 0.25 else None,
            )
            if bench.store.awaiting() is not None:
                chance.choice([bench.applier.confirm, lambda: bench.applier.roll_back("noor")])()
            elif chance.random() < 0.3:
                bench.applier.roll_back("noor")
        except ApplyError:
            continue


@pytest.mark.slow
def test_kill_9_fifty_times_always_ends_on_a_confirmed_generation(tmp_path: Path) -> None:
    chance = random.Random(20261122)
    Bench.at(tmp_path).boot()
    killed_with_work_to_do = 0
    for seed in range(KILLS):
        child = os.fork()
        if child == 0:
            try:
                change_for_ever(tmp_path, seed)
            finally:
                os._exit(1)
        time.sleep(chance.uniform(0.02, 0.4))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        assert os.WIFSIGNALED(status), "the child ended by itself"

        bench = Bench.at(tmp_path)
        unfinished = bench.store.generations(GenerationState.STAGED) or bench.applier.journal.doubt()
        killed_with_work_to_do += bool(unfinished)
        bench.applier.recover()
        assert_whole(bench)
    assert killed_with_work_to_do, "no kill fell into a change: the test proves nothing"


class Killed(BaseException):
    """Stands for the end of the process at this point."""


class Box(RuleBasedStateMachine):
    """People change a box, and it dies at any reload or probe; it must know at every start what runs."""

    def __init__(self) -> None:
        super().__init__()
        self._directory = tempfile.TemporaryDirectory()
        self.bench = Bench.at(Path(self._directory.name))
        self.bench.boot()
        self.revisions = 1

    def teardown(self) -> None:
        self._directory.cleanup()

    def die_after(self, steps: int) -> None:
        """Let the process end at the given step that Asterisk is asked for."""
        reader = self.bench.reader
        reload, probe = reader.reload, reader.probe
        left = [steps]

        def step(ask: object) -> None:
            left[0] -= 1
            if left[0] < 0:
                raise Killed

        reader.reload = lambda module: (step(module), reload(module))[1]  # type: ignore[method-assign]
        reader.probe = lambda before, after, mark=None: (step(after), probe(before, after))[1]  # type: ignore[method-assign]

    def start_again(self) -> None:
        self.bench = Bench.at(Path(self._directory.name))
        self.bench.applier.recover()

    @rule(numbers=st.sets(st.sampled_from(NUMBERS)))
    def edit(self, numbers: set[str]) -> None:
        self.bench.save(site_of(*sorted(numbers)))

    @rule(within=st.sampled_from([None, 600]), faulty=st.booleans())
    def apply(self, within: int | None, faulty: bool) -> None:
        fault = fault_for(self.bench) if faulty else None
        try:
            outcome = self.bench.applier.apply("noor", confirm_within_s=within, fault=fault)
        except ApplyError:
            return
        if fault is not None and outcome.revision > self.revisions:
            assert outcome.state is GenerationState.REJECTED

    @precondition(lambda self: self.bench.store.awaiting() is not None)
    @rule()
    def confirm(self) -> None:
        self.bench.applier.confirm()

    @rule()
    def roll_back(self) -> None:
        with suppress(ApplyError):
            self.bench.applier.roll_back("noor")

    @precondition(lambda self: self.bench.store.awaiting() is not None)
    @rule()
    def nobody_confirms(self) -> None:
        self.bench.applier._deadline.set(self.bench.applier.clock())
        self.bench.applier.expire()

    @rule(steps=st.integers(0, 9), within=st.sampled_from([None, 600]), faulty=st.booleans())
    def die_in_a_change(self, steps: int, within: int | None, faulty: bool) -> None:
        fault = fault_for(self.bench) if faulty else None
        self.die_after(steps)
        with suppress(Killed, ApplyError):
            self.bench.applier.apply("noor", confirm_within_s=within, fault=fault)
        self.start_again()

    @rule(steps=st.integers(0, 3))
    def die_going_back(self, steps: int) -> None:
        self.die_after(steps)
        with suppress(Killed, ApplyError):
            self.bench.applier.roll_back("noor")
        self.start_again()

    @rule()
    def asterisk_restarts(self) -> None:
        self.bench.reader.start()

    @rule()
    def box_restarts(self) -> None:
        draft = self.bench.store.draft().site
        self.bench = Bench.at(Path(self._directory.name))
        self.bench.boot()
        running = self.bench.store.running()
        assert running is not None
        assert running.state is GenerationState.CONFIRMED
        assert self.bench.store.draft().site == draft

    @invariant()
    def it_knows_what_runs(self) -> None:
        assert_whole(self.bench)

    @invariant()
    def revisions_only_grow(self) -> None:
        newest = self.bench.store.revisions(limit=1)[0].number
        assert newest >= self.revisions
        self.revisions = newest


Box.TestCase.settings = settings(max_examples=12, stateful_step_count=14, deadline=None)
TestBox = pytest.mark.slow(Box.TestCase)
