"""Going back to an earlier revision."""

from __future__ import annotations

import pytest

from appliance.apply.errors import ApplyRefusedError
from appliance.model.changes import GenerationState
from tests.apply.bench import Bench, numbers, site_of


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
