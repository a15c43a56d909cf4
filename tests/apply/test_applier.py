"""From a draft to a confirmed generation, or to what ran before."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from appliance.apply.errors import ApplyRefusedError
from appliance.apply.faults import Fault
from appliance.apply.generations import DiskFullError
from appliance.apply.reloads import DIALPLAN, ENDPOINTS
from appliance.model.changes import GenerationState, ReloadClass
from appliance.model.problems import ProblemsError
from appliance.model.site import Site
from appliance.store.errors import DiskFullError as StoreFullError
from appliance.store.errors import OvertakenError
from tests.apply.bench import POISON, Bench, numbers, site_of

BREAK_ENDPOINTS = Fault("asterisk/pjsip_endpoints.conf", "type = endpoint", f"{POISON}\ntype = endpoint")


def test_a_new_box_starts_with_a_confirmed_generation(bench: Bench) -> None:
    running = bench.store.running()
    assert running is not None
    assert (running.number, running.revision, running.state) == (1, 1, GenerationState.CONFIRMED)
    assert bench.generations.current() == 1
    assert bench.applier.settle()


def test_an_added_extension_is_loaded_and_confirmed(bench: Bench) -> None:
    bench.save(site_of("101"))
    outcome = bench.applier.apply("noor", "the first")
    assert (outcome.generation, outcome.revision, outcome.state) == (2, 2, GenerationState.CONFIRMED)
    assert bench.generations.current() == 2
    assert bench.reader.holds(site_of("101"))
    assert bench.applier.journal.doubt() is None
    assert {"verify", "render", "stage", "store", "swap", "reload", "probe"} <= outcome.timings_ms.keys()
    [revision, _] = bench.store.revisions()
    assert (revision.author, revision.note, revision.current) == ("noor", "the first", True)


def test_only_the_modules_of_changed_files_are_reloaded(bench: Bench) -> None:
    bench.save(site_of("101"))
    bench.applier.apply("noor")
    bench.reader.reloads.clear()
    changed = site_of("101").extensions[0].model_copy(update={"name": "Reception"})
    bench.save(site_of("101").model_copy(update={"extensions": (changed,)}))
    bench.applier.apply("noor")
    assert bench.reader.reloads == [ENDPOINTS]


def test_endpoints_come_before_the_numbers_that_ring_them(bench: Bench) -> None:
    bench.reader.reloads.clear()
    bench.save(site_of("101"))
    bench.applier.apply("noor")
    assert [name for name in bench.reader.reloads if name in (ENDPOINTS, DIALPLAN)] == [ENDPOINTS, DIALPLAN]


def test_numbers_go_before_the_endpoints_they_ring(bench: Bench) -> None:
    bench.save(site_of("101", "102"))
    bench.applier.apply("noor")
    bench.reader.reloads.clear()
    bench.save(site_of("101"))
    bench.applier.apply("noor")
    assert [name for name in bench.reader.reloads if name in (ENDPOINTS, DIALPLAN)] == [DIALPLAN, ENDPOINTS]


def test_applying_what_runs_makes_no_revision(bench: Bench) -> None:
    bench.save(site_of("101"))
    first = bench.applier.apply("noor")
    second = bench.applier.apply("noor")
    assert (second.generation, second.revision, second.state) == (first.generation, first.revision, first.state)


def test_a_value_that_no_file_shows_is_a_revision_all_the_same(bench: Bench) -> None:
    bench.save(site_of("101"))
    bench.applier.apply("noor")
    mailed = site_of("101").extensions[0].model_copy(update={"email": "lab@najd.example"})
    bench.save(site_of("101").model_copy(update={"extensions": (mailed,)}))
    bench.reader.reloads.clear()
    outcome = bench.applier.apply("noor")
    assert outcome.revision == 3
    assert bench.reader.reloads == []
    assert bench.store.revision_site(3).extensions[0].email == "lab@najd.example"


def test_a_default_that_is_written_out_is_kept_as_written(bench: Bench) -> None:
    bench.save(site_of("101"))
    bench.applier.apply("noor")
    document = site_of("101").document()
    document["extensions"][0]["call_limit"] = 4
    bench.save(Site.from_document(document))
    assert bench.applier.apply("noor").revision == 3
    assert bench.running_site.document() == document


def test_a_draft_with_errors_changes_nothing(bench: Bench) -> None:
    bench.save(site_of("101", "101"))
    with pytest.raises(ProblemsError):
        bench.applier.apply("noor")
    assert bench.generations.numbers() == [1]
    assert len(bench.store.revisions()) == 1


def test_a_draft_that_moved_on_is_not_applied(bench: Bench) -> None:
    bench.save(site_of("101"))
    with pytest.raises(OvertakenError):
        bench.applier.apply("noor", expect_version=bench.store.draft().version - 1)
    assert bench.generations.current() == 1


def test_what_is_not_taken_is_swapped_back_with_the_reason(bench: Bench) -> None:
    bench.save(site_of("101"))
    outcome = bench.applier.apply("noor", fault=BREAK_ENDPOINTS)
    assert outcome.state is GenerationState.REJECTED
    assert (outcome.reason, outcome.params["name"]) == ("probe_differs", "asterisk/pjsip_endpoints.conf")
    assert outcome.detail == "kept what it had"
    assert bench.generations.current() == 1
    assert bench.reader.holds(bench.running_site)
    assert bench.applier.journal.doubt() is None


def test_a_silent_reload_is_swapped_back_and_settled_later(bench: Bench) -> None:
    bench.save(site_of("101"))
    bench.reader.silent = True
    outcome = bench.applier.apply("noor")
    assert (outcome.state, outcome.reason) == (GenerationState.REJECTED, "reload_silent")
    assert bench.generations.current() == 1
    assert not bench.applier.settle()
    bench.reader.silent = False
    assert bench.applier.settle()
    assert bench.reader.holds(bench.running_site)


def test_nothing_is_applied_while_an_earlier_failure_is_unsettled(bench: Bench) -> None:
    bench.save(site_of("101"))
    bench.reader.silent = True
    bench.applier.apply("noor")
    with pytest.raises(ApplyRefusedError, match="unsettled"):
        bench.applier.apply("noor")
    bench.reader.silent = False
    assert bench.applier.apply("noor").state is GenerationState.CONFIRMED


def test_a_rejected_draft_keeps_its_edits_and_can_be_applied_once_it_is_right(bench: Bench) -> None:
    bench.save(site_of("101"))
    bench.applier.apply("noor", fault=BREAK_ENDPOINTS)
    assert numbers(bench.store.draft().site) == ["101"]
    outcome = bench.applier.apply("noor")
    assert (outcome.state, outcome.revision) == (GenerationState.CONFIRMED, 3)


def test_a_box_without_the_test_switch_plants_no_fault(tmp_path: Path) -> None:
    bench = Bench.at(tmp_path, faults=False)
    bench.boot()
    bench.save(site_of("101"))
    with pytest.raises(ApplyRefusedError, match="faults_off"):
        bench.applier.apply("noor", fault=BREAK_ENDPOINTS)
    assert bench.generations.numbers() == [1]


def test_without_asterisk_nothing_is_changed(bench: Bench) -> None:
    bench.save(site_of("101"))
    bench.reader.there = False
    with pytest.raises(ApplyRefusedError, match="asterisk_down"):
        bench.applier.apply("noor")
    assert bench.generations.numbers() == [1]
    assert len(bench.store.revisions()) == 1


def test_a_change_that_meets_a_restart_of_the_box_waits_for_it(bench: Bench) -> None:
    assert bench.applier.restart_asterisk()
    bench.reader.away = 4
    bench.save(site_of("101"))
    assert bench.applier.apply("noor").state is GenerationState.CONFIRMED


def test_asterisk_is_not_restarted_in_the_middle_of_a_change(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    probe, asked = bench.reader.probe, threading.Thread(target=bench.applier.restart_asterisk)

    def slow(before: Site | None, after: Site, mark: str | None = None) -> None:
        asked.start()
        asked.join(0.2)
        assert bench.reader.restarts == 0
        probe(before, after, mark)

    monkeypatch.setattr(bench.reader, "probe", slow)
    bench.save(site_of("101"))
    assert bench.applier.apply("noor").state is GenerationState.CONFIRMED
    asked.join(5)
    assert bench.reader.restarts == 1


def test_a_full_disk_changes_nothing(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.save(site_of("101"))

    def full(*arguments: object) -> None:
        raise DiskFullError("No space left on device")

    monkeypatch.setattr(bench.generations, "stage", full)
    with pytest.raises(ApplyRefusedError, match="disk_full"):
        bench.applier.apply("noor")
    assert (bench.generations.numbers(), len(bench.store.revisions())) == ([1], 1)


def test_a_disk_too_full_for_the_rows_leaves_no_files(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.save(site_of("101"))

    def full(*arguments: object) -> None:
        raise StoreFullError(path="site.db")

    monkeypatch.setattr(bench.store, "add_generation", full)
    with pytest.raises(ApplyRefusedError, match="disk_full"):
        bench.applier.apply("noor")
    assert [entry.name for entry in bench.generations.root.iterdir() if "staging" in entry.name] == []
    assert len(bench.store.revisions()) == 1


def test_a_disk_that_fills_up_before_the_swap_leaves_what_ran(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.save(site_of("101"))

    def full(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(bench.applier.journal, "set_doubt", full)
        outcome = bench.applier.apply("noor")
    assert (outcome.state, outcome.reason) == (GenerationState.REJECTED, "swap_failed")
    assert bench.generations.current() == 1
    assert bench.applier.apply("noor").state is GenerationState.CONFIRMED


def test_a_change_of_transports_waits_and_says_so(bench: Bench) -> None:
    bench.save(Site.from_document({"sip": {"tls": False, "media_encryption": "off"}}))
    outcome = bench.applier.apply("noor")
    assert (outcome.state, outcome.pending) == (GenerationState.CONFIRMED, ReloadClass.RESTART_WHEN_IDLE)


def test_taking_back_what_waits_leaves_nothing_waiting(bench: Bench) -> None:
    bench.save(Site.from_document({"sip": {"tls": False, "media_encryption": "off"}}))
    bench.applier.apply("noor")
    assert bench.applier.roll_back("noor").pending is None
