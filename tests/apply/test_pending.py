"""What waits until no call is up."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from appliance.apply import applier
from appliance.apply.errors import ApplyRefusedError
from appliance.apply.pending import RESTART_S, SET_UP_S, SETTLED_S, Pending
from appliance.apply.preparation import prepare
from appliance.model.changes import GenerationState, ReloadClass
from appliance.model.site import Site
from tests.apply.bench import Bench

SPAN = {"name": "pri", "card": "DG9", "port": 1, "kind": "e1", "signalling": "pri_cpe"}
WITH_LINES = Site.from_document({"hardware": {"spans": [SPAN]}})
WITHOUT_TLS = Site.from_document({"sip": {"tls": False, "media_encryption": "off"}})


@pytest.fixture
def waiting(bench: Bench) -> tuple[Bench, Pending]:
    """A box on which a change of transports was applied just now."""
    bench.reader.now = 100.0
    bench.save(WITHOUT_TLS)
    bench.applier.apply("noor")
    bench.reader.now += SETTLED_S + 1
    return bench, Pending(bench.applier, lambda: bench.reader.now)


def test_no_call_is_ever_ended_for_a_restart(waiting: tuple[Bench, Pending]) -> None:
    bench, pending = waiting
    bench.reader.channels_up = 1
    for _ in range(1000):
        bench.reader.now += 10
        pending.tick()
    assert bench.reader.restarts == 0
    assert bench.applier.pending() is ReloadClass.RESTART_WHEN_IDLE


def test_it_restarts_once_when_the_last_call_has_ended(waiting: tuple[Bench, Pending]) -> None:
    bench, pending = waiting
    for _ in range(5):
        pending.tick()
        bench.reader.now += 1
    assert bench.reader.restarts == 1
    assert bench.applier.pending() is None


def test_a_restart_for_any_other_reason_counts(waiting: tuple[Bench, Pending]) -> None:
    bench, pending = waiting
    bench.reader.channels_up = 3
    bench.reader.start()
    bench.reader.now += 2
    pending.tick()
    assert bench.applier.pending() is None
    assert bench.reader.restarts == 0


def test_what_waits_is_remembered_by_the_next_daemon(waiting: tuple[Bench, Pending], tmp_path: Path) -> None:
    again = Bench.at(tmp_path)
    again.applier.recover()
    assert again.applier.pending() is ReloadClass.RESTART_WHEN_IDLE


def test_a_box_that_restarts_has_nothing_waiting(waiting: tuple[Bench, Pending], tmp_path: Path) -> None:
    again = Bench.at(tmp_path)
    again.reader.now = 5.0  # this clock begins anew with the box
    again.boot()
    Pending(again.applier, lambda: again.reader.now).tick()
    assert again.applier.pending() is None
    assert again.reader.restarts == 0


def test_preparing_under_a_running_asterisk_forgets_nothing(waiting: tuple[Bench, Pending], tmp_path: Path) -> None:
    again = Bench.at(tmp_path)
    again.reader.now = 200.0
    prepare(again.applier)
    Pending(again.applier, lambda: again.reader.now).tick()
    assert again.applier.pending() is ReloadClass.RESTART_WHEN_IDLE


def test_a_restart_that_shows_it_cannot_run_is_taken_back(waiting: tuple[Bench, Pending]) -> None:
    bench, pending = waiting
    bench.reader.lacking = {2}
    for _ in range(10):
        pending.tick()
        bench.reader.now += 2
    assert bench.store.generation(2).state is GenerationState.REJECTED
    assert bench.generations.current() == 1
    # Back again needs a restart of its own, since the sockets of generation 2 are open.
    assert bench.reader.restarts == 2
    assert bench.applier.pending() is None


def comes_in_between(bench: Bench, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a change made after Pending has seen that Asterisk restarted, and before it can do anything about it."""
    uptime_s = bench.reader.uptime_s

    def seen_and_changed() -> float | None:
        seen = uptime_s()
        monkeypatch.setattr(bench.reader, "uptime_s", uptime_s)
        bench.save(site)
        bench.applier.apply("noor")
        return seen

    monkeypatch.setattr(bench.reader, "uptime_s", seen_and_changed)


def test_a_change_while_asterisk_restarts_for_the_one_before_stays(
    waiting: tuple[Bench, Pending], monkeypatch: pytest.MonkeyPatch
) -> None:
    bench, pending = waiting
    pending.tick()
    assert bench.reader.restarts == 1
    bench.reader.now += 5
    comes_in_between(bench, WITH_LINES, monkeypatch)
    for _ in range(int(SETTLED_S) + 3):
        pending.tick()
        bench.reader.now += 1
    assert bench.store.generation(3).state is GenerationState.CONFIRMED
    assert (bench.generations.current(), bench.reader.restarts, bench.applier.pending()) == (3, 2, None)
    assert bench.told == []


