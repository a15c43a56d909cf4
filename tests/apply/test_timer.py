"""The clock of the change path."""

from __future__ import annotations

import logging
import time

import pytest

from appliance.apply import timer as module
from appliance.apply.generations import KEEP
from appliance.apply.pending import Pending
from appliance.apply.preparation import prepare
from appliance.apply.timer import SILENT_S, Timer
from appliance.model.changes import GenerationState
from appliance.model.sip import Sip
from tests.apply.bench import Bench, site_of


def test_a_doubt_is_settled_when_asterisk_is_back(bench: Bench) -> None:
    timer = Timer(bench.applier, Pending(bench.applier, lambda: bench.reader.now))
    bench.save(site_of("101"))
    bench.reader.silent = True
    bench.applier.apply("noor")
    bench.reader.silent = False
    timer.tick()
    assert bench.applier.journal.doubt() is None
    assert bench.reader.holds(bench.running_site)


def test_an_asterisk_that_never_comes_up_with_new_files_gets_the_old_ones(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    rendered = bench.applier.render
    bench.applier.render = lambda site: {  # type: ignore[assignment]
        path: type(file)(path, file.text + "; newer\n", reload_class=file.reload_class, reload=file.reload)
        for path, file in rendered(site).items()
    }
    prepare(bench.applier)
    assert bench.generations.current() == 2
    bench.reader.there = False
    timer = Timer(bench.applier, Pending(bench.applier, lambda: bench.reader.now))
    timer.tick()
    assert bench.generations.current() == 2
    later = time.monotonic() + SILENT_S + 1
    monkeypatch.setattr(module.time, "monotonic", lambda: later)
    timer.tick()
    assert bench.generations.current() == 1
    assert bench.store.generation(2).state is GenerationState.REJECTED


def test_a_failure_is_logged_when_it_begins_and_when_it_ends(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    timer = Timer(bench.applier, Pending(bench.applier, lambda: bench.reader.now))

    def fails() -> None:
        raise OSError("no")

    caplog.set_level(logging.INFO, logger="appliance.apply.timer")
    with monkeypatch.context() as patch:
        patch.setattr(bench.applier, "expire", fails)
        timer.tick()
        timer.tick()
    timer.tick()
    timer.tick()
    assert [record.message for record in caplog.records] == [
        "cannot undo what was not confirmed",
        "can undo what was not confirmed again",
    ]


def test_it_ticks_until_it_is_stopped(bench: Bench) -> None:
    timer = Timer(bench.applier, Pending(bench.applier, lambda: bench.reader.now))
    timer.start()
    assert timer.alive
    timer.stop()
    assert not timer.alive


def test_old_generations_go_after_a_change_when_nobody_waits_any_more(bench: Bench) -> None:
    timer = Timer(bench.applier, Pending(bench.applier, lambda: bench.reader.now))
    timer.tick()
    for turn in range(KEEP + 3):
        bench.save(site_of("101" if turn % 2 else "102"))
        bench.applier.apply("noor")
    assert len(bench.generations.numbers()) == KEEP + 4
    timer.tick()
    assert len(bench.generations.numbers()) == KEEP


def test_what_waits_for_a_restart_keeps_the_generation_that_asterisk_has_read(bench: Bench) -> None:
    timer = Timer(bench.applier, Pending(bench.applier, lambda: bench.reader.now))
    bench.reader.channels_up = 1
    base = bench.generations.current()
    bench.save(site_of("101").model_copy(update={"sip": Sip(tcp=False)}))
    bench.applier.apply("noor")
    for turn in range(KEEP + 3):
        bench.save(site_of("101" if turn % 2 else "102").model_copy(update={"sip": Sip(tcp=False)}))
        bench.applier.apply("noor")
    timer.tick()
    assert base in bench.generations.numbers()


def test_an_old_generation_that_cannot_be_removed_is_tried_again(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    timer = Timer(bench.applier, Pending(bench.applier, lambda: bench.reader.now))
    for turn in range(KEEP + 3):
        bench.save(site_of("101" if turn % 2 else "102"))
        bench.applier.apply("noor")

    def fails(keep: object) -> None:
        raise PermissionError("no")

    with monkeypatch.context() as patch:
        patch.setattr(bench.generations, "retire", fails)
        timer.tick()
        timer.tick()
    assert [record.message for record in caplog.records].count("cannot remove old generations") == 1
    timer.tick()
    assert len(bench.generations.numbers()) == KEEP
