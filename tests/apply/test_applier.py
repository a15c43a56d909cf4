"""From a draft to a confirmed generation, and every way back."""

from __future__ import annotations

import shutil
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from appliance.apply import applier as module
from appliance.apply.errors import ApplyRefusedError, NotTakenError
from appliance.apply.faults import Fault
from appliance.apply.generations import DiskFullError
from appliance.apply.reloads import DIALPLAN, ENDPOINTS
from appliance.model.changes import GenerationState, ReloadClass
from appliance.model.problems import ProblemsError
from appliance.model.site import Site
from appliance.store.errors import DiskFullError as StoreFullError
from appliance.store.errors import OvertakenError
from tests.apply.bench import POISON, Bench, site_of

BREAK_ENDPOINTS = Fault("asterisk/pjsip_endpoints.conf", "type = endpoint", f"{POISON}\ntype = endpoint")


def numbers(site: Site) -> list[str]:
    return [extension.number for extension in site.extensions]


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


# --- confirming


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


# --- going back


def test_rolling_back_is_a_new_revision_that_equals_the_old(bench: Bench) -> None:
    for last in ("101", "102"):
        bench.save(site_of(*("101", "102")[: int(last) - 100]))
        bench.applier.apply("noor")
    outcome = bench.applier.roll_back("layla")
    assert (outcome.revision, outcome.state) == (4, GenerationState.CONFIRMED)
    assert bench.running_site == bench.store.revision_site(2)
    assert bench.reader.holds(site_of("101"))
    assert bench.store.revisions()[0].author == "layla"


def test_a_draft_without_edits_follows_a_roll_back(bench: Bench) -> None:
    bench.save(site_of("101"))
    bench.applier.apply("noor")
    bench.applier.roll_back("noor", 1)
    assert numbers(bench.store.draft().site) == []


def test_a_draft_with_edits_keeps_them_over_a_roll_back(bench: Bench) -> None:
    bench.save(site_of("101"))
    bench.applier.apply("noor")
    bench.save(site_of("101", "102"))
    bench.applier.roll_back("noor", 1)
    assert numbers(bench.store.draft().site) == ["101", "102"]


def test_rolling_back_what_awaits_confirmation_takes_it_back(bench: Bench) -> None:
    bench.save(site_of("101"))
    bench.applier.apply("noor", confirm_within_s=600)
    outcome = bench.applier.roll_back("layla")
    assert (outcome.state, outcome.reason, outcome.params) == (
        GenerationState.UNDONE,
        "rolled_back",
        {"by": "layla"},
    )
    assert bench.generations.current() == 1
    assert bench.reader.holds(bench.running_site)


def test_there_is_nothing_before_the_first_revision(bench: Bench) -> None:
    with pytest.raises(ApplyRefusedError, match="nothing_to_roll_back"):
        bench.applier.roll_back("noor")


# --- starting


def test_a_generation_spoilt_on_disk_is_rendered_again_at_boot(bench: Bench, tmp_path: Path) -> None:
    bench.save(site_of("101"))
    bench.applier.apply("noor")
    (bench.generations.path(2) / "asterisk/pjsip_endpoints.conf").write_text("garbage", encoding="utf-8")
    again = Bench.at(tmp_path)
    again.boot()
    running = again.store.running()
    assert running is not None
    assert (running.number, running.revision) == (3, 2)
    assert again.reader.holds(site_of("101"))


def test_a_generations_directory_that_is_gone_is_made_again_at_boot(bench: Bench, tmp_path: Path) -> None:
    bench.save(site_of("101"))
    bench.applier.apply("noor")
    shutil.rmtree(bench.generations.root)
    again = Bench.at(tmp_path)
    again.boot()
    assert again.reader.holds(site_of("101"))


def test_a_new_version_that_renders_otherwise_takes_effect_at_boot(bench: Bench, tmp_path: Path) -> None:
    again = Bench.at(tmp_path)
    rendered = again.applier.render
    again.applier.render = lambda site: {
        path: file if path != "asterisk/rtp.conf" else type(file)(path, file.text + "; newer\n", reload=file.reload)
        for path, file in rendered(site).items()
    }
    again.applier.prepare()
    running = again.store.running()
    assert running is not None
    assert (running.number, running.revision, running.state) == (2, 1, GenerationState.CONFIRMED)
    assert again.generations.text(2, "asterisk/rtp.conf").endswith("; newer\n")


def test_a_new_version_that_asterisk_does_not_take_falls_back(bench: Bench, tmp_path: Path) -> None:
    again = Bench.at(tmp_path)
    rendered = again.applier.render

    def worse(site: Site) -> dict[str, object]:
        files = dict(rendered(site))
        path = "asterisk/pjsip_endpoints.conf"
        files[path] = type(files[path])(path, files[path].text + POISON, reload=files[path].reload)
        return files

    again.applier.render = worse  # type: ignore[assignment]
    again.applier.prepare()
    assert again.generations.current() == 2
    again.reader.start()
    # The probe knows what the version renders: what is held differs from it, for the poison was not taken.
    probed = again.reader.probe

    def seen(before: Site | None, after: Site, mark: str | None) -> None:
        if again.generations.current() == 2:
            raise NotTakenError("probe_missing", what="endpoint", name="101")
        probed(before, after)

    again.applier.asterisk.probe = seen  # type: ignore[method-assign]
    again.applier.recover()
    assert again.store.generation(2).state is GenerationState.REJECTED
    assert again.generations.current() == 1
    assert again.applier.journal.doubt() is None


# --- what waits for a restart


def test_a_change_of_transports_waits_and_says_so(bench: Bench) -> None:
    bench.save(Site.from_document({"sip": {"tls": False, "media_encryption": "off"}}))
    outcome = bench.applier.apply("noor")
    assert (outcome.state, outcome.pending) == (GenerationState.CONFIRMED, ReloadClass.RESTART_WHEN_IDLE)


def test_taking_back_what_waits_leaves_nothing_waiting(bench: Bench) -> None:
    bench.save(Site.from_document({"sip": {"tls": False, "media_encryption": "off"}}))
    bench.applier.apply("noor")
    assert bench.applier.roll_back("noor").pending is None