def test_a_change_that_cannot_run_does_not_take_the_one_before_with_it(waiting: tuple[Bench, Pending]) -> None:
    """Asterisk had restarted for that one, and has it."""
    bench, pending = waiting
    pending.tick()
    bench.reader.now += 5
    bench.save(WITH_LINES)
    bench.applier.apply("noor")
    bench.reader.lacking = {3}
    for _ in range(3 * int(SETTLED_S)):
        pending.tick()
        bench.reader.now += 2
    states = [bench.store.generation(number).state for number in (2, 3)]
    assert states == [GenerationState.CONFIRMED, GenerationState.REJECTED]
    assert (bench.generations.current(), bench.applier.pending()) == (2, None)


def test_a_change_after_one_that_cannot_run_is_made_to_what_runs_then(waiting: tuple[Bench, Pending]) -> None:
    bench, pending = waiting
    pending.tick()
    bench.reader.now += 5
    bench.reader.lacking = {2}
    bench.save(WITH_LINES)
    outcome = bench.applier.apply("noor")
    assert bench.store.generation(2).state is GenerationState.REJECTED
    assert (outcome.generation, outcome.state) == (3, GenerationState.CONFIRMED)
    for _ in range(int(SETTLED_S) + 3):
        pending.tick()
        bench.reader.now += 1
    assert (bench.generations.current(), bench.reader.restarts, bench.applier.pending()) == (3, 2, None)


def test_a_call_that_began_when_the_restart_was_asked_for_may_last(
    waiting: tuple[Bench, Pending], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Asterisk restarts after it; its silence meanwhile is no failure."""
    bench, pending = waiting
    reader = bench.reader
    monkeypatch.setattr(reader, "restart_when_idle", lambda configured: setattr(reader, "channels_up", 1))
    for _ in range(int(RESTART_S)):
        pending.tick()
        reader.now += 2
    reader.there = False
    pending.tick()
    reader.now += 2
    pending.tick()
    reader.there, reader.channels_up = True, 0
    reader.start()
    reader.now += 2
    pending.tick()
    assert (bench.generations.current(), bench.applier.pending()) == (2, None)
    assert bench.store.generation(2).state is GenerationState.CONFIRMED


def test_an_asterisk_that_never_comes_back_is_given_the_old_files(waiting: tuple[Bench, Pending]) -> None:
    bench, pending = waiting
    bench.applier.asterisk.restart_when_idle = lambda configured: setattr(bench.reader, "there", False)  # type: ignore[method-assign]
    pending.tick()
    bench.reader.now += RESTART_S + 1
    pending.tick()
    assert bench.store.generation(2).state is GenerationState.REJECTED
    assert bench.store.generation(2).reason == "restart_failed"
    assert bench.generations.current() == 1


def test_giving_up_is_tried_again_where_a_change_held_the_lock(
    waiting: tuple[Bench, Pending], monkeypatch: pytest.MonkeyPatch
) -> None:
    bench, pending = waiting
    monkeypatch.setattr(bench.reader, "restart_when_idle", lambda configured: setattr(bench.reader, "there", False))
    pending.tick()
    bench.reader.now += RESTART_S + 1
    with monkeypatch.context() as held:
        held.setattr(applier, "LOCK_TIMEOUT_S", 0.01)
        with ThreadPoolExecutor(1) as another, bench.applier.locked():
            refused = another.submit(pending.tick).exception(30)
        assert isinstance(refused, ApplyRefusedError)
    pending.tick()
    assert (bench.store.generation(2).state, bench.generations.current()) == (GenerationState.REJECTED, 1)


def test_cards_are_set_up_while_asterisk_is_down_where_their_files_changed(bench: Bench) -> None:
    before = bench.running_site
    pending = Pending(bench.applier, lambda: bench.reader.now)
    for site in (WITHOUT_TLS, WITH_LINES):
        bench.reader.now += 100.0
        bench.save(site)
        bench.applier.apply("noor")
        assert bench.reader.cards_set_up == []
        for _ in range(int(SETTLED_S) + 2):
            bench.reader.now += 1
            pending.tick()
    assert bench.reader.restarts == 2
    assert [site.hardware for site in bench.reader.cards_set_up] == [before.hardware]
    assert bench.applier.pending() is None


def test_cards_that_are_set_up_are_given_their_time(bench: Bench) -> None:
    pending = Pending(bench.applier, lambda: bench.reader.now)
    bench.reader.now = 100.0
    bench.save(WITH_LINES)
    bench.applier.apply("noor")
    bench.reader.now += SETTLED_S + 1
    bench.applier.asterisk.restart_when_idle = lambda configured: setattr(bench.reader, "there", False)  # type: ignore[method-assign]
    pending.tick()
    bench.reader.now += RESTART_S + SET_UP_S - 1
    pending.tick()
    assert bench.store.generation(2).state is GenerationState.CONFIRMED
    bench.reader.now += 2
    pending.tick()
    assert (bench.store.generation(2).state, bench.generations.current()) == (GenerationState.REJECTED, 1)
