"""A change that a person shall confirm, and what happens when nobody does."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from appliance.apply import deadline as module
from appliance.apply.errors import ApplyRefusedError
from appliance.model.changes import GenerationState
from tests.apply.bench import Bench, numbers, site_of


def test_an_unconfirmed_change_runs_until_its_time_is_over(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.save(site_of("101"))
    before = datetime.now(UTC)
    outcome = bench.applier.apply("noor", confirm_within_s=30)
    assert outcome.state is GenerationState.AWAITING
    assert outcome.confirm_by is not None
    assert timedelta(seconds=29) < outcome.confirm_by - before < timedelta(seconds=60)
    bench.applier.expire()
    assert bench.reader.holds(site_of("101"))

    later = time.monotonic() + 31
    monkeypatch.setattr(module.time, "monotonic", lambda: later)
    bench.applier.expire()
    assert bench.store.generation(2).state is GenerationState.UNDONE
    assert bench.store.generation(2).reason == "not_confirmed"
    assert bench.generations.current() == 1
    assert bench.reader.holds(bench.running_site)
    assert numbers(bench.store.draft().site) == ["101"]
    assert bench.told == ["undone not_confirmed"]


def test_a_confirmed_change_stays(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.save(site_of("101"))
    bench.applier.apply("noor", confirm_within_s=30)
    assert bench.applier.confirm().state is GenerationState.CONFIRMED
    later = time.monotonic() + 1000
    monkeypatch.setattr(module.time, "monotonic", lambda: later)
    bench.applier.expire()
    assert bench.generations.current() == 2
    with pytest.raises(ApplyRefusedError, match="nothing_to_confirm"):
        bench.applier.confirm()


def test_a_second_change_waits_until_the_first_is_decided(bench: Bench) -> None:
    bench.save(site_of("101"))
    bench.applier.apply("noor", confirm_within_s=30)
    bench.save(site_of("101", "102"))
    with pytest.raises(ApplyRefusedError, match="awaiting_confirmation"):
        bench.applier.apply("noor")


def test_a_daemon_that_starts_again_keeps_waiting(bench: Bench, tmp_path: Path) -> None:
    bench.save(site_of("101"))
    confirm_by = bench.applier.apply("noor", confirm_within_s=30).confirm_by
    again = Bench.at(tmp_path)
    again.applier.recover()
    assert again.generations.current() == 2
    awaiting = again.store.awaiting()
    assert awaiting is not None
    assert awaiting.confirm_by is not None
    assert confirm_by is not None
    assert abs(awaiting.confirm_by - confirm_by) < timedelta(seconds=1)
    again.applier.expire()
    assert again.store.awaiting() is not None


def test_a_daemon_that_was_away_past_the_time_undoes_at_once(bench: Bench, tmp_path: Path) -> None:
    bench.save(site_of("101"))
    bench.applier.apply("noor", confirm_within_s=30)
    again = Bench.at(tmp_path)
    again.applier.clock = lambda: datetime.now(UTC) + timedelta(seconds=31)
    again.applier.recover()
    assert again.store.generation(2).state is GenerationState.UNDONE
    assert again.generations.current() == 1
    assert again.reader.holds(again.running_site)


def test_a_box_that_restarts_goes_back_at_once(bench: Bench, tmp_path: Path) -> None:
    bench.save(site_of("101"))
    bench.applier.apply("noor", confirm_within_s=3600)
    again = Bench.at(tmp_path)
    again.boot()
    assert (again.store.generation(2).state, again.store.generation(2).reason) == (
        GenerationState.UNDONE,
        "box_restarted",
    )
    assert again.generations.current() == 1
    assert again.reader.holds(again.running_site)


def test_an_undoing_without_asterisk_is_made_good_when_it_is_back(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.save(site_of("101"))
    bench.applier.apply("noor", confirm_within_s=30)
    bench.reader.there = False
    later = time.monotonic() + 31
    monkeypatch.setattr(module.time, "monotonic", lambda: later)
    bench.applier.expire()
    assert bench.generations.current() == 1
    assert not bench.applier.settle()
    bench.reader.there = True
    assert bench.applier.settle()
    assert bench.reader.holds(bench.running_site)
